import { Decimal, type ReviewReport } from "@ecs-cost/core";
import fc from "fast-check";
import { hostileText } from "../../packages/cli/test/hostile-text.ts";
import { bareReviewReport, reviewReport } from "./review-report.ts";

/** Fields whose values the program itself chooses. */
const OWN = new Set(
  ["command", "month", "currency", "format", "from", "to", "day", "kind", "launchType", "severity", "code"].concat([
    "effort",
    "confidence",
    "verdict",
    "usd",
  ]),
);

const mapped = (
  value: unknown,
  key: string,
  name: (text: string) => string,
  amount: (n: Decimal) => Decimal,
): unknown => {
  if (value instanceof Decimal) return amount(value);
  if (typeof value === "string") return OWN.has(key) ? value : name(value);
  if (Array.isArray(value)) return value.map((each) => mapped(each, key, name, amount));
  if (typeof value !== "object" || value === null) return value;
  const named = key === "tags" ? name : (text: string): string => text;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [named(k), mapped(v, k, name, amount)]));
};

/** The same report with other names and amounts in the same places. */
export const withNames = (
  report: ReviewReport,
  name: (text: string) => string,
  amount: (n: Decimal) => Decimal = (n) => n,
): ReviewReport => mapped(report, "", name, amount) as ReviewReport;

/** The same report with names that come from outside and mean harm, and with tame ones. */
interface ReviewPair {
  readonly report: ReviewReport;
  readonly tame: ReviewReport;
}

/** Made only in the test, so that a counterexample tells how and not what. */
export const arbitraryReview: fc.Arbitrary<() => ReviewPair> = fc
  .record({
    name: hostileText,
    factor: fc.constantFrom("1", "0", "-1", "1000", "0.0000001"),
    bare: fc.boolean(),
    without: fc.subarray(["forecast", "previousCost", "commitmentAdvice", "reconciliation", "untagged"] as const),
  })
  .map((spec) => {
    const make = (): ReviewPair => pairOf(spec);
    return Object.assign(make, { toString: () => JSON.stringify(spec) });
  });

interface PairSpec {
  readonly name: string;
  readonly factor: string;
  readonly bare: boolean;
  readonly without: readonly string[];
}

const pairOf = ({ name, factor, bare, without }: PairSpec): ReviewPair => {
  const whole = bare ? bareReviewReport() : reviewReport();
  const partly = { ...whole, ...Object.fromEntries(without.map((key) => [key, null])) };
  const amount = (n: Decimal): Decimal => n.times(factor);
  return {
    report: withNames(partly, () => name, amount),
    tame: withNames(partly, () => "x", amount),
  };
};
