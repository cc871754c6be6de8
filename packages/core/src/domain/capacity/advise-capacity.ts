import { Decimal } from "../units/decimal.ts";
import type { AvailabilityModel, CapacityAdvice, CapacityRequest } from "./capacity-advice.ts";
import { type CapacityOption, isSpot, type ProviderType } from "./capacity-option.ts";
import { type AvailabilityCache, prepareProblem } from "./capacity-problem.ts";
import { type AdviceEvidence, capacityAssumptions, capacityReasons } from "./capacity-reasons.ts";
import { evaluateIn, evaluateStrategy, type StrategyEvaluation } from "./evaluate-strategy.ts";
import { defaultMaxWeight, findStrategy, mostMaxWeight } from "./find-strategy.ts";
import { frontierOf } from "./frontier.ts";
import { savingsPlanPart } from "./savings-plan-part.ts";
import { assessSpot } from "./spot-fitness.ts";
import { strategyOf } from "./strategy-candidate.ts";
import { strategyProblems } from "./strategy-rules.ts";
import type { SearchLimits } from "./strategy-search.ts";
import { type TwoServices, twoServices } from "./two-services.ts";
import { type WorthwhileOptions, worthwhileOptions } from "./worthwhile-options.ts";

/**
 * The cheapest strategy of each service that keeps enough tasks running at every count, in the order given. A service
 * for which none does is told with its reasons.
 */
export const adviseAll = (requests: readonly CapacityRequest[]): readonly CapacityAdvice[] => {
  const cache: AvailabilityCache = new Map();
  return requests.map((request) => adviseCapacity(request, cache));
};

/** The same for one service; a cache only saves time over several. */
export const adviseCapacity = (request: CapacityRequest, cache: AvailabilityCache = new Map()): CapacityAdvice => {
  const { goal, options } = request;
  const fitness = request.facts === undefined ? null : assessSpot(request.facts);
  const usable = request.spotAllowed && fitness?.verdict !== "unfit" ? options : options.filter((o) => !isSpot(o));
  const byType = PROVIDER_TYPES.map((type) => usable.filter((option) => option.type === type)).filter(notEmpty);
  const worthwhile = byType.map(worthwhileOptions);
  const best = worthwhile
    .flatMap(({ kept }) => bestOf(request, kept, cache))
    .reduce<StrategyEvaluation | undefined>(cheaper, undefined);
  const today = request.today && evaluateStrategy(goal, options, request.today, cache);
  const kept = today !== undefined && staysBest(request, today, usable, best);
  const chosen = kept ? today : best;
  const two = byType.length > 1 ? cheaperInTwo(twoServices(goal, usable, cache), chosen) : null;
  return adviceOf({ request, chosen, kept, today, fitness, worthwhile, two }, cache);
};

const PROVIDER_TYPES: readonly ProviderType[] = ["fargate", "auto-scaling-group", "managed-instances"];

const notEmpty = (options: readonly CapacityOption[]): boolean => options.length > 0;

const limitsOf = (request: CapacityRequest, options: readonly CapacityOption[]): SearchLimits => ({
  maxWeight: Math.min(request.maxWeight ?? defaultMaxWeight(options.length), mostMaxWeight(options.length)),
  zeroWeightBase: request.zeroWeightBase ?? true,
});

const bestOf = (
  request: CapacityRequest,
  options: readonly CapacityOption[],
  cache: AvailabilityCache,
): StrategyEvaluation[] => {
  const problem = prepareProblem(request.goal, options, cache);
  const found = findStrategy(problem, limitsOf(request, options));
  return found === undefined ? [] : [evaluateIn(problem, strategyOf(problem, found))];
};

const cheaper = (best: StrategyEvaluation | undefined, next: StrategyEvaluation): StrategyEvaluation => {
  if (best === undefined) return next;
  const order = next.monthlyCost.comparedTo(best.monthlyCost) || best.achieved.comparedTo(next.achieved);
  return order < 0 ? next : best;
};

/** Today's strategy is kept where it meets the target, may be used, and nothing found costs less. */
const staysBest = (
  request: CapacityRequest,
  today: StrategyEvaluation,
  usable: readonly CapacityOption[],
  best: StrategyEvaluation | undefined,
): boolean => {
  const names = usable.map((option) => option.capacityProvider);
  return (
    strategyProblems(today.strategy).length === 0 &&
    today.strategy.every((item) => names.includes(item.capacityProvider)) &&
    new Set(typesOf(request, today)).size === 1 &&
    !today.achieved.lt(request.goal.target) &&
    (best === undefined || today.monthlyCost.lte(best.monthlyCost))
  );
};

const typesOf = (request: CapacityRequest, evaluation: StrategyEvaluation): readonly ProviderType[] =>
  request.options.filter((option) => option.capacityProvider in evaluation.tasks).map((option) => option.type);

const cheaperInTwo = (two: TwoServices | undefined, chosen: StrategyEvaluation | undefined): TwoServices | null =>
  two !== undefined && (chosen === undefined || two.together.monthlyCost.lt(chosen.monthlyCost)) ? two : null;

const adviceOf = (evidence: AdviceEvidence, cache: AvailabilityCache): CapacityAdvice => {
  const { request, chosen, today, fitness, two } = evidence;
  const { goal, options } = request;
  return {
    ...request.service,
    feasible: chosen !== undefined,
    strategy: chosen?.strategy ?? [],
    count: goal.profile.shown,
    tasks: chosen?.tasks ?? {},
    averageTasks: chosen?.averageTasks ?? {},
    monthlyCost: chosen?.monthlyCost ?? null,
    uninterruptedMonthlyCost: chosen?.uninterruptedMonthlyCost ?? null,
    monthlySaving: chosen && today ? today.monthlyCost.minus(chosen.monthlyCost) : null,
    availability: {
      required: new Decimal(goal.target),
      achieved: chosen?.achieved ?? null,
      model: availabilityModel(options),
      worstCount: chosen?.worstCount ?? null,
      requiredTasks: chosen?.requiredTasks ?? null,
    },
    today: today ?? null,
    frontier: request.frontier === false ? [] : frontierBeside(evidence, cache),
    twoServices: two,
    savingsPlan: chosen ? savingsPlanPart(chosen, options, goal.hoursPerMonth) : null,
    fitness,
    reasons: capacityReasons(evidence),
    assumptions: capacityAssumptions(evidence),
  };
};

/** Over the chosen type, Spot included where only the service's word is against it: what its word costs is visible then. */
const frontierBeside = (evidence: AdviceEvidence, cache: AvailabilityCache): readonly StrategyEvaluation[] => {
  const { request, chosen, fitness } = evidence;
  const type = chosen === undefined ? request.options[0]?.type : typesOf(request, chosen)[0];
  const shown = request.options.filter((o) => o.type === type && (fitness?.verdict !== "unfit" || !isSpot(o)));
  if (shown.length === 0) return [];
  const { kept }: WorthwhileOptions = worthwhileOptions(shown);
  return frontierOf(prepareProblem(request.goal, kept, cache), limitsOf(request, kept));
};

const availabilityModel = (options: readonly CapacityOption[]): AvailabilityModel => ({
  id: "reclaim-groups",
  spot: options.flatMap(({ capacityProvider, interruption }) =>
    interruption === undefined
      ? []
      : [{ capacityProvider, source: interruption.source, asOf: interruption.asOf, ...interruption.model }],
  ),
});
