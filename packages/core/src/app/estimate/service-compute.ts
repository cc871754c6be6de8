import { fargateUsage } from "../../domain/billing/fargate.ts";
import { averageTasks } from "../../domain/billing/task-hours.ts";
import { mixedTypesProblem } from "../../domain/capacity/strategy-rules.ts";
import type { PricedLines } from "../../domain/costing/line-item.ts";
import { priceUsage } from "../../domain/costing/price-usage.ts";
import { isOnFargate, type SettledPlacement, settlePlacement } from "../../domain/placement/assume-placement.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import { averageSplit, billedTaskHours, hoursByProvider } from "../../domain/placement/service-hours.ts";
import { isLegalSize } from "../../domain/sizing/fargate-sizes.ts";
import { describeSize, smallestSizeThatFits } from "../../domain/sizing/size-fit.ts";
import type { Decimal } from "../../domain/units/decimal.ts";
import type { Demand, Service } from "../../domain/workload/service.ts";
import type { TaskShape } from "../../domain/workload/task.ts";
import type { CostContext } from "../context/cost-context.ts";
import { NAMED } from "../context/named-assumptions.ts";

/** Where a service runs and what its tasks cost there, before anything that comes along. */
export interface ServiceCompute {
  readonly service: Service;
  readonly placement: SettledPlacement;
  readonly runsOn: readonly string[];
  /** Average tasks by launch type or provider; undefined where the demand is not known. */
  readonly tasks?: ReadonlyMap<string, Decimal>;
  readonly averageTasks?: Decimal;
  /** Undefined where the tasks run on a fleet that is priced with others, or cannot be priced. */
  readonly lines?: PricedLines;
  /** False where something about the service itself is not known. */
  readonly known: boolean;
}

/** Prices the Fargate tasks of a service, and settles where the others run. */
export const serviceCompute = (service: Service, context: CostContext): ServiceCompute => {
  const placement = settlePlacement(service, context.inventory.shared);
  if (placement.kind !== "fargate-strategy" && placement.assumption !== undefined)
    context.notes.assume(placement.assumption);
  noteMixedTypes(service, placement, context);
  const runsOn = providersOf(service, placement);
  const { demand, task } = service;
  const onFargate = isOnFargate(placement);
  const refused = onFargate && task !== undefined && isRefused(service, task, context);
  if (demand === undefined) return { service, placement, runsOn, known: false };
  const average = averageTasks(demand, context.hours);
  const tasks = tasksOf(service, demand, average, runsOn, context);
  const common = { service, placement, runsOn, averageTasks: average, tasks };
  if (task === undefined || refused) return { ...common, known: false };
  noteDemand(service, demand, task, context);
  if (!onFargate) return { ...common, known: !isExternal(service, placement, context) };
  if (!acceptsSize(service, task, context)) return { ...common, known: false };
  const lines = fargateLines(service, task, demand, placement, tasks, context);
  return { ...common, lines, known: !(task.os === "windows" && tasks.has("FARGATE_SPOT")) };
};

/** Each part is priced where it would run, although ECS would not take the strategy. */
const noteMixedTypes = ({ id }: Service, placement: SettledPlacement, { notes }: CostContext): void => {
  if (placement.kind !== "instance-strategy") return;
  for (const { detail } of mixedTypesProblem(placement.providers.map(({ type }) => type))) {
    notes.report({ code: "invalid-strategy", severity: "warning", subject: id, detail });
  }
};

/** Reports what Fargate would refuse about the task; sizes have an issue of their own. */
const isRefused = (service: Service, task: TaskShape, { notes }: CostContext): boolean => {
  const option = { product: "fargate", purchase: "on-demand", architecture: task.architecture } as const;
  const blockers = judgeFeasibility(service, task, option).blockers.filter(({ code }) => code !== "size");
  for (const { detail } of blockers) {
    notes.report({
      code: "unsupported-platform",
      severity: "error",
      subject: service.id,
      detail: `${detail} The service is configured for Fargate, so its tasks are not priced.`,
    });
  }
  return blockers.length > 0;
};

