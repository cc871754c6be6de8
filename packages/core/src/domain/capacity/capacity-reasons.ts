import type { Assumption, Reason } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { StrategyItem } from "../workload/service.ts";
import type { CapacityRequest } from "./capacity-advice.ts";
import { type CapacityOption, isSpot } from "./capacity-option.ts";
import type { CapacityGoal } from "./capacity-problem.ts";
import type { StrategyEvaluation } from "./evaluate-strategy.ts";
import { mostMaxWeight } from "./find-strategy.ts";
import { SPLIT_ASSUMPTIONS } from "./split-path.ts";
import { NO_FALLBACK, type SpotFitness } from "./spot-fitness.ts";
import type { TwoServices } from "./two-services.ts";
import type { WorthwhileOptions } from "./worthwhile-options.ts";

/** What the reasons and assumptions of one piece of advice are told from. */
export interface AdviceEvidence {
  readonly request: CapacityRequest;
  readonly chosen: StrategyEvaluation | undefined;
  readonly kept: boolean;
  readonly today: StrategyEvaluation | undefined;
  readonly fitness: SpotFitness | null;
  readonly worthwhile: readonly WorthwhileOptions[];
  readonly two: TwoServices | null;
}

/** Why the strategy was chosen and what to know before using it, most important first. */
export const capacityReasons = (evidence: AdviceEvidence): readonly Reason[] => [
  ...outcome(evidence),
  ...(usesSpot(evidence.request.options, evidence.chosen?.strategy ?? []) ? [NO_FALLBACK] : []),
  ...offSpot(evidence),
  ...againstToday(evidence),
  ...requiredAboveCount(evidence.request.goal),
  ...acrossTypes(evidence),
  ...leftOut(evidence.worthwhile),
  ...weightsCut(evidence),
  ...(evidence.fitness?.reasons ?? []),
];

/** The assumptions that the figures of the chosen strategy rest on. */
export const capacityAssumptions = ({ request, chosen, two }: AdviceEvidence): readonly Assumption[] => {
  const items = chosen?.strategy ?? [];
  const spot = request.options.filter(isSpot);
  const all: Assumption[] = [
    ...request.goal.profile.assumptions,
    ...(request.assumptions ?? []),
    ...spot.flatMap(({ interruption }) => interruption?.assumption ?? []),
    ...(items.length > 1 ? [SPLIT_ASSUMPTIONS.rounding, SPLIT_ASSUMPTIONS.scaleIn] : []),
    ...(items.some((item) => item.weight === 0) ? [SPLIT_ASSUMPTIONS.zeroWeight] : []),
    ...(spot.length > 0 ? [SPOT_BILLED] : []),
    ...(spot.length > 1 || two !== null ? [POOLS_INDEPENDENT] : []),
  ];
  return all.filter((assumption, i) => all.findIndex((other) => other.code === assumption.code) === i);
};

/** Whether a strategy puts tasks on Spot. */
const usesSpot = (options: readonly CapacityOption[], items: readonly StrategyItem[]): boolean =>
  items.some((item) => options.some((option) => option.capacityProvider === item.capacityProvider && isSpot(option)));

const SPOT_BILLED: Assumption = {
  code: "spot-billed-while-replaced",
  detail:
    "Expected cost bills a wanted Spot task for every hour that has Spot capacity, its replacement included, and not for the hours without.",
};
const POOLS_INDEPENDENT: Assumption = {
  code: "spot-pools-independent",
  detail: "Different Spot providers are taken to lose tasks and capacity independently of each other.",
};

const outcome = ({ request, chosen, kept }: AdviceEvidence): Reason[] => {
  const { goal } = request;
  if (chosen === undefined) {
    const detail = `No strategy of the given providers keeps ${requiredText(goal)} running ${percent(goal.target)} of the time at ${countsText(goal)}.`;
    return [{ code: "target-out-of-reach", detail }];
  }
  const holds = `${requiredText(goal)} running at least ${percent(goal.target)} of the time at ${countsText(goal)}: ${percent(chosen.achieved)} at the worst, ${chosen.worstCount} ${chosen.worstCount === 1 ? "task" : "tasks"}`;
  return [
    kept
      ? { code: "keep-today", detail: `Today's strategy is already the cheapest found that keeps ${holds}.` }
      : { code: "cheapest-that-holds", detail: `The cheapest strategy that keeps ${holds}.` },
  ];
};

