import type { Offer } from "../model/offers.ts";

/** What every fleet must offer in sum: an amount, and at most how much of it one instance of each offer has. */
export interface Requirement {
  readonly amount: number;
  readonly perOffer: readonly number[];
}

/** Offers in order of price, with what they have of each requirement as a share of its amount. */
export interface CountTable {
  readonly prices: Float64Array;
  /** Row after row, one for each offer. */
  readonly shares: Float64Array;
  readonly requirements: number;
}

export const tabulateCounts = (offers: readonly Offer[], requirements: readonly Requirement[]): CountTable => {
  const asked = requirements.filter(({ amount }) => amount > 0);
  return {
    prices: Float64Array.from(offers, ({ price }) => price),
    shares: Float64Array.from(
      offers.flatMap((_, o) => asked.map(({ amount, perOffer }) => (perOffer[o] as number) / amount)),
    ),
    requirements: asked.length,
  };
};

/**
 * Proven lower bound on the cost of instances of the offers from one on that have all that is missing: in fractions, and
 * at least so many instances, exactly so many where they are `counted`.
 */
export type Relaxation = (from: number, missing: ArrayLike<number>, instances: number, counted: boolean) => number;

const TINY = 1e-9;
/** Price of what no instances can have, where the dearest instance costs 1. */
const FAR = 1e6;
const PIVOTS = 100;

/** Simplex method on the dual programme (prices of requirements under which no offer is worth more than it costs). */
export const startRelaxing = ({ prices, shares, requirements }: CountTable): Relaxation => {
  const offers = prices.length;
  const columns = requirements + 2;
  const width = columns + 1;
  const table = new Float64Array(offers * width);
  const objective = new Float64Array(width);
  const weights = new Float64Array(columns);
  const inColumn = new Int32Array(columns);
  const inRow = new Int32Array(offers);
  const solution = new Float64Array(columns);
  let rows = 0;

  const enter = (): number => {
    let best = -1;
    for (let k = 0; k < columns; k++) {
      if ((objective[k] as number) > TINY && (best < 0 || (objective[k] as number) > (objective[best] as number)))
        best = k;
    }
    return best;
  };

  const leave = (column: number): number => {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < rows; i++) {
      const pivot = table[i * width + column] as number;
      if (pivot <= TINY) continue;
      const ratio = (table[i * width + columns] as number) / pivot;
      if (ratio < least - 1e-15) [least, best] = [ratio, i];
    }
    return best;
  };

  const eliminate = (line: Float64Array, at: number, from: number, c: number): void => {
    const factor = line[at + c] as number;
    if (factor === 0) return;
    line[at + c] = 0;
    for (let k = 0; k < width; k++) line[at + k] = (line[at + k] as number) - factor * (table[from + k] as number);
  };

  const pivotOn = (r: number, c: number): void => {
    const from = r * width;
    const inverse = 1 / (table[from + c] as number);
    for (let k = 0; k < width; k++) table[from + k] = (table[from + k] as number) * inverse;
    table[from + c] = inverse;
    for (let i = 0; i < rows; i++) if (i !== r) eliminate(table, i * width, from, c);
    eliminate(objective, 0, from, c);
    const entered = inColumn[c] as number;
    inColumn[c] = inRow[r] as number;
    inRow[r] = entered;
  };

  const fill = (from: number, missing: ArrayLike<number>, instances: number, counted: boolean, top: number): void => {
    rows = offers - from;
    for (let k = 0; k < requirements; k++) weights[k] = missing[k] as number;
    weights[requirements] = instances;
    weights[requirements + 1] = counted ? -instances : 0;
    objective.set(weights);
    objective[columns] = 0;
    for (let i = 0; i < rows; i++) {
      const o = from + i;
      for (let k = 0; k < requirements; k++) table[i * width + k] = shares[o * requirements + k] as number;
      table[i * width + requirements] = 1;
      table[i * width + requirements + 1] = counted ? -1 : 0;
      table[i * width + columns] = (prices[o] as number) / top;
      inRow[i] = columns + i;
    }
    for (let k = 0; k < columns; k++) inColumn[k] = k;
  };

  const solve = (): void => {
    solution.fill(0);
    for (let step = 0; step < PIVOTS; step++) {
      const c = enter();
      if (c < 0) break;
      const r = leave(c);
      if (r >= 0) {
        pivotOn(r, c);
        continue;
      }
      // Nothing limits this price: no instances have what is missing.
      if ((inColumn[c] as number) < columns) solution[inColumn[c] as number] = FAR;
      for (let i = 0; i < rows; i++) {
        table[i * width + columns] = (table[i * width + columns] as number) - FAR * (table[i * width + c] as number);
      }
      break;
    }
    for (let i = 0; i < rows; i++) {
      const variable = inRow[i] as number;
      if (variable < columns) solution[variable] = Math.max(0, table[i * width + columns] as number);
    }
  };

  /** The value of what is missing at the prices found, shrunk until no offer is worth more than it costs. */
  const proven = (from: number, instances: number, counted: boolean, top: number): number => {
    const perInstance = (solution[requirements] as number) - (counted ? (solution[requirements + 1] as number) : 0);
    let scale = 1;
    for (let o = from; o < offers; o++) {
      let worth = perInstance;
      for (let k = 0; k < requirements; k++)
        worth += (solution[k] as number) * (shares[o * requirements + k] as number);
      if (worth * scale * top > (prices[o] as number)) scale = (prices[o] as number) / top / worth;
    }
    let value = perInstance * instances;
    for (let k = 0; k < requirements; k++) value += (solution[k] as number) * (weights[k] as number);
    return Math.max(0, value * scale * (1 - 1e-12) * top);
  };

  return (from, missing, instances, counted) => {
    if (from === offers) {
      for (let k = 0; k < requirements; k++) if ((missing[k] as number) > 1e-7) return Number.POSITIVE_INFINITY;
      return instances <= 0 ? 0 : Number.POSITIVE_INFINITY;
    }
    const top = prices[offers - 1] as number;
    fill(from, missing, instances, counted, top);
    solve();
    return proven(from, instances, counted, top);
  };
};
