import type { Filling, ShapeTable } from "./fill.ts";
import { RESOURCES } from "./geometry.ts";

/** The best filling found for one instance, and an upper bound on the value of any. */
export interface BestFilling {
  readonly filling: Filling;
  readonly value: number;
  readonly bound: number;
}

/** Shapes in order of value for what they use at the multipliers, with that density (at most 1). */
const byDensity = (
  table: ShapeTable,
  values: Float64Array,
  multipliers: readonly number[],
  demand: ArrayLike<number>,
  capacity: readonly number[],
): { readonly s: number; readonly density: number; readonly weight: number }[] => {
  const list: { s: number; density: number; weight: number }[] = [];
  for (let s = 0; s < table.count; s++) {
    const value = values[s] as number;
    if (value <= 0 || (demand[s] as number) <= 0) continue;
    let weight = 0;
    let fits = true;
    for (let k = 0; k < RESOURCES; k++) {
      const size = table.sizes[s * RESOURCES + k] as number;
      weight += size * (multipliers[k] as number);
      if (size > (capacity[k] as number)) fits = false;
    }
    if (fits) list.push({ s, density: value / weight, weight });
  }
  return list.sort((a, b) => b.density - a.density || b.weight - a.weight);
};

/**
 * The most valuable whole tasks for one instance: depth first over shapes in order of density, cut where the rest at the
 * next density cannot win. After `nodes` steps it settles for the best so far and the bound `ceiling` given.
 */
export const searchFilling = (
  table: ShapeTable,
  values: Float64Array,
  capacity: readonly number[],
  multipliers: readonly number[],
  demand: ArrayLike<number>,
  ceiling: number,
  nodes: number,
): BestFilling => {
  const order = byDensity(table, values, multipliers, demand, capacity);
  const left = [...capacity];
  const taken = new Array<number>(order.length).fill(0);
  const usedPorts = new Set<number>();
  let best = 0;
  let bestTaken: number[] = [];
  let budget = nodes;

  const most = (s: number): number => {
    const ports = table.ports[s] as readonly number[];
    if (ports.some((port) => usedPorts.has(port))) return 0;
    let copies = ports.length > 0 ? 1 : (demand[s] as number);
    for (let k = 0; k < RESOURCES; k++) {
      const size = table.sizes[s * RESOURCES + k] as number;
      if (size > 0) copies = Math.min(copies, Math.floor((left[k] as number) / size));
    }
    return copies;
  };

  const take = (s: number, n: number): void => {
    for (let k = 0; k < RESOURCES; k++) {
      left[k] = (left[k] as number) - n * (table.sizes[s * RESOURCES + k] as number);
    }
    for (const port of table.ports[s] as readonly number[]) usedPorts.add(port);
  };

  const visit = (i: number, value: number, worth: number): void => {
    if (value > best) {
      best = value;
      bestTaken = taken.slice(0, i);
    }
    const next = order[i];
    if (next === undefined || budget-- <= 0 || value + next.density * worth <= best * (1 + 1e-7)) return;
    const copies = most(next.s);
    if (copies > 0) take(next.s, copies);
    for (let n = copies; n >= 0 && budget > 0; n--) {
      taken[i] = n;
      visit(i + 1, value + n * (values[next.s] as number), worth - n * next.weight);
      if (n > 0) giveBack(next.s, n);
    }
    taken[i] = 0;
  };

  /** Gives one task back; ports only with the last. */
  const giveBack = (s: number, n: number): void => {
    for (let k = 0; k < RESOURCES; k++) left[k] = (left[k] as number) + (table.sizes[s * RESOURCES + k] as number);
    if (n === 1) for (const port of table.ports[s] as readonly number[]) usedPorts.delete(port);
  };

  visit(
    0,
    0,
    capacity.reduce((total, c, k) => total + c * (multipliers[k] as number), 0),
  );
  const filling = order
    .map(({ s }, i) => [s, bestTaken[i] ?? 0] as const)
    .filter(([, n]) => n > 0)
    .sort((a, b) => a[0] - b[0])
    .flat();
  return { filling, value: best, bound: budget > 0 ? Math.min(ceiling, best * (1 + 1e-7)) : ceiling };
};
