import { binomial, type Mass } from "./binomial.ts";
import { assertInterruption, downShare, type InterruptionModel, reclaimGroups } from "./interruption.ts";

/** An interruption model as the availability needs it. */
export interface SpotPool {
  /** Share of the time with capacity in which a group is being replaced. */
  readonly down: number;
  /** Share of all hours without capacity. */
  readonly without: number;
  readonly groups: number;
}

/** Derives the pool of a model; throws a RangeError where a field is out of range. */
export const poolOf = (model: InterruptionModel): SpotPool => {
  assertInterruption(model);
  return { down: downShare(model), without: model.shareWithoutCapacity, groups: reclaimGroups(model) };
};

/**
 * Distribution of the running tasks of a pool that wants `tasks`: 0 without capacity; otherwise tasks are spread
 * evenly over the groups, each of which is up or down as a whole. Ascending, probabilities sum to 1.
 */
export const runningTasks = (tasks: number, pool: SpotPool): readonly Mass[] => {
  const merged = new Map<number, number>([[0, pool.without]]);
  for (const [running, mass] of withCapacity(tasks, pool))
    merged.set(running, (merged.get(running) ?? 0) + mass * (1 - pool.without));
  return [...merged].filter(([, mass]) => mass > 0).sort((a, b) => a[0] - b[0]);
};

const withCapacity = (tasks: number, pool: SpotPool): readonly Mass[] => {
  const groups = Math.min(tasks, pool.groups);
  if (groups === 0) return [[0, 1]];
  const size = Math.floor(tasks / groups);
  const larger = tasks - size * groups;
  const up = 1 - pool.down;
  const small = binomial(groups - larger, up);
  return binomial(larger, up).flatMap(([large, p]) =>
    small.map(([few, q]): Mass => [large * (size + 1) + few * size, p * q]),
  );
};
