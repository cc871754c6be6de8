import type { Assumption } from "../../issues/issue.ts";
import { Decimal, ONE } from "../../units/decimal.ts";
import type { ManagedInstancesFee, Origin, RegionBook } from "../book.ts";
import { type DerivationSettings, PLAIN_SETTINGS, type Rated } from "../derived/rated.ts";
import { type Purchase, parseCommitment } from "../purchase.ts";
import { commitmentRate } from "./commitment-rate.ts";
import { onDemandRate, originOf, rowOf } from "./on-demand-rate.ts";

/** USD per hour of an instance type under a purchase, read or derived, or undefined where the book cannot tell. */
export const ec2Rate = (
  book: RegionBook,
  instanceType: string,
  purchase: Purchase,
  settings: DerivationSettings = PLAIN_SETTINGS,
): Rated | undefined => {
  if (purchase === "on-demand") return onDemandRate(book, instanceType, settings);
  if (purchase === "spot") return spotRate(book, instanceType, settings);
  const parts = parseCommitment(purchase);
  return parts === undefined ? undefined : commitmentRate(book, instanceType, parts, settings);
};

const spotRate = (book: RegionBook, instanceType: string, settings: DerivationSettings): Rated | undefined => {
  const onDemand = onDemandRate(book, instanceType, settings);
  const row = rowOf(book.ec2.spot, instanceType);
  if (onDemand === undefined || row === undefined) return undefined;
  const [savings, , place, read] = row;
  const origin = originOf(book, place);
  if (read !== undefined) return { ...origin, rate: read, assumptions: [spotOfOneDay(origin)] };
  const paid = ONE.minus(new Decimal(savings).div(100));
  return {
    ...origin,
    rate: new Decimal(onDemand.rate).times(paid).toFixed(),
    assumptions: [spotAdvised(origin), ...onDemand.assumptions],
  };
};

const spotAdvised = ({ asOf }: Origin): Assumption => ({
  code: "spot-advisor-discount",
  detail:
    "EC2 Spot is estimated as the on-demand rate less the savings that the AWS Spot Advisor showed " +
    `(${asOf}); Spot prices move from day to day.`,
});

const spotOfOneDay = ({ asOf }: Origin): Assumption => ({
  code: "spot-price-of-one-day",
  detail: `EC2 Spot is taken at the mean price of the zones on ${asOf}; Spot prices move from day to day.`,
});

const FEE: Assumption = {
  code: "managed-instances-fee",
  detail:
    "The fee of ECS Managed Instances is taken as 12 % of the EC2 on-demand list price, 7.8 % for G and 4.8 % " +
    "for P and Trainium families, however the instance itself is bought.",
};

/** Fee of ECS Managed Instances for an hour of this type: as read, otherwise a fraction of its on-demand list rate. */
export const managedInstancesFeeRate = (
  book: RegionBook,
  instanceType: string,
  settings: DerivationSettings = PLAIN_SETTINGS,
): Rated | undefined => {
  const read = rowOf(book.ec2.managedInstancesFees, instanceType);
  if (read !== undefined) return { rate: read[0], ...originOf(book, read[1]), assumptions: [] };
  const onDemand = onDemandRate(book, instanceType, settings);
  const fee = feeOf(book.managedInstancesFees, instanceType);
  if (onDemand === undefined || fee === undefined) return undefined;
  return {
    ...originOf(book, fee.origin),
    rate: new Decimal(onDemand.rate).times(fee.fraction).toFixed(),
    assumptions: [FEE, ...onDemand.assumptions],
  };
};

const feeOf = (fees: readonly ManagedInstancesFee[], instanceType: string): ManagedInstancesFee | undefined => {
  const series = /^[a-z]+/.exec(instanceType)?.[0] ?? "";
  return fees.find((fee) => fee.series.includes(series)) ?? fees.find((fee) => fee.series.length === 0);
};
