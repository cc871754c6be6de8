import type { Issue } from "../issues/issue.ts";
import type { PriceKey } from "../pricing/price.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { Decimal, ONE, sum, ZERO } from "../units/decimal.ts";
import type { OpenHours } from "./committable-hours.ts";

/** USD per unit of a price key in a region; undefined where it is not known. */
export type RateOf = (region: string, key: PriceKey) => Decimal | undefined;

/** What ran on demand and a plan covers at a rate that is not known. */
export interface RatelessUsage {
  /** Share of the on-demand cost of all that the plan covers, 0 to 1. */
  readonly share: Decimal;
  /** By usage type, the largest share first. */
  readonly usageTypes: readonly { readonly usageType: string; readonly share: Decimal }[];
}

/** With more than this share of the cost unknown, the rest says nothing about the whole. */
const MOST_UNKNOWN = new Decimal("0.5");
const NAMED = 5;
const DECIMAL_PLACES = 12;

/** Usage without a rate of the plan; of usage that costs nothing, every type counts alike. */
export const ratelessUsage = (plan: Purchase, hours: readonly OpenHours[], rateOf: RateOf): RatelessUsage => {
  const costs = new Map<string, Decimal>();
  let all = ZERO;
  for (const { hours: count, usage } of hours) {
    for (const { usageType, region, keyUnder, onDemand } of usage) {
      const cost = count.times(onDemand);
      all = all.plus(cost);
      if (rateOf(region, keyUnder(plan)) !== undefined) continue;
      costs.set(usageType, (costs.get(usageType) ?? ZERO).plus(cost));
    }
  }
  const shareOf = (cost: Decimal): Decimal =>
    all.greaterThan(0) ? cost.div(all).toDecimalPlaces(DECIMAL_PLACES) : ONE.div(costs.size);
  const usageTypes = [...costs]
    .sort(([nameA, a], [nameB, b]) => b.comparedTo(a) || (nameA < nameB ? -1 : 1))
    .map(([usageType, cost]) => ({ usageType, share: shareOf(cost) }));
  return { share: costs.size === 0 ? ZERO : shareOf(sum(costs.values())), usageTypes };
};

/** Whether the usage with rates is too little of the whole to advise on. */
export const isMostlyRateless = ({ share }: RatelessUsage): boolean => share.greaterThan(MOST_UNKNOWN);

/** Which usage has no rate, how much of the cost it is, and what follows for the advice. */
export const missingRates = (plan: Purchase, rateless: RatelessUsage): readonly Issue[] => {
  const { share, usageTypes } = rateless;
  if (usageTypes.length === 0) return [];
  const named = usageTypes.slice(0, NAMED).map((each) => `${each.usageType} ${percentText(each.share)}`);
  const others = usageTypes.length - named.length;
  const list = [...named, ...(others > 0 ? [`${others} more`] : [])].join(", ");
  const detail =
    `No rates of ${plan} are known for ${percentText(share)} of the cost of what ran on demand and it covers (${list}); ` +
    (isMostlyRateless(rateless)
      ? "no commitment is advised, for the rest says too little."
      : "the advice is partial: it knows the rest only, and more may be worth buying.");
  return [{ code: "missing-price", severity: "info", subject: "commitments", detail }];
};

const percentText = (share: Decimal): string =>
  share.greaterThan(0) && share.lessThan("0.001")
    ? "under 0.1 %"
    : `${share.times(100).toDecimalPlaces(1).toFixed()} %`;
