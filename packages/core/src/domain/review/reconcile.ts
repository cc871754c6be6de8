import type { LineItem } from "../costing/line-item.ts";
import { parsePriceKey } from "../pricing/parsed-key.ts";
import type { PriceKey } from "../pricing/price.ts";
import { ec2Key, fargateKey } from "../pricing/price-key.ts";
import type { BilledLine, ReconciledLine, Reconciliation } from "../report/review-report.ts";
import { type Decimal, sum, ZERO } from "../units/decimal.ts";
import { likelyReason, type ReconcileTerms } from "./reconcile-reason.ts";
import { isNear, type ReconciledPair, type ReconciledSide } from "./reconciled-pair.ts";

/**
 * Puts an estimate beside the bill by usage type and region. Both agree where quantity and cost differ by no more than the
 * tolerance; every difference is exact, and its likely reason is told where one can be.
 */
export const reconcile = (
  billed: readonly BilledLine[],
  estimated: readonly LineItem[],
  terms: ReconcileTerms,
): Reconciliation => {
  const pairs = pairsOf(billed, estimated, terms.region);
  const lines = pairs.map((pair): ReconciledLine => {
    const [billedCost, estimatedCost] = [pair.billed?.cost ?? null, pair.estimated?.cost ?? null];
    const verdict = verdictOf(pair, terms.tolerance);
    return {
      usageType: pair.usageType,
      region: pair.region,
      verdict,
      billedQuantity: pair.billed?.quantity ?? null,
      estimatedQuantity: pair.estimated?.quantity ?? null,
      billedCost,
      estimatedCost,
      difference: (billedCost ?? ZERO).minus(estimatedCost ?? ZERO),
      reason: verdict === "agrees" ? null : likelyReason(pair, pairs, terms),
    };
  });
  lines.sort((a, b) => b.difference.abs().comparedTo(a.difference.abs()) || (nameOf(a) < nameOf(b) ? -1 : 1));
  const billedCost = sum(billed.map(({ cost }) => cost));
  const estimatedCost = sum(estimated.map(({ cost }) => cost));
  return { billedCost, estimatedCost, difference: billedCost.minus(estimatedCost), lines };
};

const nameOf = ({ usageType, region }: ReconciledLine): string => `${usageType} ${region ?? ""}`;

/** The key that the bill has for a key of an estimate: usage under a commitment stays under its on-demand usage type. */
const billedKey = (key: PriceKey): PriceKey => {
  const parsed = parsePriceKey(key);
  if (parsed?.kind === "fargate" && parsed.purchase !== "spot") {
    return fargateKey(parsed.os, parsed.architecture, "on-demand", parsed.meter);
  }
  if (parsed?.kind === "ec2" && parsed.purchase !== "spot") return ec2Key(parsed.instanceType, "on-demand");
  return key;
};

type Draft = { -readonly [Key in keyof ReconciledPair]: ReconciledPair[Key] };

const pairsOf = (
  billed: readonly BilledLine[],
  estimated: readonly LineItem[],
  region: string,
): readonly ReconciledPair[] => {
  const pairs = new Map<string, Draft>();
  const pairAt = (key: string, usageType: string, place: string | null, dimension: PriceKey | null): Draft => {
    const known = pairs.get(key);
    if (known !== undefined) return known;
    const pair: Draft = { usageType, region: place, dimension, billed: null, estimated: null };
    pairs.set(key, pair);
    return pair;
  };
  for (const { service, usageType, region: place, dimension, quantity, cost } of billed) {
    const key = dimension === null ? `usage ${service} ${usageType}` : dimension;
    const pair = pairAt(`${place ?? ""} ${key}`, usageType, place, dimension);
    pair.billed = plus(pair.billed, quantity, cost);
  }
  for (const { dimension, usageType, quantity, cost } of estimated) {
    const key = billedKey(dimension);
    const pair = pairAt(`${region} ${key}`, usageType === "" ? key : usageType, region, key);
    pair.estimated = plus(pair.estimated, quantity, cost);
  }
  return [...pairs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
};

const plus = (side: ReconciledSide | null, quantity: Decimal, cost: Decimal): ReconciledSide => ({
  quantity: (side?.quantity ?? ZERO).plus(quantity),
  cost: (side?.cost ?? ZERO).plus(cost),
});

const verdictOf = ({ billed, estimated }: ReconciledPair, tolerance: Decimal): ReconciledLine["verdict"] => {
  if (billed === null) return "not-billed";
  if (estimated === null) return "not-estimated";
  const agrees = [
    [billed.quantity, estimated.quantity],
    [billed.cost, estimated.cost],
  ].every(([a = ZERO, b = ZERO]) => isNear(a, b, tolerance));
  return agrees ? "agrees" : "differs";
};