const offSpot = ({ request, fitness, chosen }: AdviceEvidence): Reason[] => {
  if (!request.options.some(isSpot)) return [];
  if (fitness?.verdict === "unfit")
    return [{ code: "spot-unfit", detail: "Spot was left out: the service is not fit for it." }];
  if (!request.spotAllowed)
    return [{ code: "spot-not-allowed", detail: "Spot was left out: the service is not said to be interruptible." }];
  if (chosen === undefined || usesSpot(request.options, chosen.strategy)) return [];
  return [{ code: "spot-does-not-pay", detail: "Spot could be used but does not lower the cost under this target." }];
};

const againstToday = ({ request, today, chosen, kept }: AdviceEvidence): Reason[] => {
  if (request.today === undefined || kept) return [];
  if (today === undefined) {
    return [
      {
        code: "today-not-priced",
        detail: "Today's strategy names a provider whose price is not known, so no saving is told.",
      },
    ];
  }
  if (!today.achieved.lt(request.goal.target)) return [];
  const dearer = chosen?.monthlyCost.gt(today.monthlyCost) ? "; keeping to the target costs more than today" : "";
  const detail = `Today's strategy reaches ${percent(today.achieved)} at ${today.worstCount} tasks, below the target of ${percent(request.goal.target)}${dearer}.`;
  return [{ code: "today-misses-target", detail }];
};

const requiredAboveCount = ({ required, profile }: CapacityGoal): Reason[] => {
  const least = profile.points[0]?.count ?? 0;
  if (required.kind !== "tasks" || required.tasks <= least) return [];
  const detail = `${required.tasks} tasks must stay up, but the desired count goes down to ${least}: where fewer are desired, all of them are required.`;
  return [{ code: "required-above-count", detail }];
};

const acrossTypes = ({ request, two }: AdviceEvidence): Reason[] => {
  if (new Set(request.options.map((option) => option.type)).size < 2) return [];
  const rule = "One strategy takes providers of one type only: Fargate, Auto Scaling groups or Managed Instances.";
  if (two === null) return [{ code: "types-cannot-mix", detail: `${rule} Two services would not cost less.` }];
  const { onDemand, spot } = two;
  const detail = `${rule} Two services would cost less: one of ${onDemand.tasks} tasks on ${onDemand.capacityProvider}, the other of the rest on ${spot.capacityProvider}; each scales on its own.`;
  return [{ code: "types-cannot-mix", detail }];
};

const leftOut = (worthwhile: readonly WorthwhileOptions[]): Reason[] => {
  const names = (options: readonly CapacityOption[]): string =>
    options.map((option) => option.capacityProvider).join(", ");
  const dearer = worthwhile.flatMap((options) => options.dearer);
  const dropped = worthwhile.flatMap((options) => options.leftOut);
  return [
    ...(dearer.length > 0
      ? [{ code: "dearer-on-demand", detail: `Not used, a cheaper on-demand provider has room: ${names(dearer)}.` }]
      : []),
    ...(dropped.length > 0
      ? [{ code: "not-searched", detail: `Left out to search the cheapest providers only: ${names(dropped)}.` }]
      : []),
  ];
};

const weightsCut = ({ request, worthwhile }: AdviceEvidence): Reason[] => {
  const most = Math.min(...worthwhile.map(({ kept }) => mostMaxWeight(kept.length)));
  if ((request.maxWeight ?? 0) <= most) return [];
  return [{ code: "weights-cut", detail: `So many providers are searched with weights up to ${most} only.` }];
};

const percent = (share: Decimal | number): string => `${new Decimal(share).times(100).toFixed()} %`;

const requiredText = ({ required }: CapacityGoal): string =>
  required.kind === "tasks"
    ? `${required.tasks} ${required.tasks === 1 ? "task" : "tasks"}`
    : `${percent(required.share)} of the tasks`;

const countsText = ({ profile }: CapacityGoal): string => {
  const [first, last] = [profile.points[0]?.count ?? 0, profile.points.at(-1)?.count ?? 0];
  return first === last ? `a count of ${first}` : `every count from ${first} to ${last}`;
};
