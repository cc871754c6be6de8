import {
  type DerivedRule,
  type InstanceType,
  isUsedByDefault,
  type MeasuredRule,
  type RegionBook,
} from "@ecs-cost/core";
import type { FamilyRatios } from "./family-discounts.ts";
import { errorFigures, factorOf, heldOutErrors } from "./held-out.ts";
import { discountErrors, sizeErrors, upfrontSamples } from "./measure-ec2.ts";
import {
  armSamples,
  ephemeralSamples,
  gbSamples,
  indexSamples,
  type Samples,
  savingsPlanSamples,
} from "./measure-fargate.ts";

type Measured = Readonly<Record<DerivedRule, MeasuredRule>>;

const SIGNIFICANT_DIGITS = 4;

const byFactor = (samples: Samples): MeasuredRule => {
  const factors = [...samples].flatMap(([name, own]) => {
    const factor = factorOf(own);
    return factor === undefined ? [] : [[name, String(Number(factor.toPrecision(SIGNIFICANT_DIGITS)))] as const];
  });
  return { factors: Object.fromEntries(factors), ...errorFigures([...samples.values()].flatMap(heldOutErrors)) };
};

const byErrors = (errors: readonly number[]): MeasuredRule => ({ factors: {}, ...errorFigures(errors) });

/** Factors and errors of every rule, from the book itself: each known price is held out and derived from the others. */
export const measureRules = (
  books: readonly RegionBook[],
  types: readonly InstanceType[],
  ratios: FamilyRatios,
): Measured => {
  const discounts = discountErrors(ratios);
  return {
    "ri-upfront-from-no-upfront": byFactor(upfrontSamples(books)),
    "on-demand-over-sizes": byErrors(sizeErrors(books, types)),
    "ri-discount-over-regions": byErrors(discounts.agreed),
    "ri-discount-over-uneven-regions": byErrors(discounts.uneven),
    "fargate-ephemeral-from-gp3": byFactor(ephemeralSamples(books)),
    "fargate-gb-from-vcpu": byFactor(gbSamples(books)),
    "fargate-arm-from-ec2-ratio": byFactor(armSamples(books)),
    "fargate-from-ec2-index": byFactor(indexSamples(books)),
    "fargate-sp-from-us-east-1": byFactor(savingsPlanSamples(books)),
  };
};

const HEAD = `/** Written by \`pnpm measure-derived\` from the shipped price book; a test holds it to that. */

/** The factors of a rule and how far it was off, in percent, where prices that are known were held out. */
export interface MeasuredRule {
  readonly factors: Readonly<Record<string, string>>;
  readonly cells: number;
  readonly mean: string;
  readonly percent95: string;
  readonly worst: string;
}

`;

/** The source file that core reads the figures from. */
export const measuredSource = (measured: Measured): string => {
  const names = Object.keys(measured).map((name) => JSON.stringify(name));
  const table = JSON.stringify(measured, undefined, 2);
  return `${HEAD}export type DerivedRule = ${names.join(" | ")};

export const MEASURED: Readonly<Record<DerivedRule, MeasuredRule>> = ${table};
`;
};

/** The rows of the table in docs/prices.md. */
export const documentedRules = (measured: Measured): string =>
  (Object.entries(measured) as [DerivedRule, MeasuredRule][])
    .map(([rule, { cells, mean, percent95, worst }]) => {
      const used = isUsedByDefault(rule, measured) ? "yes" : "with `--estimate-missing`";
      return `| \`${rule}\` | ${cells} | ${mean} % | ${percent95} % | ${worst} % | ${used} |\n`;
    })
    .join("");
