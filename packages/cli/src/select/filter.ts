import { Decimal } from "@ecs-cost/core/estimate";
import { usageError } from "../usage-error.ts";
import { type Fields, type FieldValue, fieldOf } from "./fields.ts";

const OPERATORS = ["!=", "!~", ">=", "<=", "=", "~", ">", "<"] as const;
type Operator = (typeof OPERATORS)[number];

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const UNKNOWN = "unknown";

interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The test that an expression such as `cluster=production,monthlyCost>100` describes. Commas mean and (`\,` is a comma);
 * `~` finds a part of a text, whatever its case; `=unknown` finds what is not known, which no other condition on
 * numbers does.
 */
export const parseFilter = <T extends Tagged>(expression: string, fields: Fields<T>): ((thing: T) => boolean) => {
  const tests = expression.split(/(?<!\\),/).map((part) => parseCondition(part.replaceAll("\\,", ","), fields));
  return (thing) => tests.every((test) => test(thing));
};

const parseCondition = <T extends Tagged>(text: string, fields: Fields<T>): ((thing: T) => boolean) => {
  const match = /^\s*(?<name>[^=!~<>]+?)\s*(?<operator>!=|!~|>=|<=|=|~|>|<)\s*(?<wanted>.*?)\s*$/s.exec(text);
  const { name, operator, wanted } = match?.groups ?? {};
  if (name === undefined || operator === undefined || wanted === undefined) {
    throw usageError(
      `--filter: cannot read "${text}"`,
      `Conditions look like cluster=production, ${OPERATORS.join(" ")}`,
    );
  }
  const field = fieldOf(name, fields, "--filter");
  return (thing) => holds(field(thing), operator as Operator, wanted, name);
};

const holds = (value: FieldValue, operator: Operator, wanted: string, name: string): boolean => {
  if (value === null) return wanted === UNKNOWN ? operator === "=" : operator === "!=" && !NUMBER.test(wanted);
  if (wanted === UNKNOWN && value instanceof Decimal) return operator === "!=";
  if (value instanceof Decimal && operator !== "~" && operator !== "!~") {
    if (!NUMBER.test(wanted)) throw usageError(`--filter: ${name} is a number, ${wanted} is not`);
    return compares(value.comparedTo(wanted), operator);
  }
  return textHolds(value instanceof Decimal ? value.toFixed() : value, operator, wanted, name);
};

const textHolds = (value: string, operator: Operator, wanted: string, name: string): boolean => {
  const found = value.toLowerCase().includes(wanted.toLowerCase());
  if (operator === "~") return found;
  if (operator === "!~") return !found;
  if (operator !== "=" && operator !== "!=") throw usageError(`--filter: ${name} is text; use = != ~ or !~`);
  return (value === wanted) === (operator === "=");
};

/** Whether an order (negative, 0, positive) is what an operator asks for. */
export const compares = (order: number, operator: string): boolean => {
  switch (operator) {
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "!=":
      return order !== 0;
    default:
      return order === 0;
  }
};
