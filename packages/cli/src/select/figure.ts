import { Decimal } from "@ecs-cost/core/estimate";
import { dollars, UNKNOWN } from "../render/document/figures.ts";
import { compares } from "./compares.ts";
import type { FieldValue } from "./fields.ts";

/** A figure of which a part may be missing; what is missing can only add to `known`. */
export interface Figure {
  readonly known: Decimal;
  readonly complete: boolean;
  /** Where what is missing can also take away, so that nothing is sure of it. */
  readonly open?: true;
  /** Dollars unless said. */
  readonly unit?: "percent" | "count";
  /** What made most of it: a service and a line of its bill. */
  readonly lead?: string;
}

export interface NamedFigure extends Figure {
  readonly service: string;
}

export type Verdict = "passed" | "failed" | "undecided";

/** Whether a value is a figure and not plain text or a number. */
export const isFigure = (value: FieldValue | Figure): value is Figure =>
  value !== null && typeof value === "object" && "known" in value;

/** What is missing only adds: above a limit stays above it, anything else may still change. Failed means that it holds. */
export const verdictOf = ({ known, complete, open }: Figure, operator: string, limit: Decimal): Verdict => {
  const holds = compares(known.comparedTo(limit), operator);
  if (complete) return holds ? "failed" : "passed";
  if (open === true) return "undecided";
  if (operator.startsWith(">")) return holds ? "failed" : "undecided";
  return operator.startsWith("<") && !holds ? "passed" : "undecided";
};

/** A figure as a message tells it: `5000.5 ($5,000.50)`. */
export const toldFigure = ({ known, complete, open, unit, lead }: Figure): string => {
  if (open === true) return UNKNOWN;
  const amount = amountText(known, unit);
  return `${complete ? "" : "at least "}${amount}${lead === undefined ? "" : `, most of it ${lead}`}`;
};

const amountText = (known: Decimal, unit: Figure["unit"]): string => {
  if (unit === "percent") return percentText(known);
  return unit === "count" ? known.toFixed() : `${known.toFixed()} (${dollars(known)})`;
};

/** Percent, without bound where nothing cost anything before. */
export const percentText = (percent: Decimal): string =>
  percent.isFinite()
    ? `${percent.toDecimalPlaces(6).toFixed()}%`
    : "without bound, because nothing cost anything before";

/** A figure that may not be known. */
export const figure = (known: Decimal | null, complete = known !== null): Figure => ({
  known: known ?? new Decimal(0),
  complete,
});

/** A sum of figures, incomplete where one of them is not known. */
export const total = (parts: readonly (Decimal | null)[]): Figure => ({
  known: parts.reduce<Decimal>((sum, part) => (part === null ? sum : sum.plus(part)), new Decimal(0)),
  complete: parts.every((part) => part !== null),
});

/** The same figure with what made most of it, where that is known. */
export const withLead = <F extends Figure>(of: F, lead: string | undefined): F =>
  lead === undefined ? of : { ...of, lead };
