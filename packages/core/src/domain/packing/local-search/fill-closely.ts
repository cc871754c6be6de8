import type { Offer } from "../model/offers.ts";
import type { Pattern, ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";

/** Shapes that one instance is filled from: more than the fewest where these cannot fill it so many times over. */
const FEWEST = 16;
const CANDIDATES = 96;
const TIMES_OVER = 2;
/** Steps of the search for the best of their patterns. */
const NODES = 160;
/** Share of the price that a pattern may be worth less than its instance to be good enough. */
const CLOSE = 0.002;

/** Fills one instance around a task; tells how many steps it took. */
export interface CloseFilling {
  readonly fill: (
    offer: Offer,
    price: number,
    seed: number,
    remaining: Float64Array,
    active: readonly number[],
  ) => { readonly pattern: Pattern; readonly value: number };
  readonly spent: () => number;
}

/**
 * Fills instances as closely as a short depth-first search can, so that hardly any of their price exceeds the value of
 * their tasks. Shapes are drawn at random where there are many; `unitPrices` by resource bound what is left.
 */
export const startFilling = (
  table: ShapeTable,
  values: Float64Array,
  unitPrices: readonly number[],
  random: () => number,
): CloseFilling => {
  const { sizes, ports } = table;
  const left = new Float64Array(RESOURCES);
  const chosen = new Int32Array(CANDIDATES);
  const taken = new Int32Array(CANDIDATES);
  const best = new Int32Array(CANDIDATES);
  const densities = Float64Array.from(values, (value, s) => {
    let worth = 0;
    for (let k = 0; k < RESOURCES; k++) worth += (unitPrices[k] as number) * (sizes[s * RESOURCES + k] as number);
    return worth > 0 ? value / worth : Number.POSITIVE_INFINITY;
  });
  let spent = 0;
  let [count, bestValue, nodes, enough, densest] = [0, 0, 0, 0, 0];

  const room = (s: number, most: number): number => {
    let n = most;
    for (let k = 0, o = s * RESOURCES; k < RESOURCES; k++, o++) {
      const size = sizes[o] as number;
      if (size * n > (left[k] as number)) n = Math.floor((left[k] as number) / size);
    }
    return n;
  };

  const take = (s: number, n: number): void => {
    for (let k = 0, o = s * RESOURCES; k < RESOURCES; k++, o++)
      left[k] = (left[k] as number) - n * (sizes[o] as number);
  };

  const visit = (i: number, value: number, remaining: Float64Array, seed: number): void => {
    if (value > bestValue) {
      bestValue = value;
      best.set(taken.subarray(0, i));
      best.fill(0, i);
    }
    if (i === count || nodes-- <= 0 || bestValue >= enough) return;
    let rest = 0;
    for (let k = 0; k < RESOURCES; k++) rest += (left[k] as number) * (unitPrices[k] as number);
    if (value + rest * densest <= bestValue) return;
    const s = chosen[i] as number;
    const most = (remaining[s] as number) - (s === seed ? 1 : 0);
    let n = room(s, (ports[s] as readonly number[]).length > 0 ? Math.min(1, most) : most);
    take(s, n);
    for (; n >= 0; n--) {
      taken[i] = n;
      visit(i + 1, value + n * (values[s] as number), remaining, seed);
      if (nodes <= 0 || bestValue >= enough) break;
      if (n > 0) take(s, -1);
    }
    if (n > 0) take(s, -n);
    taken[i] = 0;
  };

  /** Shapes that fit beside the seed, drawn at random, without two that want one port. */
  const draw = (seed: number, remaining: Float64Array, active: readonly number[], price: number): void => {
    let drawn = 0;
    const used = [...(ports[seed] as readonly number[])];
    const start = Math.floor(random() * active.length);
    count = 0;
    densest = 0;
    for (let i = 0; i < active.length && count < CANDIDATES && (count < FEWEST || drawn < TIMES_OVER * price); i++) {
      const s = active[(start + i) % active.length] as number;
      if ((remaining[s] as number) - (s === seed ? 1 : 0) <= 0 || room(s, 1) < 1) continue;
      const wanted = ports[s] as readonly number[];
      if (wanted.some((port) => used.includes(port))) continue;
      used.push(...wanted);
      chosen[count++] = s;
      drawn += (remaining[s] as number) * (values[s] as number);
      densest = Math.max(densest, densities[s] as number);
    }
    chosen.subarray(0, count).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
    spent += active.length;
  };

  return {
    fill: (offer, price, seed, remaining, active) => {
      left.set(offer.capacity);
      take(seed, 1);
      draw(seed, remaining, active, price);
      bestValue = 0;
      best.fill(0);
      nodes = NODES;
      enough = price * (1 - CLOSE) - (values[seed] as number);
      visit(0, 0, remaining, seed);
      spent += 4 * (NODES - nodes);
      const pattern = new Map<number, number>([[seed, 1]]);
      for (let i = 0; i < count; i++) {
        const [s, n] = [chosen[i] as number, best[i] as number];
        if (n > 0) pattern.set(s, (pattern.get(s) ?? 0) + n);
      }
      const value = bestValue + (values[seed] as number);
      return { pattern: [...pattern].sort((a, b) => a[0] - b[0]).flat(), value };
    },
    spent: () => spent,
  };
};
