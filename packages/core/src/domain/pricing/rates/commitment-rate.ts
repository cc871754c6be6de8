import type { Assumption } from "../../issues/issue.ts";
import { Decimal } from "../../units/decimal.ts";
import type { CommitmentRow, RegionBook } from "../book.ts";
import { type DerivationSettings, derivedRate, type Rated, scaledRate } from "../derived/rated.ts";
import { factorOf, isUsedByDefault, ruleAssumption } from "../derived/rule.ts";
import { type Commitment, commitmentId, type ParsedCommitment } from "../purchase.ts";
import { onDemandRate, originOf, rowOf } from "./on-demand-rate.ts";

/** Effective USD per hour of an instance type under a commitment, read or derived. */
export const commitmentRate = (
  book: RegionBook,
  instanceType: string,
  parts: ParsedCommitment,
  settings: DerivationSettings,
): Rated | undefined => {
  const purchase = commitmentId(parts.commitment, parts.term, parts.payment);
  const row = rowOf(rowOf(book.ec2.commitments, purchase), instanceType);
  if (row !== undefined) return readRate(book, instanceType, parts, row);
  if (SAME_DISCOUNT[parts.commitment] !== undefined) return savingsPlanRate(book, instanceType, parts, settings);
  return parts.payment === "no-upfront"
    ? discountOverRegions(book, instanceType, parts, settings)
    : withUpfront(book, instanceType, parts, settings);
};

const CARRIED_OVER: Assumption = {
  code: "ri-discount-carried-over",
  detail:
    "The on-demand rate has changed since the Reserved Instance rate was read; the discount of that day " +
    "is applied to the on-demand rate in use.",
};

const readRate = (
  book: RegionBook,
  instanceType: string,
  { commitment }: ParsedCommitment,
  [rate, place, onDemandThatDay]: CommitmentRow,
): Rated => {
  const read: Rated = { ...originOf(book, place), rate, assumptions: [] };
  const today = rowOf(book.ec2.onDemand, instanceType)?.[0];
  if (onDemandThatDay === undefined || today === undefined || commitment.endsWith("-sp")) return read;
  const then = new Decimal(onDemandThatDay);
  if (then.equals(today) || then.isZero()) return read;
  return { ...read, rate: derivedRate(new Decimal(rate).times(today).div(then)), assumptions: [CARRIED_OVER] };
};

/** The Reserved Instance whose discount a Savings Plan gives. */
const SAME_DISCOUNT: Partial<Record<Commitment, Commitment>> = {
  "compute-sp": "convertible-ri",
  "instance-sp": "standard-ri",
};

const FROM_RESERVED: Assumption = {
  code: "sp-from-ri-discount",
  detail:
    "Savings Plan rates for EC2 that the price book lacks are taken from Reserved Instances of the same term and " +
    "payment, as AWS announced in November 2019: Compute Savings Plans from convertible ones, EC2 Instance Savings " +
    "Plans from standard ones. The one published rate at hand (m6a.xlarge in us-east-1, 1 year, no upfront) is " +
    "10 % higher than this gives.",
};

const savingsPlanRate = (
  book: RegionBook,
  instanceType: string,
  plan: ParsedCommitment,
  settings: DerivationSettings,
): Rated | undefined => {
  const twin = SAME_DISCOUNT[plan.commitment];
  const reserved =
    twin === undefined ? undefined : commitmentRate(book, instanceType, { ...plan, commitment: twin }, settings);
  return reserved === undefined ? undefined : { ...reserved, assumptions: [FROM_RESERVED, ...reserved.assumptions] };
};

const withUpfront = (
  book: RegionBook,
  instanceType: string,
  parts: ParsedCommitment,
  settings: DerivationSettings,
): Rated | undefined => {
  const rule = "ri-upfront-from-no-upfront";
  const factor = factorOf(rule, commitmentId(parts.commitment, parts.term, parts.payment));
  if (factor === undefined || !(settings.estimateMissing || isUsedByDefault(rule))) return undefined;
  const base = commitmentRate(book, instanceType, { ...parts, payment: "no-upfront" }, settings);
  return base === undefined ? undefined : scaledRate(base, factor, ruleAssumption(rule));
};

/** Regions agree where the largest rate is no further above the smallest than this. */
const AGREED_SPREAD = 0.015;

const discountOverRegions = (
  book: RegionBook,
  instanceType: string,
  parts: ParsedCommitment,
  settings: DerivationSettings,
): Rated | undefined => {
  const family = instanceType.split(".")[0] ?? "";
  const purchase = commitmentId(parts.commitment, parts.term, parts.payment);
  const row = rowOf(rowOf(book.ec2.familyDiscounts, purchase), family);
  if (row === undefined) return undefined;
  const [ratio, place, spread] = row;
  const agreed = parts.commitment === "standard-ri" && Number(spread) <= AGREED_SPREAD;
  const rule = agreed ? "ri-discount-over-regions" : "ri-discount-over-uneven-regions";
  if (!settings.estimateMissing && !isUsedByDefault(rule)) return undefined;
  const onDemand = onDemandRate(book, instanceType, settings);
  if (onDemand === undefined) return undefined;
  return { ...scaledRate(onDemand, ratio, ruleAssumption(rule)), ...originOf(book, place) };
};
