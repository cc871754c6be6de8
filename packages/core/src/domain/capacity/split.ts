import type { StrategyItem } from "../workload/service.ts";

/**
 * Tasks by capacity provider for a desired count: the base first, the rest by weight with largest remainders; equal
 * remainders go to the provider that is listed first. AWS documents only the ratio: the rounding is a model, see
 * docs/models.md.
 *
 * @example splitTasks(10, [{ capacityProvider: "FARGATE", base: 1, weight: 1 },
 *                          { capacityProvider: "FARGATE_SPOT", base: 0, weight: 4 }]) // FARGATE 3, FARGATE_SPOT 7
 */
export const splitTasks = (desired: number, items: readonly StrategyItem[]): ReadonlyMap<string, number> => {
  const counts = splitCounts(
    desired,
    items.map((item) => item.base),
    items.map((item) => item.weight),
  );
  return new Map(items.map((item, i) => [item.capacityProvider, counts[i] ?? 0]));
};

/** `splitTasks` over parallel lists of bases and weights: tasks by position. */
export const splitCounts = (desired: number, bases: readonly number[], weights: readonly number[]): number[] => {
  const first = bases.map((base) => Math.min(base, desired));
  const rest = desired - Math.min(desired, Math.max(0, ...first));
  // A single provider takes every task, whatever its weight: the API's default weight is 0.
  const shares = weightedShares(rest, weights.length === 1 ? [1] : weights);
  return first.map((base, i) => base + (shares[i] ?? 0));
};

/** Tasks by weight alone, largest remainders first; none where every weight is 0. */
export const weightedShares = (tasks: number, weights: readonly number[]): number[] => {
  const shares: number[] = [];
  const remainders: number[] = [];
  let total = 0;
  for (const weight of weights) total += weight;
  if (total === 0) return weights.map(() => 0);
  let left = tasks;
  for (const weight of weights) {
    const remainder = (tasks * weight) % total;
    const share = (tasks * weight - remainder) / total;
    shares.push(share);
    remainders.push(remainder);
    left -= share;
  }
  for (; left > 0; left -= 1) {
    const next = largestIndex(remainders);
    shares[next] = (shares[next] ?? 0) + 1;
    remainders[next] = -1;
  }
  return shares;
};

const largestIndex = (values: readonly number[]): number => {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
};
