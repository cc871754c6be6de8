import { idleSurcharge } from "../lower-bound/lower-bound.ts";
import { fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import { type Candidate, candidate, cheapest, type Found } from "./candidate.ts";
import { packAlong, packDiving, packLike, type ZoneBins } from "./search.ts";
import type { Workspace } from "./workspace.ts";

const withSurcharge = (offers: readonly Offer[], surcharge: number): readonly Offer[] =>
  surcharge === 0 ? offers : offers.map((offer) => ({ ...offer, price: offer.price + surcharge }));

/** Bins found at surcharged prices, at true ones. */
const atTruePrices = (zones: ZoneBins, offers: readonly Offer[]): ZoneBins => {
  const known = new Map(offers.map((offer) => [offer.id, offer]));
  return zones.map((bins) => bins.map((bin) => ({ ...bin, offer: known.get(bin.offer.id) ?? bin.offer })));
};

/** A fleet this close to its bound is good enough. */
const CLOSE = 1.005;

/** A plan of another market this close to the bound of this one is not packed anew. */
const PROVEN = 1.0005;

/** Configuration programme, then packing along it. */
export const searchLarge = (work: Workspace, offers: readonly Offer[], known: number): Found => {
  const { request, table, demand } = work;
  const surcharge = idleSurcharge(offers, request);
  const priced = withSurcharge(offers, surcharge);
  const size = surcharge > 0 ? demand.filled : fleetSize(demand.filled, request);
  const demands = work.zones.map((zone) => zone.demand);
  const toCandidate = (zones: ZoneBins): Candidate => candidate(atTruePrices(zones, offers), request);
  const likewise = work.plans
    .map(({ zones, spread }) => ({ zones: packLike(table, priced, zones), spread }))
    .flatMap(({ zones, spread }) => (zones === undefined ? [] : [{ ...toCandidate(zones), spread }]));
  const least = likewise.length > 0 ? Math.min(known, cheapest(likewise).resolved.cost) : known;
  const guidance = work.guide(priced, size, least);
  if (likewise.length > 0 && least <= guidance.bound * PROVEN)
    return { candidates: likewise, bound: guidance.bound, values: guidance.values, cuts: guidance.cuts };
  const quick = [...packAlong(table, priced, demands, guidance).map(toCandidate), ...likewise];
  const reached = Math.min(known, cheapest(quick).resolved.cost);
  if (work.effort === "least" || reached <= guidance.bound * CLOSE) {
    return { candidates: quick, bound: guidance.bound, values: guidance.values, cuts: guidance.cuts };
  }
  const dived = packDiving(table, priced, demands, guidance);
  const candidates = dived ? [...quick, toCandidate(dived)] : quick;
  return {
    candidates,
    bound: guidance.tighten(Math.min(known, cheapest(candidates).resolved.cost)),
    values: guidance.values,
  };
};
