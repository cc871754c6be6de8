import { RESOURCES, zeros } from "../model/resources.ts";

/** The most that divisible tasks can be worth on one instance, and the proof. */
export interface FractionalKnapsack {
  /** Upper bound on the value of any pattern. */
  readonly value: number;
  /** Price per unit of each resource under which no task is worth more than it uses: the proof of `value`. */
  readonly multipliers: readonly number[];
  /** Fractional tasks that reach the value, as pairs: shape, amount. */
  readonly amounts: readonly number[];
}

const TINY = 1e-9;

/** The resource of which a task takes the largest part; -1 for a task that takes none. */
const largestPart = (sizes: Float64Array, s: number, capacity: readonly number[]): number => {
  let [widest, most] = [-1, 0];
  for (let k = 0; k < RESOURCES; k++) {
    const size = sizes[s * RESOURCES + k] as number;
    const part = size > 0 ? size / (capacity[k] as number) : 0;
    if (part > most) [widest, most] = [k, part];
  }
  return widest;
};

/**
 * Raises multipliers until every task is worth at most what it uses, so that the bound holds whatever the rounding: all
 * alike, but for a task worth more than twice what it uses, such as one of tiny value that uses nothing that has a price.
 * Such a task raises the price of its largest part alone. Undefined where a task of some value takes nothing at all.
 */
const makeSafe = (
  multipliers: readonly number[],
  sizes: Float64Array,
  values: Float64Array,
  allowed: Uint8Array,
  capacity: readonly number[],
): readonly number[] | undefined => {
  const safe = [...multipliers];
  let scale = 1;
  for (let s = 0; s < values.length; s++) {
    const value = values[s] as number;
    if (value <= 0 || allowed[s] === 0) continue;
    let used = 0;
    for (let k = 0; k < RESOURCES; k++) used += (safe[k] as number) * (sizes[s * RESOURCES + k] as number);
    if (used * scale >= value) continue;
    if (used * 2 >= value) {
      scale = value / used;
      continue;
    }
    const widest = largestPart(sizes, s, capacity);
    if (widest < 0) return undefined;
    const missing = (value - used) * (1 + 1e-12);
    safe[widest] = (safe[widest] as number) + missing / (sizes[s * RESOURCES + widest] as number);
  }
  return safe.map((multiplier) => multiplier * scale);
};

/** A bound from the multipliers of another one, raised as far as these values ask for. */
export const provenAgain = (
  known: readonly number[],
  table: { readonly sizes: Float64Array },
  values: Float64Array,
  capacity: readonly number[],
  allowed: Uint8Array,
): FractionalKnapsack | undefined => {
  let scale = 0;
  const [m0, m1, m2, m3, m4] = known as [number, number, number, number, number];
  const { sizes } = table;
  for (let s = 0, o = 0; s < values.length; s++, o += RESOURCES) {
    const value = values[s] as number;
    if (value <= 0 || allowed[s] === 0) continue;
    const used =
      m0 * (sizes[o] as number) +
      m1 * (sizes[o + 1] as number) +
      m2 * (sizes[o + 2] as number) +
      m3 * (sizes[o + 3] as number) +
      m4 * (sizes[o + 4] as number);
    if (used * scale >= value) continue;
    if (used <= 0) return undefined;
    scale = (value / used) * (1 + 1e-12);
  }
  const multipliers = known.map((multiplier) => multiplier * scale);
  const value = multipliers.reduce((total, m, k) => total + m * (capacity[k] as number), 0);
  return Number.isFinite(value) ? { value, multipliers, amounts: [] } : undefined;
};

/**
 * Linear relaxation of the knapsack of one instance: tasks are divisible and as many as one likes. Simplex method with
 * one row per resource; rows are scaled to capacity 1.
 */
export const relaxKnapsack = (
  sizes: Float64Array,
  values: Float64Array,
  capacity: readonly number[],
  allowed: Uint8Array,
): FractionalKnapsack => {
  const basis = Array.from({ length: RESOURCES }, (_, k) => -1 - k);
  const level = zeros().fill(1);
  const price = zeros();
  const rate = zeros();
  const inverse: number[] = Array.from({ length: RESOURCES * RESOURCES }, (_, i) =>
    i % (RESOURCES + 1) === 0 ? 1 : 0,
  );
  const unit = capacity.map((c) => (c > 0 ? 1 / c : 0));
  const column = zeros();
  const count = values.length;
  for (let step = 0; step < 60; step++) {
    let best = TINY;
    let enter = Number.NaN;
    for (let k = 0; k < RESOURCES; k++) rate[k] = (price[k] as number) * (unit[k] as number);
    const [r0, r1, r2, r3, r4] = rate as [number, number, number, number, number];
    for (let s = 0, o = 0; s < count; s++, o += RESOURCES) {
      const value = values[s] as number;
      if (allowed[s] === 0) continue;
      const gain =
        value -
        r0 * (sizes[o] as number) -
        r1 * (sizes[o + 1] as number) -
        r2 * (sizes[o + 2] as number) -
        r3 * (sizes[o + 3] as number) -
        r4 * (sizes[o + 4] as number);
      if (gain > TINY * value && gain > best) {
        best = gain;
        enter = s;
      }
    }
    for (let k = 0; k < RESOURCES; k++) {
      if (-(price[k] as number) > best) {
        best = -(price[k] as number);
        enter = -1 - k;
      }
    }
    if (Number.isNaN(enter)) break;
    let leave = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < RESOURCES; i++) {
      let u = 0;
      if (enter < 0) u = inverse[i * RESOURCES + (-1 - enter)] as number;
      else
        for (let k = 0; k < RESOURCES; k++) {
          u += (inverse[i * RESOURCES + k] as number) * (sizes[enter * RESOURCES + k] as number) * (unit[k] as number);
        }
      column[i] = u;
      if (u > TINY && (level[i] as number) / u < least) {
        least = (level[i] as number) / u;
        leave = i;
      }
    }
    if (leave < 0) break;
    const pivot = 1 / (column[leave] as number);
    for (let k = 0; k < RESOURCES; k++) {
      inverse[leave * RESOURCES + k] = (inverse[leave * RESOURCES + k] as number) * pivot;
      price[k] = (price[k] as number) + best * (inverse[leave * RESOURCES + k] as number);
    }
    level[leave] = least;
    for (let i = 0; i < RESOURCES; i++) {
      const factor = column[i] as number;
      if (i === leave || factor === 0) continue;
      level[i] = Math.max(0, (level[i] as number) - factor * least);
      for (let k = 0; k < RESOURCES; k++) {
        inverse[i * RESOURCES + k] =
          (inverse[i * RESOURCES + k] as number) - factor * (inverse[leave * RESOURCES + k] as number);
      }
    }
    basis[leave] = enter;
  }
  const raw = price.map((p, k) => Math.max(0, p) * (unit[k] as number));
  const safe = makeSafe(raw, sizes, values, allowed, capacity);
  const amounts = basis.flatMap((s, i) => (s >= 0 ? [s, level[i] as number] : []));
  if (safe === undefined) return { value: Number.POSITIVE_INFINITY, multipliers: raw, amounts };
  const value = safe.reduce((total, m, k) => total + m * (capacity[k] as number), 0);
  return { value, multipliers: safe, amounts };
};
