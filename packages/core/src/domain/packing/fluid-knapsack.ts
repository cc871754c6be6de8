import { RESOURCES, zeros } from "./geometry.ts";

/** The most that divisible tasks can be worth on one instance, and the proof. */
export interface FluidKnapsack {
  /** Upper bound on the value of any filling. */
  readonly value: number;
  /** Price per unit of each resource under which no task is worth more than it uses: the proof of `value`. */
  readonly multipliers: readonly number[];
  /** Fractional tasks that reach the value, as pairs: shape, amount. */
  readonly amounts: readonly number[];
}

const TINY = 1e-9;

/** Raises multipliers until every task is worth at most what it uses, so that the bound holds whatever the rounding. */
const makeSafe = (multipliers: readonly number[], sizes: Float64Array, values: Float64Array): readonly number[] => {
  let scale = 1;
  for (let s = 0; s < values.length; s++) {
    const value = values[s] as number;
    if (value <= 0) continue;
    let used = 0;
    for (let k = 0; k < RESOURCES; k++) used += (multipliers[k] as number) * (sizes[s * RESOURCES + k] as number);
    if (used * scale < value) scale = used > 0 ? value / used : Number.POSITIVE_INFINITY;
  }
  return multipliers.map((multiplier) => multiplier * scale);
};

/**
 * Linear relaxation of the knapsack of one instance: tasks are divisible and as many as one likes. Simplex method with
 * one row per resource; rows are scaled to capacity 1.
 */
export const fillFluidly = (
  sizes: Float64Array,
  values: Float64Array,
  capacity: readonly number[],
  allowed: Uint8Array,
): FluidKnapsack => {
  const basis = Array.from({ length: RESOURCES }, (_, k) => -1 - k);
  const level = zeros().fill(1);
  const price = zeros();
  const inverse: number[] = Array.from({ length: RESOURCES * RESOURCES }, (_, i) =>
    i % (RESOURCES + 1) === 0 ? 1 : 0,
  );
  const unit = capacity.map((c) => (c > 0 ? 1 / c : 0));
  const column = zeros();
  const count = values.length;
  for (let step = 0; step < 60; step++) {
    let best = TINY;
    let enter = Number.NaN;
    for (let s = 0; s < count; s++) {
      if (allowed[s] === 0) continue;
      const value = values[s] as number;
      let gain = value;
      for (let k = 0; k < RESOURCES; k++) {
        gain -= (price[k] as number) * (sizes[s * RESOURCES + k] as number) * (unit[k] as number);
      }
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
  const multipliers = makeSafe(
    raw,
    sizes,
    values.map((value, s) => (allowed[s] === 0 ? 0 : value)),
  );
  const value = multipliers.reduce((total, m, k) => total + (m > 0 ? m * (capacity[k] as number) : 0), 0);
  const amounts = basis.flatMap((s, i) => (s >= 0 ? [s, level[i] as number] : []));
  return { value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value, multipliers, amounts };
};
