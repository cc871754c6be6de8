import type { PlacedCharge } from "../bill/place-bill.ts";
import { Decimal, ZERO } from "../units/decimal.ts";

/** Sums of a bill over a period: ecs + unplaced + other + credits + tax is the bill, exactly. */
export interface BillAccount {
  readonly ecs: Decimal;
  readonly unplaced: Decimal;
  /** Services that are not ECS and the balance of commitments. */
  readonly other: Decimal;
  readonly otherServices: ReadonlyMap<string, Decimal>;
  /** Refunds included. */
  readonly credits: Decimal;
  readonly refunds: Decimal;
  readonly tax: Decimal;
  /** As billed. */
  readonly billTotal: Decimal;
  readonly commitments: {
    readonly fees: Decimal;
    readonly unused: Decimal;
    readonly covered: Decimal;
    /** As billed beyond what the usage costs with commitments spread over it. */
    readonly balance: Decimal;
  };
}

/** Adds up every charge in its place. Splits of instances are part of no sum. */
export const billAccount = (charges: Iterable<PlacedCharge>): BillAccount => {
  const places = { ecs: ZERO, unplaced: ZERO, other: ZERO, credit: ZERO, refund: ZERO, tax: ZERO };
  const otherServices = new Map<string, Decimal>();
  let [fees, unused, covered, balance, billTotal] = [ZERO, ZERO, ZERO, ZERO, ZERO];
  for (const { charge, placing } of charges) {
    const { place } = placing;
    if (place === "split") continue;
    billTotal = billTotal.plus(charge.cost);
    if (place === "commitment") {
      balance = balance.plus(charge.cost);
      if (charge.kind !== "commitment-fee") continue;
      fees = fees.plus(charge.cost);
      unused = unused.plus(charge.effectiveCost);
      continue;
    }
    const isUsage = place === "ecs" || place === "unplaced" || place === "other";
    const amount = new Decimal(isUsage ? charge.effectiveCost : charge.cost);
    places[place] = places[place].plus(amount);
    if (!isUsage) continue;
    balance = balance.plus(charge.cost).minus(amount);
    if (charge.kind === "covered") covered = covered.plus(amount);
    if (place === "other") otherServices.set(charge.service, (otherServices.get(charge.service) ?? ZERO).plus(amount));
  }
  return {
    ecs: places.ecs,
    unplaced: places.unplaced,
    other: places.other.plus(balance),
    otherServices,
    credits: places.credit.plus(places.refund),
    refunds: places.refund,
    tax: places.tax,
    billTotal,
    commitments: { fees, unused, covered, balance },
  };
};
