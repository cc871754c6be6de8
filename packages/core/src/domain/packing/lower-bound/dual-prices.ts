import type { Offer } from "../model/offers.ts";
import { RESOURCES } from "../model/resources.ts";

/** A price per unit of each resource, and one per instance, under which no offer's capacity is worth more than it costs. */
export interface ResourcePrices {
  readonly perUnit: readonly number[];
  readonly perInstance: number;
  /** Value of the whole demand at these prices: a lower bound on the cost of any fleet, nano-dollars per hour. */
  readonly bound: number;
}

const COLUMNS = RESOURCES + 1;
const TINY = 1e-9;

/** Shrinks prices until every offer's capacity is worth at most its price in floating point, with a margin. */
const makeSafe = (prices: number[], rows: readonly (readonly number[])[], costs: readonly number[]): number[] => {
  let scale = 1;
  rows.forEach((row, i) => {
    const worth = row.reduce((total, amount, k) => total + amount * (prices[k] ?? 0), 0);
    if (worth * scale > (costs[i] ?? 0)) scale = (costs[i] ?? 0) / worth;
  });
  return prices.map((price) => price * scale * (1 - 1e-12));
};

const entering = (objective: Float64Array): number => {
  let best = -1;
  for (let k = 0; k < COLUMNS; k++) {
    if ((objective[k] ?? 0) > TINY && (best < 0 || (objective[k] ?? 0) > (objective[best] ?? 0))) best = k;
  }
  return best;
};

const leaving = (table: readonly Float64Array[], column: number): number => {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < table.length; i++) {
    const row = table[i] as Float64Array;
    const pivot = row[column] as number;
    if (pivot <= TINY) continue;
    const ratio = (row[COLUMNS] as number) / pivot;
    if (ratio < least - 1e-15) {
      least = ratio;
      best = i;
    }
  }
  return best;
};

const pivotOn = (table: readonly Float64Array[], objective: Float64Array, r: number, c: number): void => {
  const pivotRow = table[r] as Float64Array;
  const inverse = 1 / (pivotRow[c] as number);
  for (let k = 0; k <= COLUMNS; k++) pivotRow[k] = (pivotRow[k] as number) * inverse;
  pivotRow[c] = inverse;
  const eliminate = (row: Float64Array): void => {
    const factor = row[c] as number;
    if (factor === 0) return;
    row[c] = 0;
    for (let k = 0; k <= COLUMNS; k++) row[k] = (row[k] as number) - factor * (pivotRow[k] as number);
  };
  for (const row of table) if (row !== pivotRow) eliminate(row);
  eliminate(objective);
};

/** Maximises weights . x subject to rows . x <= limits, x >= 0 (limits >= 0), by the simplex method on a condensed table. */
const maximise = (
  weights: readonly number[],
  rows: readonly (readonly number[])[],
  limits: readonly number[],
): number[] => {
  const table = rows.map((row, i) => Float64Array.from([...row, limits[i] ?? 0]));
  const objective = Float64Array.from([...weights, 0]);
  const inColumn = Array.from({ length: COLUMNS }, (_, k) => k);
  const inRow = rows.map((_, i) => COLUMNS + i);
  for (let step = 0; step < 200; step++) {
    const c = entering(objective);
    const r = c < 0 ? -1 : leaving(table, c);
    if (r < 0) break;
    pivotOn(table, objective, r, c);
    [inColumn[c], inRow[r]] = [inRow[r] ?? 0, inColumn[c] ?? 0];
  }
  const solution = new Array<number>(COLUMNS).fill(0);
  inRow.forEach((variable, i) => {
    if (variable < COLUMNS) solution[variable] = Math.max(0, table[i]?.[COLUMNS] ?? 0);
  });
  return solution;
};

/**
 * The best lower bound that prices per resource prove: maximises the value of the demand while no offer's capacity is
 * worth more than its price. Holds whatever the rounding, because the prices are shrunk until every offer obeys.
 */
export const priceResources = (
  offers: readonly Offer[],
  demand: readonly number[],
  instances: number,
): ResourcePrices => {
  const amounts = [...demand, instances];
  const units = Array.from({ length: COLUMNS }, (_, k) =>
    Math.max(1, k < RESOURCES ? Math.max(0, ...offers.map((o) => o.capacity[k] ?? 0)) : 1),
  );
  const top = Math.max(1, ...offers.map((offer) => offer.price));
  const full = offers.map((offer) => [...offer.capacity, 1]);
  const rows = full.map((row) => row.map((amount, k) => amount / (units[k] ?? 1)));
  const weights = amounts.map((amount, k) => amount / (units[k] ?? 1));
  const heaviest = Math.max(1e-300, ...weights);
  const scaled = maximise(
    weights.map((weight) => weight / heaviest),
    rows,
    offers.map((offer) => offer.price / top),
  );
  const prices = makeSafe(
    scaled.map((price, k) => (price * top) / (units[k] ?? 1)),
    full,
    offers.map((offer) => offer.price),
  );
  const bound = amounts.reduce((total, amount, k) => total + amount * (prices[k] ?? 0), 0);
  return { perUnit: prices.slice(0, RESOURCES), perInstance: prices[RESOURCES] ?? 0, bound };
};
