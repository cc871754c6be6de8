import type { Bin } from "../model/greedy.ts";
import type { Offer } from "../model/offers.ts";
import { copiesOf, fillInstance, type ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";

/** Bins without a type: patterns and how many of each, by zone. */
export type Layout = readonly (readonly Pick<Bin, "pattern" | "copies">[])[];

/** Packs a demand on instances of one capacity; undefined where some task does not fit. */
const packOne = (
  table: ShapeTable,
  capacity: readonly number[],
  demand: readonly number[],
): Layout[number] | undefined => {
  const remaining = Float64Array.from(demand);
  let active = Array.from(remaining.keys()).filter((s) => (remaining[s] as number) > 0);
  const bins: { pattern: readonly number[]; copies: number }[] = [];
  while (active.length > 0) {
    const pattern = fillInstance(table, capacity, remaining, active);
    if (pattern.length === 0) return undefined;
    const copies = copiesOf(pattern, remaining);
    bins.push({ pattern, copies });
    for (let i = 0; i < pattern.length; i += 2) {
      const s = pattern[i] as number;
      remaining[s] = (remaining[s] as number) - copies * (pattern[i + 1] as number);
    }
    active = active.filter((s) => (remaining[s] as number) > 0);
  }
  return bins;
};

/** Packs zones on instances of one capacity, remembering capacities that were seen: no price changes a layout. */
export const singleTypePacker = (
  table: ShapeTable,
  demands: readonly (readonly number[])[],
): ((capacity: readonly number[]) => Layout | undefined) => {
  const known = new Map<string, Layout | undefined>();
  const packZones = (capacity: readonly number[]): Layout | undefined => {
    const byDemand = new Map<string, Layout[number] | undefined>();
    const layout = demands.map((demand) => {
      const key = demand.join();
      if (!byDemand.has(key)) byDemand.set(key, packOne(table, capacity, demand));
      return byDemand.get(key);
    });
    return layout.includes(undefined) ? undefined : (layout as Layout);
  };
  return (capacity) => {
    const key = capacity.join();
    if (!known.has(key)) known.set(key, packZones(capacity));
    return known.get(key);
  };
};

export const countOf = (layout: Layout): number =>
  layout.reduce((total, zone) => total + zone.reduce((sum, bin) => sum + bin.copies, 0), 0);

/** Fewest instances of a type that its capacity allows. */
export const fewestInstances = (offer: Offer, totals: readonly number[]): number => {
  let fewest = 0;
  for (let k = 0; k < RESOURCES; k++) {
    if ((totals[k] ?? 0) > 0) fewest = Math.max(fewest, Math.ceil((totals[k] ?? 0) / (offer.capacity[k] ?? 0)));
  }
  return fewest;
};
