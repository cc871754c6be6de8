import type { Assumption } from "../../issues/issue.ts";
import { Decimal } from "../../units/decimal.ts";
import type { Origin } from "../book.ts";
import type { InstanceType } from "../price.ts";

/** A rate with where it comes from and, outermost first, everything that it was derived by. */
export interface Rated extends Origin {
  /** USD per unit, decimal string. */
  readonly rate: string;
  readonly assumptions: readonly Assumption[];
}

/** What derived rates may look at beside the book. */
export interface DerivationSettings {
  /** Rules with a larger error than those that are used unasked. */
  readonly estimateMissing: boolean;
  /** Types of the family of this type, in every region. */
  readonly family: (instanceType: string) => readonly InstanceType[];
}

/** Without the specifications of other sizes, and by the rules that are used unasked. */
export const PLAIN_SETTINGS: DerivationSettings = { estimateMissing: false, family: () => [] };

/** A rate that comes out of a division is cut here, so that quantity x rate stays exact. */
const DERIVED_DECIMALS = 12;

/** A derived rate as decimal text. */
export const derivedRate = (rate: Decimal): string => rate.toDecimalPlaces(DERIVED_DECIMALS).toFixed();

/** The rate times a factor, under one more assumption. */
export const scaledRate = (rated: Rated, factor: Decimal | string, assumption: Assumption): Rated => ({
  ...rated,
  rate: derivedRate(new Decimal(rated.rate).times(factor)),
  assumptions: [assumption, ...rated.assumptions],
});

/** One rate out of several: as old as the oldest, on all their documents and assumptions. */
export const combinedRate = (rate: Decimal, inputs: readonly Rated[], assumption: Assumption): Rated => {
  const dates = inputs.map(({ asOf }) => asOf);
  const assumptions = new Map(inputs.flatMap((input) => input.assumptions).map((each) => [each.code, each]));
  return {
    rate: derivedRate(rate),
    asOf: dates.includes("undated") ? "undated" : (dates.sort()[0] ?? "undated"),
    source: [...new Set(inputs.map(({ source }) => source))].join("; "),
    assumptions: [assumption, ...assumptions.values()],
  };
};
