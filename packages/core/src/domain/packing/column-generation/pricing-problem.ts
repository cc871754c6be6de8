import type { Offer } from "../model/offers.ts";
import type { ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";
import type { Column } from "./covering-simplex.ts";
import { type FractionalKnapsack, provenAgain, relaxKnapsack } from "./fractional-knapsack.ts";
import { mostValue, rankShapes, searchPattern, worthOf } from "./pricing-knapsack.ts";

/** What is to be covered: tasks by shape, at most `ceiling` of a shape on one instance, `instances` instances in all. */
export interface Coverage {
  readonly demand: readonly number[];
  readonly ceiling: readonly number[];
  readonly instances: number;
}

/** How hard to try. */
export interface Effort {
  readonly passes: number;
  /** Steps of the search for the best pattern of one instance. */
  readonly nodes: number;
  /** Stop when bound and programme differ by less than this share. */
  readonly tolerance: number;
}

/** A configuration programme of one market under way. */
export interface ConfigurationRun {
  readonly table: ShapeTable;
  readonly offers: readonly Offer[];
  readonly coverage: Coverage;
  readonly effort: Effort;
  /** Whether shapes are means of classes, so that only charging tasks at their true sizes proves a bound. */
  readonly lossy?: boolean;
  /** Cost of a fleet at hand: the bound need not exceed it. */
  readonly known: number;
  /** Multipliers that proved before that a type, by id, is worth less than it costs; absent where none are reused. */
  readonly proofs?: Map<string, readonly number[]>;
}

/** What the best pattern of an offer can be worth at the values at hand. */
export interface Priced {
  readonly offer: Offer;
  /** Price less the credit that every instance earns. */
  readonly budget: number;
  readonly fractional: FractionalKnapsack;
  /** Upper bound on the value of a pattern. */
  readonly most: number;
  readonly column: Column | undefined;
}

export const fitsOf = (table: ShapeTable, offer: Offer): Uint8Array =>
  Uint8Array.from({ length: table.count }, (_, s) => {
    for (let k = 0; k < RESOURCES; k++) {
      if ((table.sizes[s * RESOURCES + k] ?? 0) > (offer.capacity[k] ?? 0)) return 0;
    }
    return 1;
  });

/** Multipliers of an instance of which the scarcest good shapes take their part first, all tasks of each. */
const withoutScarce = (
  run: ConfigurationRun,
  offer: Offer,
  fits: Uint8Array,
  values: Float64Array,
  fractional: FractionalKnapsack,
): readonly number[] => {
  const { table, coverage } = run;
  const left = [...offer.capacity];
  const allowed = fits.slice();
  for (let i = 0; i < fractional.amounts.length; i += 2) {
    const s = fractional.amounts[i] as number;
    const most = (table.ports[s] as readonly number[]).length > 0 ? 1 : (coverage.ceiling[s] as number);
    if ((fractional.amounts[i + 1] as number) <= most) continue;
    allowed[s] = 0;
    for (let k = 0; k < RESOURCES; k++) {
      left[k] = Math.max(0, (left[k] as number) - most * (table.sizes[s * RESOURCES + k] as number));
    }
  }
  return relaxKnapsack(table.sizes, values, left, allowed).multipliers;
};

export const priceOffer = (
  run: ConfigurationRun,
  offer: Offer,
  fits: Uint8Array,
  nodes: number,
  values: Float64Array,
  credit: number,
): Priced => {
  const { table, coverage } = run;
  const { capacity } = offer;
  const budget = offer.price - credit;
  const enough = budget * (1 + 1e-7);
  const proof = run.proofs?.get(offer.id);
  const again = proof && provenAgain(proof, table, values, capacity, fits);
  if (again && again.value <= budget) return { offer, budget, fractional: again, most: again.value, column: undefined };
  const fractional = relaxKnapsack(table.sizes, values, capacity, fits);
  run.proofs?.set(offer.id, fractional.multipliers);
  if (fractional.value <= enough) return { offer, budget, fractional, most: fractional.value, column: undefined };
  let { multipliers } = fractional;
  let order = rankShapes(table, values, multipliers, coverage.ceiling, capacity);
  let most = Math.min(fractional.value, mostValue(order, 0, worthOf(capacity, multipliers)));
  const others =
    most < fractional.value * (1 - 1e-9) ? withoutScarce(run, offer, fits, values, fractional) : multipliers;
  if (others !== multipliers) {
    const reordered = rankShapes(table, values, others, coverage.ceiling, capacity);
    const less = mostValue(reordered, 0, worthOf(capacity, others));
    if (less < most) [multipliers, order, most] = [others, reordered, less];
  }
  if (most <= enough) return { offer, budget, fractional, most, column: undefined };
  const best = searchPattern(table, order, capacity, worthOf(capacity, multipliers), most * (1 + 1e-12), nodes);
  const improves = best.value > enough;
  const column = improves ? { entries: [...best.pattern, table.count, 1], cost: offer.price } : undefined;
  return { offer, budget, fractional, most: best.bound, column };
};

export const scaleOf = (priced: readonly Priced[]): number => {
  let scale = Number.POSITIVE_INFINITY;
  for (const { budget, most } of priced) if (most > 0) scale = Math.min(scale, budget / most);
  return Number.isFinite(scale) ? scale : 0;
};

/** Bound by scaling all values alike until no pattern is worth more than its instance. */
export const scaledBound = (
  run: ConfigurationRun,
  priced: readonly Priced[],
  values: Float64Array,
  credit: number,
): number => {
  const scale = scaleOf(priced);
  if (scale === 0) return 0;
  const worth = run.coverage.demand.reduce((total, n, s) => total + n * (values[s] as number), 0);
  return worth * scale + credit * run.coverage.instances;
};

/** Price per unit of a resource on one offer, so that all of its capacity is worth the budget. */
const chargeRate = (multiplier: number, fractional: FractionalKnapsack, budget: number, capacity: number): number => {
  if (!Number.isFinite(fractional.value)) return 0;
  if (fractional.value > 0) return (multiplier * budget) / fractional.value;
  return capacity > 0 ? budget / capacity / RESOURCES : 0;
};

/**
 * Values of tasks from resource prices of each offer's own, scaled to its price: a task is worth the least that any offer
 * which holds it charges. No pattern is then worth more than its instance, whatever the sizes in `table`.
 */
export const chargeTasks = (table: ShapeTable, priced: readonly Priced[]): Float64Array => {
  const values = new Float64Array(table.count);
  const rates = priced.map(({ fractional, budget, offer }) => ({
    rate: fractional.multipliers.map((m, k) => chargeRate(m, fractional, budget, offer.capacity[k] as number)),
    capacity: offer.capacity,
  }));
  for (let s = 0; s < table.count; s++) {
    let least = Number.POSITIVE_INFINITY;
    for (const { rate, capacity } of rates) {
      let charge = 0;
      for (let k = 0; k < RESOURCES; k++) {
        const size = table.sizes[s * RESOURCES + k] as number;
        charge += size > (capacity[k] as number) ? Number.POSITIVE_INFINITY : (rate[k] as number) * size;
      }
      if (charge < least) least = charge;
    }
    values[s] = Number.isFinite(least) ? least : 0;
  }
  return values;
};

export const worthOfAll = (demand: readonly number[], values: Float64Array): number =>
  demand.reduce((total, n, s) => total + n * (values[s] as number), 0);
