import { Decimal } from "../../../domain/units/decimal.ts";
import { type Dimension, type GroupedAmount, tagDimension } from "./grouping.ts";

/** Amounts of an answer, and which of them it gives. */
export interface AnswerMetrics {
  readonly unblended: boolean;
  readonly amortized: boolean;
  readonly quantity: boolean;
}

/** A stretch of time in an answer. */
export interface AnswerPeriod {
  /** ISO date or timestamp, inclusive. */
  readonly start: string;
  readonly end: string;
  /** Whether AWS may still change the amounts. */
  readonly estimated: boolean;
  readonly amounts: readonly GroupedAmount[];
}

/** A page of what GetCostAndUsage answers. */
export interface CostAnswer {
  /** Null where the answer does not repeat what it is grouped by. */
  readonly dimensions: readonly string[] | null;
  readonly periods: readonly AnswerPeriod[];
  /** Of the amounts; several where they are not in one. */
  readonly currencies: readonly string[];
  readonly metrics: AnswerMetrics | null;
  readonly next: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Says what is wrong with an answer; caught where it is known whose answer it is. */
export class WrongAnswer extends Error {}

const fieldsOf = (value: unknown, what: string): Fields => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new WrongAnswer(`${what} is no map`);
  return value as Fields;
};

const listOf = (value: unknown, what: string): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new WrongAnswer(`${what} is no list`);
  return value;
};

const textOf = (value: unknown, what: string): string => {
  if (typeof value !== "string" || value === "") throw new WrongAnswer(`${what} is no text`);
  return value;
};

const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const START = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z)?$/;

const instantOf = (value: unknown, what: string): string => {
  const text = textOf(value, what);
  if (!START.test(text) || Number.isNaN(Date.parse(text))) throw new WrongAnswer(`${what} is no date`);
  return text;
};

/** One metric of a group, or undefined where it was not asked for. */
const metricOf = (metrics: Fields, name: string): { readonly amount: Decimal; readonly unit: string } | undefined => {
  if (metrics[name] === undefined) return undefined;
  const { Amount: amount, Unit: unit } = fieldsOf(metrics[name], name);
  if (typeof amount !== "string" || !DECIMAL.test(amount)) throw new WrongAnswer(`${name} is no decimal number`);
  return { amount: new Decimal(amount), unit: typeof unit === "string" ? unit : "" };
};

interface ReadGroup {
  readonly amount: GroupedAmount;
  readonly currencies: readonly string[];
  readonly metrics: AnswerMetrics;
}

/** A tag comes as `KEY$VALUE`, with an empty value for what does not have it. */
const keyValue = (key: string, dimension: string | undefined): string => {
  const prefix = dimension?.startsWith("TAG:") === true ? `${dimension.slice(4)}$` : "";
  return key.startsWith(prefix) ? key.slice(prefix.length) : key;
};

const groupOf = (value: unknown, start: string, dimensions: readonly string[] | null): ReadGroup => {
  const group = fieldsOf(value, "a group");
  const keys = listOf(group["Keys"], "the keys of a group").map((key) => {
    if (typeof key !== "string") throw new WrongAnswer("a key of a group is no text");
    return key;
  });
  if (dimensions !== null && keys.length !== dimensions.length)
    throw new WrongAnswer("a group has other keys than asked");
  const metrics = fieldsOf(group["Metrics"], "the metrics of a group");
  const [unblended, amortized] = [metricOf(metrics, "UnblendedCost"), metricOf(metrics, "AmortizedCost")];
  const quantity = metricOf(metrics, "UsageQuantity");
  const cost = unblended ?? amortized;
  if (cost === undefined) throw new WrongAnswer("a group has neither UnblendedCost nor AmortizedCost");
  return {
    amount: {
      start,
      keys: keys.map((key, at) => keyValue(key, dimensions?.[at])),
      cost: cost.amount,
      effectiveCost: (amortized ?? cost).amount,
      quantity: quantity?.amount ?? new Decimal(0),
      unit: quantity?.unit ?? "",
    },
    currencies: [...new Set([cost.unit, (amortized ?? cost).unit])],
    metrics: {
      unblended: unblended !== undefined,
      amortized: amortized !== undefined,
      quantity: quantity !== undefined,
    },
  };
};

const dimensionOf = (value: unknown): string => {
  const { Type: type, Key: key } = fieldsOf(value, "a group definition");
  const name = textOf(key, "the key of a group definition");
  if (type === "DIMENSION") return name;
  return type === "TAG" ? tagDimension(name) : `${String(type)}:${name}`;
};

const allOf = (metrics: readonly AnswerMetrics[]): AnswerMetrics | null =>
  metrics.length === 0
    ? null
    : {
        unblended: metrics.every(({ unblended }) => unblended),
        amortized: metrics.every(({ amortized }) => amortized),
        quantity: metrics.every(({ quantity }) => quantity),
      };

/**
 * Reads a page of GetCostAndUsage, from the API or as the aws command prints it.
 *
 * @throws {WrongAnswer} where it is not what the API promises.
 */
export const readAnswer = (value: unknown, asked?: readonly Dimension[]): CostAnswer => {
  const answer = fieldsOf(value, "the answer");
  const definitions = answer["GroupDefinitions"];
  const stated = definitions === undefined ? null : listOf(definitions, "GroupDefinitions").map(dimensionOf);
  const dimensions = asked ?? stated;
  const read: ReadGroup[] = [];
  const periods = listOf(answer["ResultsByTime"], "ResultsByTime").map((each): AnswerPeriod => {
    const { TimePeriod: period, Estimated: estimated, Groups: groups } = fieldsOf(each, "a result");
    const { Start: from, End: to } = fieldsOf(period, "a period");
    const start = instantOf(from, "the start of a period");
    const ofPeriod = listOf(groups, "the groups").map((group) => groupOf(group, start, dimensions));
    read.push(...ofPeriod);
    return {
      start,
      end: instantOf(to, "the end of a period"),
      estimated: estimated === true,
      amounts: ofPeriod.map(({ amount }) => amount),
    };
  });
  const next = answer["NextPageToken"];
  if (next !== undefined && next !== null && typeof next !== "string")
    throw new WrongAnswer("NextPageToken is no text");
  return {
    dimensions,
    periods,
    currencies: [...new Set(read.flatMap(({ currencies }) => currencies))].sort(),
    metrics: allOf(read.map(({ metrics }) => metrics)),
    next: next === undefined || next === null || next === "" ? undefined : next,
  };
};
