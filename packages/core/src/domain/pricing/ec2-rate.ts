import type { Assumption } from "../issues/issue.ts";
import { Decimal, ONE } from "../units/decimal.ts";
import type { CommitmentRow, ManagedInstancesFee, Origin, RegionBook } from "./book.ts";
import { type Commitment, commitmentId, type ParsedCommitment, type Purchase, parseCommitment } from "./purchase.ts";

/** An hourly rate of one instance type with where it comes from. */
export interface Ec2Rate extends Origin {
  /** USD per hour, decimal string. */
  readonly rate: string;
  readonly assumption?: Assumption;
}

/** USD per hour of an instance type under a purchase, read or derived, or undefined where the book cannot tell. */
export const ec2Rate = (book: RegionBook, instanceType: string, purchase: Purchase): Ec2Rate | undefined => {
  if (purchase === "on-demand") return onDemandRate(book, instanceType);
  if (purchase === "spot") return spotRate(book, instanceType);
  const parts = parseCommitment(purchase);
  if (parts === undefined) return undefined;
  const row = rowOf(rowOf(book.ec2.commitments, purchase), instanceType);
  if (row !== undefined) return commitmentRate(book, instanceType, purchase, row);
  return savingsPlanRate(book, instanceType, parts);
};

const rowOf = <T>(rows: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  rows !== undefined && Object.hasOwn(rows, name) ? rows[name] : undefined;

/** The origin at a place of the book; a place that the book lacks is undated and nameless. */
export const originOf = (book: RegionBook, place: number): Origin =>
  book.origins[place] ?? { asOf: "undated", source: "" };

const onDemandRate = (book: RegionBook, instanceType: string): Ec2Rate | undefined => {
  const row = rowOf(book.ec2.onDemand, instanceType);
  return row === undefined ? undefined : { rate: row[0], ...originOf(book, row[1]) };
};

const spotRate = (book: RegionBook, instanceType: string): Ec2Rate | undefined => {
  const onDemand = onDemandRate(book, instanceType);
  const row = rowOf(book.ec2.spot, instanceType);
  if (onDemand === undefined || row === undefined) return undefined;
  const [savings, , place, read] = row;
  const origin = originOf(book, place);
  if (read !== undefined) return { ...origin, rate: read, assumption: spotOfOneDay(origin) };
  const paid = ONE.minus(new Decimal(savings).div(100));
  return {
    ...origin,
    rate: new Decimal(onDemand.rate).times(paid).toFixed(),
    assumption: {
      code: "spot-advisor-discount",
      detail:
        "EC2 Spot is estimated as the on-demand rate less the savings that the AWS Spot Advisor showed " +
        `(${origin.asOf}); Spot prices move from day to day.`,
    },
  };
};

const spotOfOneDay = ({ asOf }: Origin): Assumption => ({
  code: "spot-price-of-one-day",
  detail: `EC2 Spot is taken at the mean price of the zones on ${asOf}; Spot prices move from day to day.`,
});

/** A rate that comes out of a division is cut here, so that quantity x rate stays exact. */
const DERIVED_DECIMALS = 12;

const commitmentRate = (
  book: RegionBook,
  instanceType: string,
  purchase: Purchase,
  [rate, place, onDemandThatDay]: CommitmentRow,
): Ec2Rate => {
  const origin = originOf(book, place);
  const today = onDemandRate(book, instanceType);
  const isPlan = parseCommitment(purchase)?.commitment.endsWith("-sp") === true;
  if (onDemandThatDay === undefined || today === undefined || isPlan) return { ...origin, rate };
  const then = new Decimal(onDemandThatDay);
  if (then.equals(today.rate) || then.isZero()) return { ...origin, rate };
  return {
    ...origin,
    rate: new Decimal(rate).times(today.rate).div(then).toDecimalPlaces(DERIVED_DECIMALS).toFixed(),
    assumption: {
      code: "ri-discount-carried-over",
      detail:
        "The on-demand rate has changed since the Reserved Instance rate was read; the discount of that day " +
        "is applied to the on-demand rate in use.",
    },
  };
};

/** The Reserved Instance whose discount a Savings Plan gives. */
const SAME_DISCOUNT: Partial<Record<Commitment, Commitment>> = {
  "compute-sp": "convertible-ri",
  "instance-sp": "standard-ri",
};

const savingsPlanRate = (book: RegionBook, instanceType: string, plan: ParsedCommitment): Ec2Rate | undefined => {
  const twin = SAME_DISCOUNT[plan.commitment];
  if (twin === undefined) return undefined;
  const reserved = ec2Rate(book, instanceType, commitmentId(twin, plan.term, plan.payment));
  if (reserved === undefined) return undefined;
  return {
    ...reserved,
    assumption: {
      code: "sp-from-ri-discount",
      detail:
        "Savings Plan rates for EC2 that the price book lacks are taken from Reserved Instances of the same term and " +
        "payment, as AWS announced in November 2019: Compute Savings Plans from convertible ones, EC2 Instance Savings " +
        "Plans from standard ones. The one published rate at hand (m6a.xlarge in us-east-1, 1 year, no upfront) is " +
        "10 % higher than this gives.",
    },
  };
};

/** Fee of ECS Managed Instances for an hour of this type: as read, otherwise a fraction of its on-demand list rate. */
export const managedInstancesFeeRate = (book: RegionBook, instanceType: string): Ec2Rate | undefined => {
  const read = rowOf(book.ec2.managedInstancesFees, instanceType);
  if (read !== undefined) return { rate: read[0], ...originOf(book, read[1]) };
  const onDemand = onDemandRate(book, instanceType);
  const fee = feeOf(book.managedInstancesFees, instanceType);
  if (onDemand === undefined || fee === undefined) return undefined;
  return {
    ...originOf(book, fee.origin),
    rate: new Decimal(onDemand.rate).times(fee.fraction).toFixed(),
    assumption: {
      code: "managed-instances-fee",
      detail:
        "The fee of ECS Managed Instances is taken as 12 % of the EC2 on-demand list price, 7.8 % for G and 4.8 % " +
        "for P and Trainium families, however the instance itself is bought.",
    },
  };
};

const feeOf = (fees: readonly ManagedInstancesFee[], instanceType: string): ManagedInstancesFee | undefined => {
  const series = /^[a-z]+/.exec(instanceType)?.[0] ?? "";
  return fees.find((fee) => fee.series.includes(series)) ?? fees.find((fee) => fee.series.length === 0);
};
