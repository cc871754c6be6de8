import type { CostedLines } from "../../domain/costing/costed-lines.ts";
import type { LineItem, UnpricedUsage } from "../../domain/costing/line-item.ts";
import type { Severity } from "../../domain/issues/issue.ts";
import { GIVEN_SOURCE } from "../../domain/pricing/given-source.ts";
import { assumptionsOf } from "../../domain/pricing/price.ts";
import { type Decimal, ZERO } from "../../domain/units/decimal.ts";
import type { CostContext } from "../context/cost-context.ts";
import { NAMED } from "../context/named-assumptions.ts";

/** Tells what the prices behind some lines rest on: derived rates, Spot readings, old or undated facts. */
export const notePrices = (lines: readonly LineItem[], context: CostContext): void => {
  const seen = new Set<string>();
  for (const { dimension } of lines) {
    if (seen.has(dimension)) continue;
    seen.add(dimension);
    notePrice(dimension, context);
  }
};

/** Tells what the rates of some lines were derived by. */
export const noteDerivations = (lines: readonly LineItem[], { catalogue, notes }: CostContext): void => {
  for (const key of new Set(lines.filter((line) => line.assumptions !== undefined).map((line) => line.dimension))) {
    const lookup = catalogue.find(key);
    if (lookup.found) for (const assumption of assumptionsOf(lookup.price)) notes.assume(assumption);
  }
};

const notePrice = (key: string, { catalogue, notes }: CostContext): void => {
  const lookup = catalogue.find(key);
  if (!lookup.found) return;
  const { price } = lookup;
  for (const assumption of assumptionsOf(price)) notes.assume(assumption);
  if (key.startsWith("fargate-spot/")) notes.assume(NAMED.spotFloats);
  if (price.assumption === undefined && price.source !== GIVEN_SOURCE && isDated(price.asOf, catalogue.asOf)) {
    const when = price.asOf === "undated" ? "undated" : `of ${price.asOf}`;
    notes.report({
      code: "dated-price",
      severity: "info",
      subject: key,
      detail: `The price of ${key} in ${catalogue.region} is ${when}; check it, or give it with --set-price ${key}=USD.`,
    });
  }
};

/** More than a year older than the book, compared by year and month. */
const isDated = (asOf: string, book: string): boolean => {
  if (asOf === "undated") return true;
  return monthsOf(book) - monthsOf(asOf) > 12;
};

const monthsOf = (date: string): number => Number(date.slice(0, 4)) * 12 + (Number(date.slice(5, 7)) || 1);

/** One issue for each price key that is missing, with what of it is in no total. */
export const noteMissingPrices = (
  parts: readonly { readonly subject: string; readonly lines: Pick<CostedLines, "unpriced"> }[],
  severity: Severity,
  { catalogue, notes }: CostContext,
): void => {
  const byKey = new Map<string, { quantity: Decimal; subjects: Set<string> }>();
  for (const { subject, lines } of parts) for (const usage of lines.unpriced) add(byKey, usage, subject);
  for (const [key, { quantity, subjects }] of byKey) {
    const whose = subjects.size === 1 ? [...subjects].join("") : `${subjects.size} subjects`;
    notes.report({
      code: "missing-price",
      severity,
      subject: key,
      detail:
        `The price book has no ${key} for ${catalogue.region}; a quantity of ${quantity.toDecimalPlaces(3).toFixed()} for ` +
        `${whose} is in no total. Give it with --set-price ${key}=USD.`,
    });
  }
};

const add = (
  byKey: Map<string, { quantity: Decimal; subjects: Set<string> }>,
  usage: UnpricedUsage,
  subject: string,
): void => {
  const entry = byKey.get(usage.dimension) ?? { quantity: ZERO, subjects: new Set<string>() };
  entry.quantity = entry.quantity.plus(usage.quantity);
  entry.subjects.add(subject);
  byKey.set(usage.dimension, entry);
};
