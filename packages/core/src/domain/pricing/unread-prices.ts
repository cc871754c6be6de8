import { fixedPriceKeys, parsePriceKey } from "./parsed-key.ts";
import type { PriceKey } from "./price.ts";
import { type BillingRegion, priceMeter } from "./price-meter.ts";

/** A price that a refresh does not read anew, and why. */
export interface UnreadPrice {
  /** Price key, or a pattern of keys. */
  readonly key: string;
  readonly reason: string;
}

const INTERRUPTION_BANDS: UnreadPrice = {
  key: "ec2/*/spot/interruption-band",
  reason: "the Spot Advisor, which tells it, has no API",
};

const REASONS: Readonly<Record<PriceKey, string>> = {
  "cw.container_insights_enhanced_observation": "it meters Kubernetes, and no bill of ECS has it",
  "xfer.internet_free_gb_month": "it is an allowance over all regions, which the price list of no region has",
};

const NOT_SPELLED = "no public document spells its usage type";

/** Transfer to other regions is found by where it goes, not by a usage type. */
const isTransferAway = (key: PriceKey): boolean => key.startsWith("xfer.interregion_");

const isOnDemand = (key: PriceKey): boolean => {
  const parsed = parsePriceKey(key);
  return parsed?.kind !== "fargate" || parsed.purchase === "on-demand";
};

/** Every price of a region that no API of AWS is asked for, by key. */
export const unreadPrices = (region: BillingRegion): readonly UnreadPrice[] => {
  const keys = fixedPriceKeys().filter((key) => isOnDemand(key) && !isTransferAway(key));
  const unread = keys.flatMap((key): UnreadPrice[] => {
    const { usageType, serviceCode } = priceMeter(key, region);
    const reason = REASONS[key] ?? (usageType === "" || serviceCode === "" ? NOT_SPELLED : undefined);
    return reason === undefined ? [] : [{ key, reason }];
  });
  return [...unread, INTERRUPTION_BANDS].sort((a, b) => (a.key < b.key ? -1 : 1));
};

/** Prices that one item of the price list states: those of Fargate and overheads that a refresh reads by usage type. */
export const readByUsageType = (region: BillingRegion): readonly PriceKey[] => {
  const unread = new Set(unreadPrices(region).map(({ key }) => key));
  return fixedPriceKeys().filter((key) => isOnDemand(key) && !isTransferAway(key) && !unread.has(key));
};
