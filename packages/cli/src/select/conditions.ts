import { Decimal } from "@ecs-cost/core/estimate";
import { compares } from "./compares.ts";
import type { FieldValue } from "./fields.ts";
import { type Figure, isFigure, verdictOf } from "./figure.ts";

const OPERATORS = ["!=", "!~", ">=", "<=", "=", "~", ">", "<"] as const;
type Operator = (typeof OPERATORS)[number];

/** `name operator wanted`, as a filter or a policy writes it. */
export interface Condition {
  readonly name: string;
  readonly operator: Operator;
  readonly wanted: string;
  /** As it was written, without the mark of what may be absent. */
  readonly text: string;
  /** Marked with `?`: no service needs to have what it names. */
  readonly optional?: true;
}

/** Whether a condition holds; unknown where the value is not known, or may still change as more becomes known. */
export type Truth = boolean | "unknown";

/** Refuses what cannot be meant; conditions are read where a flag or a file names them. */
export type Refusal = (message: string, hint?: string) => Error;

const NUMBER = /^\$?(-?\d+(?:\.\d+)?)\s*%?$/;
const UNKNOWN = "unknown";
const MAY_BE_ABSENT = /^(?:name|cluster|id|region|account|tag[.:].+)$/;

/** The conditions of an expression such as `cluster=production,monthlyCost>100`; commas mean and (`\,` is a comma). */
export const parseConditions = (expression: string, refuse: Refusal): readonly Condition[] =>
  expression.split(/(?<!\\),/).map((part) => parseCondition(part.replaceAll("\\,", ","), refuse));

const parseCondition = (text: string, refuse: Refusal): Condition => {
  const match = /^\s*(?<name>[^=!~<>]+?)\s*(?<operator>!=|!~|>=|<=|==?|~|>|<)\s*(?<wanted>.*?)\s*$/s.exec(text);
  const { name, operator, wanted } = match?.groups ?? {};
  if (name === undefined || operator === undefined || wanted === undefined) {
    throw refuse(`cannot read "${text}"`, `Conditions look like cluster=production, ${OPERATORS.join(" ")}`);
  }
  const optional = MAY_BE_ABSENT.test(name) && /^!?==?$/.test(operator) && wanted.endsWith("?");
  return {
    name,
    operator: (operator === "==" ? "=" : operator) as Operator,
    wanted: optional ? wanted.slice(0, -1) : wanted,
    text: optional ? text.trim().slice(0, -1) : text.trim(),
    ...(optional ? { optional } : {}),
  };
};

/** Whether a value is as a condition says. */
export const truthOf = (value: FieldValue | Figure, condition: Condition, refuse: Refusal): Truth => {
  if (isFigure(value)) return truthOfFigure(value, condition, refuse);
  const { name, operator, wanted } = condition;
  if (value === null) return truthOfUnknown(condition);
  if (wanted === UNKNOWN && value instanceof Decimal) return operator === "!=";
  if (value instanceof Decimal && operator !== "~" && operator !== "!~") {
    return compares(value.comparedTo(numberOf(condition, refuse)), operator);
  }
  return textHolds(value instanceof Decimal ? value.toFixed() : value, operator, wanted, () =>
    refuse(`${name} is text; use = != ~ or !~`),
  );
};

const truthOfUnknown = ({ operator, wanted }: Condition): Truth => {
  if (wanted === UNKNOWN) return operator === "=";
  if (!NUMBER.test(wanted)) return operator === "!=";
  return "unknown";
};

const truthOfFigure = (figure: Figure, condition: Condition, refuse: Refusal): Truth => {
  if (condition.wanted === UNKNOWN) return (condition.operator === "=") === !figure.complete;
  const verdict = verdictOf(figure, condition.operator, new Decimal(numberOf(condition, refuse)));
  return verdict === "undecided" ? "unknown" : verdict === "failed";
};

const numberOf = ({ name, wanted }: Condition, refuse: Refusal): string => {
  const number = NUMBER.exec(wanted)?.[1];
  if (number === undefined) throw refuse(`${name} is a number, ${wanted} is not`);
  return number;
};

const textHolds = (value: string, operator: Operator, wanted: string, refuse: () => Error): boolean => {
  const found = value.toLowerCase().includes(wanted.toLowerCase());
  if (operator === "~") return found;
  if (operator === "!~") return !found;
  if (operator !== "=" && operator !== "!=") throw refuse();
  return (value === wanted) === (operator === "=");
};
