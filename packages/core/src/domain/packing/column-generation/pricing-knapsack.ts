import type { Pattern, ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";

/** The best pattern found for one instance, and an upper bound on the value of any. */
export interface BestPattern {
  readonly pattern: Pattern;
  readonly value: number;
  readonly bound: number;
}

/** A shape that fits, by its value for what it uses at the multipliers. */
interface Candidate {
  readonly s: number;
  readonly value: number;
  /** What one task uses at the multipliers. */
  readonly weight: number;
  readonly density: number;
  /** Tasks that there are, or one where the shape holds a static host port. */
  readonly most: number;
}

/** The shapes that fit, in order of density. */
export const rankShapes = (
  table: ShapeTable,
  values: Float64Array,
  multipliers: readonly number[],
  demand: ArrayLike<number>,
  capacity: readonly number[],
): readonly Candidate[] => {
  const list: Candidate[] = [];
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
    const most = (table.ports[s] as readonly number[]).length > 0 ? 1 : (demand[s] as number);
    if (fits) list.push({ s, value, weight, density: weight > 0 ? value / weight : Number.POSITIVE_INFINITY, most });
  }
  return list.sort((a, b) => b.density - a.density || b.weight - a.weight || a.s - b.s);
};

/**
 * Upper bound on the value of any pattern of shapes from position `from` on whose use at the multipliers is at most
 * `worth`: takes them in order of density, as many as there are, the last one in part.
 */
export const mostValue = (order: readonly Candidate[], from: number, worth: number): number => {
  let value = 0;
  let left = worth;
  for (let i = from; i < order.length; i++) {
    const next = order[i] as Candidate;
    if (next.weight > 0 && left <= 0) break;
    const amount = next.weight > 0 ? Math.min(next.most, left / next.weight) : next.most;
    value += amount * next.value;
    left -= amount * next.weight;
  }
  return value;
};

/** Whether `mostValue` from there on exceeds `needed`. */
const exceeds = (order: readonly Candidate[], from: number, worth: number, needed: number): boolean => {
  let value = 0;
  let left = worth;
  for (let i = from; i < order.length && value <= needed; i++) {
    const next = order[i] as Candidate;
    if (next.weight > 0 && left <= 0) break;
    const fits = next.weight === 0 || next.weight * next.most <= left;
    value += fits ? next.most * next.value : (left / next.weight) * next.value;
    if (!fits) break;
    left -= next.most * next.weight;
  }
  return value > needed;
};

/** What a capacity is worth at the multipliers. */
export const worthOf = (capacity: readonly number[], multipliers: readonly number[]): number =>
  capacity.reduce((total, c, k) => total + c * (multipliers[k] as number), 0);

/**
 * The most valuable whole tasks for one instance: depth first over shapes in order of density, cut where the rest in
 * part cannot win. After `nodes` steps it settles for the best so far and the bound `ceiling` given.
 */
export const searchPattern = (
  table: ShapeTable,
  order: readonly Candidate[],
  capacity: readonly number[],
  worth: number,
  ceiling: number,
  nodes: number,
): BestPattern => {
  const left = [...capacity];
  const taken = new Array<number>(order.length).fill(0);
  const usedPorts = new Set<number>();
  let best = 0;
  let bestTaken: number[] = [];
  let budget = nodes;

  const { sizes } = table;

  const room = ({ s, most }: Candidate): number => {
    const ports = table.ports[s] as readonly number[];
    if (ports.length > 0 && ports.some((port) => usedPorts.has(port))) return 0;
    let copies = most;
    for (let k = 0, o = s * RESOURCES; k < RESOURCES; k++, o++) {
      const size = sizes[o] as number;
      if (size * copies > (left[k] as number)) copies = Math.floor((left[k] as number) / size);
    }
    return copies;
  };

  const take = (s: number, n: number): void => {
    for (let k = 0, o = s * RESOURCES; k < RESOURCES; k++, o++)
      left[k] = (left[k] as number) - n * (sizes[o] as number);
    const ports = table.ports[s] as readonly number[];
    if (ports.length > 0) for (const port of ports) usedPorts.add(port);
  };

  /** Whether fewer tasks of the shape before cannot win either: they leave more room, but less value for it. */
  const visit = (i: number, value: number, rest: number): boolean => {
    if (value > best) {
      best = value;
      bestTaken = taken.slice(0, i);
    }
    const next = order[i];
    if (next === undefined) return true;
    if (budget-- <= 0) return false;
    if (!exceeds(order, i, rest, best * (1 + 1e-7) - value)) return true;
    let n = room(next);
    if (n > 0) take(next.s, n);
    for (; n >= 0 && budget > 0; n--) {
      taken[i] = n;
      if (visit(i + 1, value + n * next.value, rest - n * next.weight)) break;
      if (n > 0) giveBack(next.s, n);
    }
    for (; n > 0; n--) giveBack(next.s, n);
    taken[i] = 0;
    return false;
  };

  /** Gives one task back; ports only with the last. */
  const giveBack = (s: number, n: number): void => {
    for (let k = 0, o = s * RESOURCES; k < RESOURCES; k++, o++) left[k] = (left[k] as number) + (sizes[o] as number);
    const ports = table.ports[s] as readonly number[];
    if (n === 1 && ports.length > 0) for (const port of ports) usedPorts.delete(port);
  };

  visit(0, 0, worth);
  const pattern = order
    .map(({ s }, i) => [s, bestTaken[i] ?? 0] as const)
    .filter(([, n]) => n > 0)
    .sort((a, b) => a[0] - b[0])
    .flat();
  return { pattern, value: best, bound: budget > 0 ? Math.min(ceiling, best * (1 + 1e-7)) : ceiling };
};
