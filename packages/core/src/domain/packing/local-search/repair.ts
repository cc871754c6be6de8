import type { Offer } from "../model/offers.ts";
import type { ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";
import { startFilling } from "./fill-closely.ts";
import type { Repacked, Repacker } from "./repack.ts";

/** Packs a pool of any size anew; `undefined` where some task of it fits nowhere. */
export interface Repairer {
  /** `forced` is the position of an offer of which at least one instance is bought; -1 for none. */
  readonly repair: (pool: readonly number[], prices: Float64Array, forced: number) => readonly Repacked[] | undefined;
  /** Steps taken so far, the same on every machine. */
  readonly spent: () => number;
}

const holds = (table: ShapeTable, { capacity }: Offer, s: number): boolean => {
  for (let k = 0; k < RESOURCES; k++)
    if ((table.sizes[s * RESOURCES + k] as number) > (capacity[k] as number)) return false;
  return true;
};

/**
 * Repairs a pool: small ones exactly; from larger ones it buys, around one task after the other drawn at random, the
 * instance that gives most value for its price, until the rest is small.
 */
export const startRepairing = (
  table: ShapeTable,
  offers: readonly Offer[],
  values: Float64Array,
  unitPrices: readonly number[],
  repacker: Repacker,
  mostPairs: number,
  random: () => number,
): Repairer => {
  const remaining = new Float64Array(table.count);
  const filling = startFilling(table, values, unitPrices, random);
  let spent = 0;

  const listed = (active: readonly number[]): number[] => {
    const pool: number[] = [];
    for (const s of active) if ((remaining[s] as number) > 0) pool.push(s, remaining[s] as number);
    return pool;
  };

  const buy = (active: readonly number[], prices: Float64Array, forced: number): Repacked | undefined => {
    const seed = active[Math.floor(random() * active.length)] as number;
    let best: Repacked | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let o = 0; o < offers.length; o++) {
      const offer = offers[o] as Offer;
      if ((forced >= 0 && o !== forced) || !holds(table, offer, seed)) continue;
      const { pattern, value } = filling.fill(offer, prices[o] as number, seed, remaining, active);
      const ratio = (prices[o] as number) / value;
      if (ratio < least) [least, best] = [ratio, { offer: o, pattern }];
    }
    return best;
  };

  const buyMost = (
    pool: readonly number[],
    prices: Float64Array,
    bins: Repacked[],
    forced: number,
  ): readonly number[] | undefined => {
    for (let i = 0; i < pool.length; i += 2) remaining[pool[i] as number] = pool[i + 1] as number;
    let rest = pool;
    let first = forced;
    while (rest.length > 0 && (first >= 0 || repacker.work(rest) > mostPairs)) {
      const bin = buy(
        rest.filter((_, i) => i % 2 === 0),
        prices,
        first,
      );
      first = -1;
      if (bin === undefined) return undefined;
      for (let i = 0; i < bin.pattern.length; i += 2) {
        const s = bin.pattern[i] as number;
        remaining[s] = (remaining[s] as number) - (bin.pattern[i + 1] as number);
      }
      bins.push(bin);
      rest = listed(rest.filter((_, i) => i % 2 === 0));
    }
    return rest;
  };

  const repair = (pool: readonly number[], prices: Float64Array, forced: number): readonly Repacked[] | undefined => {
    const bins: Repacked[] = [];
    const rest = buyMost(pool, prices, bins, forced);
    for (let i = 0; i < pool.length; i += 2) remaining[pool[i] as number] = 0;
    if (rest === undefined) return undefined;
    if (rest.length === 0) return bins;
    spent += repacker.work(rest);
    const exact = repacker.pack(rest, prices);
    return exact && [...bins, ...exact];
  };

  return { repair, spent: () => spent + filling.spent() };
};
