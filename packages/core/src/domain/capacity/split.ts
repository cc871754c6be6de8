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
  const bases = items.map((item) => Math.min(item.base, desired));
  const rest = desired - Math.min(desired, Math.max(0, ...bases));
  const shares = weightedShares(
    rest,
    items.map((item) => item.weight),
  );
  return new Map(items.map((item, i) => [item.capacityProvider, (bases[i] ?? 0) + (shares[i] ?? 0)]));
};

const weightedShares = (tasks: number, weights: readonly number[]): number[] => {
  const total = weights.reduce((a, b) => a + b, 0);
  if (total === 0) return weights.map(() => 0);
  const shares = weights.map((weight) => Math.floor((tasks * weight) / total));
  let left = tasks - shares.reduce((a, b) => a + b, 0);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (tasks * weight) % total }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
};
