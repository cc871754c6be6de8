import type { Market } from "./request.ts";
import { type Geometry, RESOURCES, type Shape, zeros } from "./resources.ts";

/** An instance type at its price in one market. */
export interface Offer {
  readonly id: string;
  readonly capacity: readonly number[];
  /** Nano-dollars per hour. */
  readonly price: number;
}

const greatestDivisor = (a: number, b: number): number => {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
};

/** What tasks can reserve of a capacity: multiples of the greatest common divisor of their sizes. */
const reachable = (capacity: number, divisor: number): number =>
  divisor > 0 ? Math.floor(capacity / divisor) * divisor : 0;

const dominates = (a: Offer, b: Offer): boolean => {
  for (let k = 0; k < RESOURCES; k++) if ((a.capacity[k] ?? 0) < (b.capacity[k] ?? 0)) return false;
  return true;
};

/** Many fleets choose from the same types at the same prices. */
const known = new WeakMap<Geometry["types"], WeakMap<Market["nanoDollars"], readonly Offer[]>>();

/** Offers of a market that have a price, in order of price, then id. */
export const pricedOffers = ({ types }: Geometry, { nanoDollars }: Market): readonly Offer[] => {
  const ofTypes = known.get(types) ?? new WeakMap<Market["nanoDollars"], readonly Offer[]>();
  known.set(types, ofTypes);
  const found = ofTypes.get(nanoDollars);
  if (found !== undefined) return found;
  const offers = types
    .flatMap(({ id, capacity, index }) => {
      const price = nanoDollars[index];
      return price === undefined ? [] : [{ id, capacity, price }];
    })
    .sort((a, b) => a.price - b.price || (a.id < b.id ? -1 : 1));
  ofTypes.set(nanoDollars, offers);
  return offers;
};

/**
 * The offers worth buying: capacities lowered to what the tasks can reserve at all (multiples of the divisor of their
 * sizes, at most the whole demand), then every offer dropped that a cheaper one equals or exceeds. No fleet gets dearer.
 */
export const usefulOffers = (
  offers: readonly Offer[],
  shapes: readonly Shape[],
  demand: readonly number[],
): readonly Offer[] => {
  const divisors = zeros();
  const totals = zeros();
  shapes.forEach((shape, s) => {
    for (let k = 0; k < RESOURCES; k++) {
      if ((demand[s] ?? 0) === 0) continue;
      divisors[k] = greatestDivisor(divisors[k] ?? 0, shape.size[k] ?? 0);
      totals[k] = (totals[k] ?? 0) + (demand[s] ?? 0) * (shape.size[k] ?? 0);
    }
  });
  const kept: Offer[] = [];
  for (const offer of offers) {
    if ((offer.capacity[0] ?? 0) <= 0) continue;
    const capacity = offer.capacity.map((c, k) => Math.min(reachable(c, divisors[k] ?? 0), totals[k] ?? 0));
    const trimmed = { id: offer.id, capacity, price: offer.price };
    if (kept.some((other) => dominates(other, trimmed))) continue;
    if (!shapes.some((shape, s) => (demand[s] ?? 0) > 0 && holds(shape, capacity))) continue;
    kept.push(trimmed);
    // Nothing dearer has more of anything than what all tasks together can reserve.
    if (capacity.every((c, k) => c === totals[k])) break;
  }
  return kept;
};

const holds = (shape: Shape, capacity: readonly number[]): boolean =>
  shape.size.every((need, k) => need <= (capacity[k] ?? 0));
