import { sumLines } from "../../domain/costing/costed-lines.ts";
import { demandOf, type UsageDemand } from "../../domain/demand/demand-window.ts";
import type { ServiceUsage } from "../../domain/demand/usage.ts";
import { isOnFargate } from "../../domain/placement/assume-placement.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import { adviseSizes, type SizeAdvice, type SizingSubject } from "../../domain/rightsizing/advise-sizes.ts";
import { leastTaskSize } from "../../domain/rightsizing/divide-containers.ts";
import type { AnyStrategy } from "../../domain/rightsizing/strategy.ts";
import type { TargetTracking } from "../../domain/rightsizing/target-tracking.ts";
import { legalSizes, type TaskSize } from "../../domain/sizing/fargate-sizes.ts";
import { nineToOne, type SizeCost } from "../../domain/sizing/size-fit.ts";
import { holds, type SizeGrid } from "../../domain/sizing/size-grid.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { TaskShape } from "../../domain/workload/task.ts";
import type { ServiceCost } from "../estimate/service-costs.ts";
import type { RightsizePlan } from "./settings.ts";
import { sizeCostOf } from "./size-cost.ts";

/** A service with everything that its size is chosen from. */
export interface RightsizeSubject {
  readonly cost: ServiceCost;
  readonly sizing: SizingSubject;
  readonly sizeCost: SizeCost;
  /** The days that are looked at; undefined without a series. */
  readonly window: UsageDemand | undefined;
  /** The series of its name could belong to other services too. */
  readonly ambiguous: boolean;
}

/**
 * On instances any size can be had; these steps keep reservations readable. ECS takes a task of 128 CPU units and more.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html (checked 2026-11-20)
 */
const INSTANCE_SMALLEST: TaskSize = { cpu: 128, memory: 128 };
const INSTANCE_STEP: TaskSize = { cpu: 64, memory: 64 };

/** Where the tasks run, what sizes they can have there and what those cost. */
export const subjectOf = (
  cost: ServiceCost,
  usage: ServiceUsage | undefined,
  ambiguous: boolean,
  plan: RightsizePlan,
  catalogue: PriceCatalogue,
): RightsizeSubject => {
  const { service, placement, tasks, averageTasks } = cost.compute;
  const { task } = service;
  const count = averageTasks?.toNumber();
  const sizing: SizingSubject = {
    id: service.id,
    current: task === undefined ? undefined : { cpu: task.cpu, memory: task.memory },
    usage: ambiguous ? undefined : usage,
    grid: gridOf(service, task, runsOnFargate(cost), plan.allowSizes),
    ...(count === undefined ? {} : { tasks: count }),
    scaling: plan.scaling.get(service.id) ?? trackingOf(service),
  };
  const sizeCost =
    task === undefined
      ? nineToOne
      : sizeCostOf({ placement, task, ...(tasks === undefined ? {} : { tasks }) }, catalogue);
  const window = sizing.usage === undefined ? undefined : demandOf(sizing.usage, plan.lookbackDays);
  return { cost, sizing, sizeCost, window, ambiguous };
};

const trackingOf = ({ autoscaling }: Service): readonly TargetTracking[] => {
  if (autoscaling === undefined) return [];
  const { minTasks, maxTasks, cpuTargetPercent, memoryTargetPercent } = autoscaling;
  const targets = [
    { metric: "cpu", targetPercent: cpuTargetPercent },
    { metric: "memory", targetPercent: memoryTargetPercent },
  ] as const;
  return targets.flatMap(({ metric, targetPercent }) =>
    targetPercent === undefined ? [] : [{ metric, targetPercent, minTasks, maxTasks }],
  );
};

/** Whether the tasks run on Fargate, Spot included. */
export const runsOnFargate = ({ compute: { placement } }: ServiceCost): boolean => isOnFargate(placement);

/** Sizes that leave the sidecars whole. */
const gridOf = (
  { task: shape }: Service,
  task: TaskShape | undefined,
  onFargate: boolean,
  allowed: readonly TaskSize[] | undefined,
): SizeGrid => {
  const least = leastTaskSize(shape?.containers ?? []);
  if (allowed === undefined && !onFargate) {
    const { cpu, memory } = INSTANCE_SMALLEST;
    return {
      kind: "steps",
      smallest: { cpu: Math.max(cpu, upTo(least.cpu)), memory: Math.max(memory, upTo(least.memory)) },
      step: INSTANCE_STEP,
    };
  }
  const legal = onFargate ? legalSizes(task?.os ?? "linux") : (allowed ?? []);
  const sizes = allowed === undefined ? legal : legal.filter((size) => isAmong(size, allowed));
  return { kind: "list", sizes: sizes.filter((size) => holds(size, least)) };
};

const upTo = (value: number): number => Math.ceil(value / INSTANCE_STEP.cpu) * INSTANCE_STEP.cpu;

const isAmong = (size: TaskSize, sizes: readonly TaskSize[]): boolean =>
  sizes.some(({ cpu, memory }) => cpu === size.cpu && memory === size.memory);

/** Advice on the size of one service by one strategy. */
export const adviceOn = (
  { cost, sizing, sizeCost, ambiguous }: RightsizeSubject,
  plan: RightsizePlan,
  strategy: AnyStrategy = plan.strategy,
): SizeAdvice => {
  const [advice] = adviseSizes([sizing], {
    strategy,
    ...(strategy === plan.strategy ? { settings: plan.values } : {}),
    cost: sizeCost,
    minPoints: plan.minPoints,
    lookbackDays: plan.lookbackDays,
    minSaving: leastShare(cost, plan),
    ...(plan.account === undefined ? {} : { pool: plan.account.pool, past: plan.account.past }),
  });
  if (advice === undefined) throw new Error(`No advice for ${sizing.id}`);
  return ambiguous ? { ...advice, reasons: [AMBIGUOUS] } : advice;
};

const AMBIGUOUS = {
  code: "ambiguous-metrics",
  detail: "A series has the name of this service, but other clusters have a service of that name: use cluster/name.",
} as const;

/** The least saving as a share of what the tasks cost; a saving in USD is more than all of an unknown cost. */
const leastShare = ({ compute }: ServiceCost, { minSaving }: RightsizePlan): number => {
  const share = minSaving.percent / 100;
  if (minSaving.usd.isZero() || compute.lines === undefined) return share;
  const cost = sumLines(compute.lines.lineItems);
  return cost.isZero() ? share : Math.max(share, minSaving.usd.div(cost).toNumber());
};
