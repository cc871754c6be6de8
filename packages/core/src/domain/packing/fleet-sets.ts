import { idleSurcharge, resourceBound } from "./lower-bound/lower-bound.ts";
import { type Offer, pricedOffers, usefulOffers } from "./model/offers.ts";
import type { FleetResult, Market, PackEffort, PackItem, PackRequest } from "./model/request.ts";
import { describeGeometry } from "./model/resources.ts";
import { packFleets } from "./pack.ts";
import { prepare, sumDemand } from "./search/workspace.ts";
import { findUnplaceable } from "./unplaceable.ts";

/**
 * Fleets for many sets of the same candidate services, as a search over assignments asks for them. Sets are lists of
 * service ids in any order; all money is in nano-dollars per hour.
 */
export interface FleetSets {
  /** The fleet of exactly these services; each set is packed once for each market and effort level. */
  readonly pack: (ids: readonly string[], market: string, effort?: PackEffort) => FleetResult;
  /** No fleet for these services costs less: one small linear programme and the values below. */
  readonly bound: (ids: readonly string[], market: string) => number;
  /** The same with one more service, from a bound at hand, without a linear programme. */
  readonly boundWith: (ids: readonly string[], extra: string, market: string) => number;
  /**
   * A value of each service such that the fleet of any set of them costs at least the sum; 0 for a service that fits
   * nowhere. Found once for each market.
   */
  readonly values: (market: string) => ReadonlyMap<string, number>;
}

/** What is known of one market before any set is asked for. */
interface MarketView {
  readonly market: Market;
  readonly offers: readonly Offer[];
  readonly values: ReadonlyMap<string, number>;
}

const viewMarket = (request: PackRequest, market: Market): MarketView => {
  const unplaceable = new Set(findUnplaceable(request, describeGeometry(request), market).map(({ id }) => id));
  const items = request.items.filter(({ id }) => !unplaceable.has(id));
  const work = prepare({ ...request, items, markets: [market], effort: "quick" });
  const { shapes } = work.geometry;
  const offers = usefulOffers(pricedOffers(work.geometry, market), shapes, work.ceiling);
  const values = new Map(request.items.map(({ id }) => [id, 0]));
  if (shapes.length === 0 || offers.length === 0) return { market, offers, values };
  const surcharge = idleSurcharge(offers, request);
  const priced = offers.map((offer) => ({ ...offer, price: offer.price + surcharge }));
  const { safe } = work.guide(priced, 0, Number.POSITIVE_INFINITY);
  shapes.forEach(({ members }, s) => {
    for (const { id, count } of members) values.set(id, count * (safe[s] as number));
  });
  return { market, offers, values };
};

const once = <Value>(make: (key: string) => Value): ((key: string) => Value) => {
  const known = new Map<string, Value>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
};

/**
 * Starts with all candidates as the items of a request.
 *
 * @example
 * const sets = startFleetSets(request);
 * const cheapest = sets.pack(["api", "worker"], "on-demand", "least");
 * const atLeast = sets.boundWith(["api", "worker"], "batch", "on-demand"); // nano-dollars per hour
 */
export const startFleetSets = (request: PackRequest): FleetSets => {
  const itemOf = new Map(request.items.map((item) => [item.id, item]));
  const viewOf = once((id): MarketView => {
    const market = request.markets.find((each) => each.id === id);
    if (market === undefined) throw new Error(`packing: no market ${id}`);
    return viewMarket(request, market);
  });
  const itemsOf = (ids: readonly string[]): readonly PackItem[] =>
    ids.map((id) => {
      const item = itemOf.get(id);
      if (item === undefined) throw new Error(`packing: no service ${id}`);
      return item;
    });
  const known = new Map<string, FleetResult>();

  const pack: FleetSets["pack"] = (ids, market, effort = "quick") => {
    const sorted = [...ids].sort();
    const key = JSON.stringify([market, effort, sorted]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const [result] = packFleets({ ...request, items: itemsOf(sorted), markets: [viewOf(market).market], effort });
    known.set(key, result as FleetResult);
    return result as FleetResult;
  };

  const sum = (ids: readonly string[], market: string): number => {
    const { values } = viewOf(market);
    return ids.reduce((total, id) => total + (values.get(id) ?? 0), 0);
  };

  const boundOf = (sorted: readonly string[], market: string): number => {
    const { offers } = viewOf(market);
    const items = itemsOf(sorted);
    const geometry = describeGeometry({ ...request, items });
    if (geometry.shapes.length === 0 || offers.length === 0) return 0;
    return resourceBound(offers, sumDemand(geometry, Math.max(1, request.azs)), request, Number.MAX_SAFE_INTEGER);
  };
  const bounds = once((key) => {
    const [market, ...sorted] = JSON.parse(key) as [string, ...string[]];
    return Math.max(boundOf(sorted, market), Math.floor(sum(sorted, market)));
  });
  const bound: FleetSets["bound"] = (ids, market) => bounds(JSON.stringify([market, ...[...ids].sort()]));

  return {
    pack,
    bound,
    boundWith: (ids, extra, market) => Math.max(bound(ids, market), Math.floor(sum([...ids, extra], market))),
    values: (market) => viewOf(market).values,
  };
};
