import { type Decimal, ONE, ZERO } from "../units/decimal.ts";
import { type Availability, createAvailability } from "./availability.ts";
import { type CapacityOption, isSpot } from "./capacity-option.ts";
import type { CountProfile } from "./count-profile.ts";
import { assertRequired, type RequiredTasks, requiredAt } from "./required-tasks.ts";
import { poolOf } from "./spot-pool.ts";

/** What a strategy has to achieve, over providers of one type. */
export interface CapacityGoal {
  readonly profile: CountProfile;
  readonly required: RequiredTasks;
  /** Share of the time, 0 to 1, in which the required tasks must run, at every count of the profile. */
  readonly target: number;
  readonly hoursPerMonth: Decimal;
}

/** A goal laid out for the searches: parallel arrays by option and by count, nothing in it changes. */
export interface CapacityProblem {
  readonly goal: CapacityGoal;
  /** On-demand providers first, otherwise as given: the order of the strategy, which decides equal remainders. */
  readonly options: readonly CapacityOption[];
  readonly counts: readonly number[];
  readonly hours: readonly number[];
  /** Required tasks by count. */
  readonly required: readonly number[];
  /** Expected USD per wanted task-hour by option, exact and as a float for the search. */
  readonly exactPrice: readonly Decimal[];
  readonly price: readonly number[];
  readonly spot: readonly boolean[];
  /** P(at least the required tasks run) for tasks by option. */
  readonly availability: (tasks: readonly number[], required: number) => number;
}

/** Shares availability figures between problems whose Spot pools are alike. */
export type AvailabilityCache = Map<string, Availability>;

/**
 * Lays a goal out. Spot tasks are billed for the share of hours with capacity, replacement included; throws a
 * RangeError where the target, the required tasks or an interruption model is out of range.
 */
export const prepareProblem = (
  goal: CapacityGoal,
  given: readonly CapacityOption[],
  cache: AvailabilityCache = new Map(),
): CapacityProblem => {
  if (!(goal.target >= 0 && goal.target <= 1)) throw new RangeError(`the target is ${goal.target}: expected 0 to 1`);
  assertRequired(goal.required);
  const options = [...given.filter((option) => !isSpot(option)), ...given.filter(isSpot)];
  const counts = goal.profile.points.map((point) => point.count);
  const exactPrice = options.map(expectedPrice);
  const firstSpot = options.findIndex(isSpot);
  const onDemand = firstSpot === -1 ? options.length : firstSpot;
  const spotAvailability = availabilityOf(options.slice(onDemand), cache);
  const spotTasks = new Array<number>(options.length - onDemand).fill(0);
  return {
    goal,
    options,
    counts,
    hours: goal.profile.points.map((point) => point.hours),
    required: counts.map((count) => requiredAt(goal.required, count)),
    exactPrice,
    price: exactPrice.map((price) => price.toNumber()),
    spot: options.map(isSpot),
    availability: (tasks, required) => {
      let need = required;
      for (let i = 0; i < onDemand; i += 1) need -= tasks[i] ?? 0;
      if (need <= 0) return 1;
      for (let i = onDemand; i < options.length; i += 1) spotTasks[i - onDemand] = tasks[i] ?? 0;
      return spotAvailability(spotTasks, need);
    },
  };
};

/** The same problem under another target. */
export const withTarget = (problem: CapacityProblem, target: number): CapacityProblem => ({
  ...problem,
  goal: { ...problem.goal, target },
});

/** Expected USD per wanted task-hour: a Spot task is billed for the share of hours that have capacity. */
export const expectedPrice = (option: CapacityOption): Decimal =>
  option.interruption === undefined
    ? option.price
    : option.price.times(ONE.minus(option.interruption.model.shareWithoutCapacity));

/** Exact expected USD a month for task-hours of the profile by option. */
export const monthlyCostOf = (
  problem: CapacityProblem,
  taskHours: readonly number[],
  prices: readonly Decimal[] = problem.exactPrice,
): Decimal => {
  const perProfile = taskHours.reduce((cost, hours, i) => cost.plus((prices[i] ?? ZERO).times(hours)), ZERO);
  const profileHours = problem.hours.reduce((a, b) => a + b, 0);
  return perProfile.times(problem.goal.hoursPerMonth).div(profileHours);
};

const availabilityOf = (options: readonly CapacityOption[], cache: AvailabilityCache): Availability => {
  const pools = options.flatMap(({ interruption }) => (interruption === undefined ? [] : [poolOf(interruption.model)]));
  const key = pools.map(({ down, without, groups }) => `${down}/${without}/${groups}`).join(" ");
  const found = cache.get(key) ?? createAvailability(pools);
  cache.set(key, found);
  return found;
};
