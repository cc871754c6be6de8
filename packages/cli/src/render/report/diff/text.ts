import type { AttributeValue, ChangeCause, CostChange } from "@ecs-cost/core";
import { signedDollars } from "../../document/change-figures.ts";
import { dollars, sizeOf } from "../../document/figures.ts";

type Sizing = NonNullable<CostChange["sizing"]>;

const MEANINGS: Readonly<Record<string, string>> = {
  fleet: "another share of the fleet, because of other services",
  tiers: "another share of tiered prices, because of other services",
};

/** `task.memory 2048 -> 8192: +$73.00`. */
export const causeText = ({ attribute, from, to, monthlyChange }: ChangeCause): string => {
  const values = from === to ? "" : ` ${valueText(from)} -> ${valueText(to)}`;
  const what = MEANINGS[attribute] ?? `${attribute}${values}`;
  return `${what}: ${signedDollars(monthlyChange)}`;
};

const valueText = (value: AttributeValue): string => (value === null || value === "" ? "none" : String(value));

/** A change in one sentence: `production/api: changed, +$73.00 a month (task.memory 2048 -> 8192: +$73.00)`. */
export const changeText = ({ subject, kind, monthlyChange, causes }: CostChange): string => {
  const why = kind === "changed" && causes.length > 0 ? ` (${causes.map(causeText).join("; ")})` : "";
  return `${subject}: ${kind}, ${signedDollars(monthlyChange)} a month${why}`;
};

/** Whether a proposed size fits, and the better one, in a few sentences. */
export const sizeText = (
  subject: string,
  { verdict, proposed, recommended, reasons, monthlySaving }: Sizing,
): string => {
  const size = proposed === null ? "its size" : sizeOf(proposed);
  const [reason] = reasons;
  const why = reason === undefined ? "" : ` ${reason.detail}`;
  if (verdict === "fits") return `${subject}: ${size} fits.${why}`;
  if (verdict === "unknown") return `${subject}: whether ${size} fits is not known.${why}`;
  const better = recommended === null ? "" : ` Take ${sizeOf(recommended)}${costText(monthlySaving)}.`;
  return `${subject}: ${size} is ${verdict === "too-small" ? "too small" : "too large"}.${better}${why}`;
};

const costText = (saving: Sizing["monthlySaving"]): string => {
  if (saving === null) return "; what that costs is not known";
  if (saving.isZero()) return ", at the same cost";
  return `, ${dollars(saving.abs())} a month ${saving.isNegative() ? "more" : "less"}`;
};
