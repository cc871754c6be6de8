import type { Bin } from "../model/greedy.ts";
import { type FleetSettings, fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import type { ShapeTable } from "../model/pattern.ts";
import { cheapestSingles, digitsOf, holdsPart, type States, type SubFleets, subFleetsOf } from "./sub-fleets.ts";

/** Least cost of every sub-fleet in exactly k instances, for each k, with the part that the last instance holds. */
interface Layer {
  readonly cost: Float64Array;
  readonly part: Int32Array;
}

const emptyLayer = (size: number): Layer => ({
  cost: new Float64Array(size).fill(Number.POSITIVE_INFINITY),
  part: new Int32Array(size),
});

const layersOf = (
  { states, parts, starts }: SubFleets,
  singles: Int32Array,
  offers: readonly Offer[],
  most: number,
): readonly Layer[] => {
  const layers = Array.from({ length: most + 1 }, () => emptyLayer(states.size));
  (layers[0] as Layer).cost[0] = 0;
  for (let index = 1; index < states.size; index++) {
    for (let at = starts[index] as number; at < (starts[index + 1] as number); at++) {
      const part = parts[at] as number;
      const price = offers[singles[part] as number]?.price;
      if (price === undefined) continue;
      for (let k = 1; k <= most; k++) {
        const total = price + ((layers[k - 1] as Layer).cost[index - part] as number);
        const layer = layers[k] as Layer;
        if (total < (layer.cost[index] as number)) {
          layer.cost[index] = total;
          layer.part[index] = part;
        }
      }
    }
  }
  return layers;
};

/** The cheapest fleet whose idle instances are of the type `offers[0]`, which it contains; all cost at least as much. */
interface Best {
  readonly cost: number;
  readonly filled: number;
  readonly first: number;
}

const bestWith = (
  subFleets: SubFleets,
  singles: Int32Array,
  layers: readonly Layer[],
  lowest: Offer,
  settings: FleetSettings,
): Best => {
  const end = subFleets.states.size - 1;
  let best: Best = { cost: Number.POSITIVE_INFINITY, filled: 0, first: 0 };
  for (let part = 1; part <= end; part++) {
    if ((singles[part] as number) < 0 || !holdsPart(subFleets, part, lowest)) continue;
    for (let k = 1; k < layers.length; k++) {
      const rest = (layers[k - 1] as Layer).cost[end - part] as number;
      const cost = lowest.price + rest + (fleetSize(k, settings) - k) * lowest.price;
      if (cost < best.cost) best = { cost, filled: k, first: part };
    }
  }
  return best;
};

const unwind = (
  states: States,
  singles: Int32Array,
  layers: readonly Layer[],
  offers: readonly Offer[],
  best: Best,
): readonly Bin[] => {
  const patternOf = (part: number) =>
    digitsOf(states, part).flatMap((n, i) => (n > 0 ? [states.shapes[i] as number, n] : []));
  const bins: Bin[] = [{ offer: offers[0] as Offer, pattern: patternOf(best.first), copies: 1 }];
  let index = states.size - 1 - best.first;
  for (let k = best.filled - 1; k > 0; k--) {
    const part = (layers[k] as Layer).part[index] as number;
    bins.push({ offer: offers[singles[part] as number] as Offer, pattern: patternOf(part), copies: 1 });
    index -= part;
  }
  return bins;
};

/** Fleets of at most this many filled instances are told apart by their number. */
const MOST_INSTANCES = 16;

/**
 * Exact search where idle instances count: for each type in order of price as the cheapest of the fleet (idle instances
 * are of that type), the least cost for each number of filled instances. `effort` limits the (pair, count) steps; the
 * bound holds even where it ran out, because every fleet whose cheapest type is dearer costs at least the relaxed cost.
 */
export const solveWithIdle = (
  table: ShapeTable,
  offers: readonly Offer[],
  demand: readonly number[],
  settings: FleetSettings,
  stepsPerType: number,
  effort: number,
): { readonly bins: readonly Bin[]; readonly bound: number } | undefined => {
  const most = demand.reduce((a, b) => a + b, 0);
  if (most > MOST_INSTANCES || stepsPerType * most > effort) return undefined;
  const subFleets = subFleetsOf(table, demand);
  const { states } = subFleets;
  let bins: readonly Bin[] = [];
  let cost = Number.POSITIVE_INFINITY;
  let left = effort;
  let relaxed = 0;
  for (let from = 0; from < offers.length; from++) {
    const dearer = offers.slice(from);
    const lowest = dearer[0] as Offer;
    const singles = cheapestSingles(subFleets, dearer);
    if (left < stepsPerType * most && bins.length > 0) return { bins, bound: Math.min(cost, relaxed) };
    left -= stepsPerType * most;
    const layers = layersOf(subFleets, singles, dearer, most);
    relaxed = leastRelaxed(states, layers, lowest, settings);
    if (relaxed >= cost) break;
    const best = bestWith(subFleets, singles, layers, lowest, settings);
    if (best.cost < cost) {
      cost = best.cost;
      bins = unwind(states, singles, layers, dearer, best);
    }
  }
  return bins.length > 0 ? { bins, bound: cost } : undefined;
};

/** Least cost over the number of filled instances, idle ones at the lowest price, wherever that type is used. */
const leastRelaxed = (states: States, layers: readonly Layer[], lowest: Offer, settings: FleetSettings): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < layers.length; k++) {
    const filled = (layers[k] as Layer).cost[states.size - 1] as number;
    least = Math.min(least, filled + (fleetSize(k, settings) - k) * lowest.price);
  }
  return least;
};
