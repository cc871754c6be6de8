import { fargateUsage } from "../../domain/billing/fargate.ts";
import { pullTaskHours } from "../../domain/billing/task-hours.ts";
import type { CountProfile } from "../../domain/capacity/count-profile.ts";
import { sumLines } from "../../domain/costing/costed-lines.ts";
import type { LineItem } from "../../domain/costing/line-item.ts";
import { priceUsage } from "../../domain/costing/price-usage.ts";
import type { Reason } from "../../domain/issues/issue.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import { Decimal, ONE } from "../../domain/units/decimal.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { TaskShape } from "../../domain/workload/task.ts";
import type { CostContext } from "../context/cost-context.ts";
import type { ProviderSpec } from "./settings.ts";

/** What a task-hour costs on one provider. */
export interface TaskHourPrice {
  /** USD per task-hour. */
  readonly taskHour: Decimal;
  /** The same under a Compute Savings Plan of one year without upfront payment; undefined without a rate. */
  readonly savingsPlan?: Decimal;
  /** The part of it that a plan is committed to for. */
  readonly commitment?: Decimal;
  /** Lines of one hour, to tell what the price rests on. */
  readonly lineItems: readonly LineItem[];
  readonly fleet?: FleetShape;
  /** What to know before moving there. */
  readonly notes: readonly Reason[];
}

/** The instances behind a price. */
export interface FleetShape {
  readonly instanceTypes: readonly string[];
  /** Tasks of the service on each instance that holds any, rounded down, at least one. */
  readonly tasksPerInstance: number;
  /** USD per instance-hour on average. */
  readonly instanceHour: Decimal;
}

/** A price, or why there is none: keys that the price book lacks, or what keeps the tasks off the provider. */
export type PriceAnswer =
  | { readonly kind: "priced"; readonly price: TaskHourPrice }
  | { readonly kind: "unpriced"; readonly keys: readonly string[] }
  | { readonly kind: "impossible"; readonly reasons: readonly Reason[] };

export const SAVINGS_PLAN = "compute-sp-1y-no-upfront";

/** What a task-hour on Fargate costs, by the line items of an estimate; image pulls are spread over the hours. */
export const fargateTaskHour = (
  service: Service,
  task: TaskShape,
  spec: ProviderSpec,
  profile: CountProfile,
  context: CostContext,
): PriceAnswer => {
  const option = { product: "fargate", purchase: spec.purchase, architecture: task.architecture } as const;
  const { blockers, notes, task: placed } = judgeFeasibility(service, task, option);
  const hard = blockers.filter(({ code }) => code !== "not-interruptible");
  if (hard.length > 0) return { kind: "impossible", reasons: hard };
  const hour = priceUsage(fargateUsage(placed, spec.purchase, ONE), context.catalogue);
  if (hour.unpriced.length > 0) return { kind: "unpriced", keys: hour.unpriced.map(({ dimension }) => dimension) };
  const pulls = pullFactor(service, profile, context.hours);
  const price = {
    taskHour: sumLines(hour.lineItems).times(pulls),
    lineItems: hour.lineItems,
    notes: notes.filter(changesTask),
  };
  return {
    kind: "priced",
    price: { ...price, ...(spec.purchase === "on-demand" ? underPlan(placed, pulls, context) : {}) },
  };
};

/** Whether Spot suits the service is told elsewhere. */
const changesTask = ({ code }: Reason): boolean => code === "size-rounded-up" || code === "network-mode-changes";

const underPlan = (task: TaskShape, pulls: Decimal, { catalogue }: CostContext): Partial<TaskHourPrice> => {
  const hour = priceUsage(fargateUsage(task, SAVINGS_PLAN, ONE), catalogue);
  if (hour.unpriced.length > 0) return {};
  const covered = hour.lineItems.filter(({ dimension }) => dimension.startsWith(`fargate-${SAVINGS_PLAN}/`));
  return { savingsPlan: sumLines(hour.lineItems).times(pulls), commitment: sumLines(covered) };
};

/** Billed over wanted task-hours: Fargate bills a task from the start of the image pull. */
const pullFactor = ({ network }: Service, { points }: CountProfile, hours: Decimal): Decimal => {
  const pulls = pullTaskHours(network.taskStartsPerMonth, network.imagePullSeconds);
  const taskHours = points.reduce((sum, point) => sum + point.count * point.hours, 0);
  if (pulls.isZero() || taskHours === 0) return ONE;
  const profileHours = points.reduce((sum, point) => sum + point.hours, 0);
  return ONE.plus(pulls.times(profileHours).div(new Decimal(taskHours).times(hours)));
};
