import type { Assumption } from "../../issues/issue.ts";
import { type DerivedRule, MEASURED } from "./measured.ts";

/** A rule is used unasked where 95 % of the cells that were held out lie within this many percent. */
const DEFAULT_ERROR_LIMIT = 1.5;

/**
 * Rules for Fargate that are used only where `--estimate-missing` asks for them, whatever their error: they rest on
 * few regions, and new regions have broken such rules before.
 */
const ONLY_WHEN_ASKED: ReadonlySet<DerivedRule> = new Set([
  "fargate-arm-from-ec2-ratio",
  "fargate-from-ec2-index",
  "fargate-gb-from-vcpu",
  "fargate-sp-from-us-east-1",
]);

/** Whether a rule is used without being asked for. */
export const isUsedByDefault = (rule: DerivedRule, measured = MEASURED): boolean =>
  !ONLY_WHEN_ASKED.has(rule) && Number(measured[rule].percent95) <= DEFAULT_ERROR_LIMIT;

const TEXTS: Readonly<Record<DerivedRule, string>> = {
  "ri-upfront-from-no-upfront":
    "A Reserved Instance rate with upfront payment that the price book lacks is its rate without upfront times a factor " +
    "of the class, term and payment.",
  "on-demand-over-sizes":
    "An on-demand rate that the price book lacks is taken from another size of the family in proportion to vCPUs, where " +
    "all known sizes cost the same per vCPU.",
  "ri-discount-over-regions":
    "A Reserved Instance rate that the price book lacks is the on-demand rate less the discount that the family has in " +
    "other regions, which agree within 1.5 %.",
  "ri-discount-over-uneven-regions":
    "A Reserved Instance rate that the price book lacks is the on-demand rate less the middle of the discounts that the " +
    "family has in other regions, which differ.",
  "fargate-ephemeral-from-gp3":
    "The rate of ephemeral storage on Fargate that the price book lacks is the region's gp3 rate times a factor.",
  "fargate-gb-from-vcpu":
    "A Fargate GB-hour that the price book lacks is taken as a fixed part of the vCPU-hour of the region.",
  "fargate-arm-from-ec2-ratio":
    "Fargate on ARM that the price book lacks is Fargate on x86 times what a Graviton instance costs beside its Intel " +
    "twin in the region.",
  "fargate-from-ec2-index":
    "Fargate on x86 that the price book lacks is taken from what t3.medium and r5.large cost in the region.",
  "fargate-sp-from-us-east-1":
    "A Compute Savings Plan on Fargate that the price book lacks has the discount of us-east-1 for the architecture, term " +
    "and payment.",
};

/** The assumption of a rule, with how far it was off where the price is known. */
export const ruleAssumption = (rule: DerivedRule): Assumption => {
  const { mean, worst } = MEASURED[rule];
  const known = `Where it is known it is off by ${rounded(mean)} % on average, at worst by ${rounded(worst)} %.`;
  return { code: rule, detail: `${TEXTS[rule]} ${known}` };
};

const rounded = (percent: string): string => Number(percent).toFixed(1);

/** A factor of a rule, for example of `standard-ri-1y-all-upfront`. */
export const factorOf = (rule: DerivedRule, name: string): string | undefined => {
  const factors: Readonly<Record<string, string>> = MEASURED[rule].factors;
  return Object.hasOwn(factors, name) ? factors[name] : undefined;
};
