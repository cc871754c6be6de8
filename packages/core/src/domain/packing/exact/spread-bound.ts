import type { Shape } from "../model/resources.ts";
import type { ExactTable } from "./exact.ts";

/** Most combinations of odd tasks that are looked at. */
const MOST_STATES = 3_000;

/** How many odd tasks a shape leaves over all zones, and the most of them that one zone can get. */
const oddTasks = (
  shape: Shape,
  azs: number,
): { readonly total: number; readonly perZone: number; readonly base: number } => {
  let [total, perZone, base] = [0, 0, 0];
  for (const { count } of shape.members) {
    total += count % azs;
    perZone += count % azs === 0 ? 0 : 1;
    base += Math.floor(count / azs);
  }
  return { total, perZone, base };
};

/** Calls back with every way to give one zone some of the odd tasks that are left. */
const forEachShare = (
  left: readonly number[],
  perZone: readonly number[],
  visit: (share: readonly number[]) => void,
): void => {
  const share = left.map(() => 0);
  const step = (s: number): void => {
    if (s === left.length) {
      visit(share);
      return;
    }
    for (let n = 0; n <= Math.min(left[s] as number, perZone[s] as number); n++) {
      share[s] = n;
      step(s + 1);
    }
    share[s] = 0;
  };
  step(0);
};

/**
 * Least cost over every even spread of the tasks over zones, whichever zones get the odd tasks: zones are taken one
 * after the other, each at its exact cost. Undefined where there are too many spreads to look at.
 */
export const leastOverSpreads = (table: ExactTable, shapes: readonly Shape[], azs: number): number | undefined => {
  const odd = shapes.map((shape) => oddTasks(shape, azs));
  const states = odd.reduce((product, { total }) => product * (total + 1), 1);
  const shares = odd.reduce((product, { perZone }) => product * (perZone + 1), 1);
  if (states * shares * azs > MOST_STATES) return undefined;
  const perZone = odd.map((each) => each.perZone);
  let costs = new Map<string, { left: readonly number[]; cost: number }>();
  const start = odd.map((each) => each.total);
  costs.set(start.join(), { left: start, cost: 0 });
  for (let zone = 0; zone < azs; zone++) {
    const next: typeof costs = new Map();
    for (const { left, cost } of costs.values()) {
      forEachShare(left, perZone, (share) => {
        const rest = left.map((n, s) => n - (share[s] as number));
        const total = cost + table.cost(share.map((n, s) => n + (odd[s]?.base ?? 0)));
        const key = rest.join();
        if (total < (next.get(key)?.cost ?? Number.POSITIVE_INFINITY)) next.set(key, { left: rest, cost: total });
      });
    }
    costs = next;
  }
  return costs.get(start.map(() => 0).join())?.cost;
};