const isExternal = ({ id }: Service, placement: SettledPlacement, { notes }: CostContext): boolean => {
  if (placement.kind !== "launch-type" || placement.launchType !== "EXTERNAL") return false;
  notes.report({
    code: "unknown-cost",
    severity: "warning",
    subject: id,
    detail: "ECS Anywhere bills by the hour of each registered instance, and how many there are is not given.",
  });
  return true;
};

const providersOf = (service: Service, placement: SettledPlacement): readonly string[] => {
  if (service.placement.kind === "strategy")
    return service.placement.items.map(({ capacityProvider }) => capacityProvider);
  return placement.kind === "launch-type" ? [placement.launchType] : [];
};

const tasksOf = (
  service: Service,
  demand: Demand,
  average: Decimal,
  runsOn: readonly string[],
  { hours, notes }: CostContext,
): ReadonlyMap<string, Decimal> => {
  const items = service.placement.kind === "strategy" ? service.placement.items : undefined;
  if (items === undefined) return new Map([[runsOn.join(" + "), average]]);
  if (items.length > 1) notes.assume(demand.kind === "runs" ? NAMED.runsByWeight : NAMED.strategySplit);
  return averageSplit(demand, items, hours);
};

const acceptsSize = (service: Service, task: TaskShape, { notes }: CostContext): boolean => {
  if (isLegalSize(task.cpu, task.memory, task.os)) return true;
  const fit = smallestSizeThatFits(task.cpu, task.memory, task.os);
  const advice = fit.found ? `The nearest size that holds it is ${describeSize(fit.size)}.` : fit.reason.detail;
  notes.report({
    code: "invalid-task-size",
    severity: "error",
    subject: service.id,
    detail: `Fargate does not run ${task.cpu} CPU units with ${task.memory} MiB, so it is not priced. ${advice}`,
  });
  return false;
};

const PURCHASES: Readonly<Record<string, string>> = { FARGATE: "on-demand", FARGATE_SPOT: "spot" };

const fargateLines = (
  service: Service,
  task: TaskShape,
  demand: Demand,
  placement: SettledPlacement,
  tasks: ReadonlyMap<string, Decimal>,
  context: CostContext,
): PricedLines => {
  const taskHours = billedTaskHours(service, demand, task.os, context.hours);
  const hours =
    placement.kind === "launch-type" ? new Map([["FARGATE", taskHours]]) : hoursByProvider(taskHours, tasks);
  if (task.ephemeralStorageGiB > 20 && (hours.get("FARGATE_SPOT")?.isPositive() ?? false)) {
    context.notes.assume(NAMED.ephemeralOnDemand);
  }
  if (task.os === "windows") hours.delete("FARGATE_SPOT");
  const usage = [...hours].flatMap(([provider, part]) => fargateUsage(task, PURCHASES[provider] ?? "on-demand", part));
  return priceUsage(usage, context.catalogue);
};

const noteDemand = (service: Service, demand: Demand, task: TaskShape, { hours, notes }: CostContext): void => {
  if (demand.kind === "runs") {
    if (demand.pullSeconds === 0) notes.assume(NAMED.runsIncludePull);
    if (task.os === "windows") notes.assume(NAMED.windowsMinimum);
  }
  if (demand.kind === "hourly" && !hours.equals(demand.counts.length)) notes.assume(NAMED.hourlyScaled);
  if (task.os === "windows" && service.placement.kind === "strategy") noteWindowsSpot(service, notes);
};

const noteWindowsSpot = (service: Service, notes: CostContext["notes"]): void => {
  if (service.placement.kind !== "strategy") return;
  if (!service.placement.items.some(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT")) return;
  notes.report({
    code: "unsupported-platform",
    severity: "error",
    subject: service.id,
    detail: "Fargate Spot does not run Windows containers; its part of the tasks is in no total.",
  });
};
