import type { Assumption } from "../issues/issue.ts";
import type { Demand } from "../workload/service.ts";

/** A desired count and the hours in which it holds; whole numbers, 0 hours for one that is only passed through. */
interface CountHours {
  readonly count: number;
  readonly hours: number;
}

/** The desired counts that a strategy has to serve, ascending and distinct. */
export interface CountProfile {
  readonly points: readonly CountHours[];
  /** The count that `tasks` of a result are told for. */
  readonly shown: number;
  readonly assumptions: readonly Assumption[];
}

/** One count all the time. */
export const fixedCount = (count: number): CountProfile => profileOf([{ count: whole(count), hours: 1 }], count);

/** Every count from `min` to `max`, each for the same share of the month, because their shares are not known. */
export const countRange = (min: number, max: number, shown: number = max): CountProfile => {
  if (max < min) throw new RangeError(`the range of counts ends at ${max}, below its start ${min}`);
  const points = Array.from({ length: whole(max) - whole(min) + 1 }, (_, i) => ({ count: min + i, hours: 1 }));
  const detail = `How long each count holds is not given: every count from ${min} to ${max} is priced for the same share of the month.`;
  return profileOf(points, shown, min === max ? [] : [{ code: "counts-uniform", detail }]);
};

/**
 * A histogram of one count per hour, such as the 744 points of a month. Counts between the lowest and the highest that
 * no hour ends at hold for 0 hours: scaling passes through them, so a strategy has to serve them too.
 */
export const hourlyCounts = (counts: readonly number[], shown?: number): CountProfile => {
  const hours = new Map<number, number>();
  for (const count of counts) hours.set(whole(count), (hours.get(count) ?? 0) + 1);
  const least = Math.min(...hours.keys());
  const most = Math.max(...hours.keys());
  const points = Array.from({ length: hours.size === 0 ? 0 : most - least + 1 }, (_, i) => ({
    count: least + i,
    hours: hours.get(least + i) ?? 0,
  }));
  return profileOf(points, shown ?? most);
};

/** The profile of a service's demand; undefined for runs, which have no desired count. */
export const profileOfDemand = (demand: Demand): CountProfile | undefined => {
  switch (demand.kind) {
    case "count":
      return fixedCount(demand.tasks);
    case "hourly":
      return hourlyCounts(demand.counts);
    case "runs":
      return undefined;
  }
};

const profileOf = (
  points: readonly CountHours[],
  shown: number,
  assumptions: readonly Assumption[] = [],
): CountProfile => {
  if (points.length === 0) throw new RangeError("a profile needs at least one count");
  return { points, shown, assumptions };
};

const whole = (count: number): number => {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`a count of tasks cannot be ${count}`);
  return count;
};
