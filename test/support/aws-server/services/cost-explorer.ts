import { Decimal } from "@ecs-cost/core";
import { type BilledLine, plainBill } from "../billed-lines.ts";
import { AwsFault } from "../fault.ts";
import { pageOf } from "../paging.ts";
import { type CallContext, type Input, type JsonHandlers, textOf } from "../request.ts";

interface Definition {
  readonly Type: "DIMENSION" | "TAG";
  readonly Key: string;
}

interface Expression {
  readonly And?: readonly Expression[];
  readonly Or?: readonly Expression[];
  readonly Not?: Expression;
  readonly Dimensions?: { readonly Key: string; readonly Values?: readonly string[] };
  readonly Tags?: {
    readonly Key: string;
    readonly Values?: readonly string[];
    readonly MatchOptions?: readonly string[];
  };
}

const DIMENSIONS: Readonly<Record<string, keyof BilledLine>> = {
  SERVICE: "service",
  USAGE_TYPE: "usageType",
  RECORD_TYPE: "recordType",
  OPERATION: "operation",
  LINKED_ACCOUNT: "account",
};
const METRICS: Readonly<Record<string, keyof BilledLine>> = {
  UnblendedCost: "unblended",
  AmortizedCost: "amortized",
  UsageQuantity: "quantity",
};

const invalid = (detail: string): AwsFault => new AwsFault("ValidationException", detail);

const fieldOf = (names: Readonly<Record<string, keyof BilledLine>>, name: string): keyof BilledLine => {
  const field = names[name];
  if (field === undefined) throw invalid(`${name} is not supported`);
  return field;
};

const fits = (
  line: BilledLine,
  { And: and, Or: or, Not: not, Dimensions: dimension, Tags: tag }: Expression,
): boolean => {
  if (and !== undefined) return and.every((each) => fits(line, each));
  if (or !== undefined) return or.some((each) => fits(line, each));
  if (not !== undefined) return !fits(line, not);
  if (dimension !== undefined) {
    if (dimension.Values === undefined || dimension.Values.length === 0) throw invalid("Values must not be empty");
    return dimension.Values.includes(String(line[fieldOf(DIMENSIONS, dimension.Key)]));
  }
  if (tag === undefined) throw invalid("An expression has no operand");
  const value = line.tags[tag.Key] ?? "";
  return tag.MatchOptions?.includes("ABSENT") === true ? value === "" : (tag.Values ?? []).includes(value);
};

const keyOf = (line: BilledLine, { Type: type, Key: key }: Definition): string =>
  type === "TAG" ? `${key}$${line.tags[key] ?? ""}` : String(line[fieldOf(DIMENSIONS, key)]);

const totalOf = (lines: readonly BilledLine[], metric: string) => {
  const field = fieldOf(METRICS, metric);
  const amount = lines.reduce((sum, line) => sum.plus(String(line[field])), new Decimal(0));
  const units = new Set(lines.map(({ unit }) => unit));
  const unit = field === "quantity" ? (units.size === 1 ? [...units][0] : "N/A") : "USD";
  return { Amount: amount.toFixed(), Unit: unit };
};

interface FoundGroup {
  readonly start: string;
  readonly group: unknown;
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

const monthAfter = (day: string): string => {
  const date = new Date(day);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
};

const groupsOf = (
  lines: readonly BilledLine[],
  input: Input,
  startOf: (day: string) => string,
): readonly FoundGroup[] => {
  const definitions = (input["GroupBy"] ?? []) as readonly Definition[];
  if (definitions.length > 2) throw invalid("At most 2 groups are allowed");
  const metrics = input["Metrics"] as readonly string[];
  const found = Map.groupBy(lines, (line) =>
    JSON.stringify([startOf(line.day), ...definitions.map((definition) => keyOf(line, definition))]),
  );
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => {
      const [start = "", ...keys] = JSON.parse(key) as readonly string[];
      const values = Object.fromEntries(metrics.map((metric) => [metric, totalOf(members, metric)]));
      return { start, group: { Keys: keys, Metrics: values } };
    });
};

const checkHistory = (start: string, { account }: CallContext): void => {
  const now = new Date(account.now * 1000);
  const earliest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 13, 1)).toISOString().slice(0, 10);
  if (start < earliest) throw invalid("You haven't enabled historical data beyond 14 months.");
};

const getCostAndUsage =
  (bill: readonly BilledLine[] | undefined, pageGroups: number, kept: Map<string, readonly FoundGroup[]>) =>
  (input: Input, context: CallContext) => {
    const { Start: from, End: to } = (input["TimePeriod"] ?? {}) as { Start?: string; End?: string };
    if (from === undefined || to === undefined) throw invalid("TimePeriod is required");
    if (from >= to) throw invalid("Start date (and hour) should be before end date (and hour)");
    checkHistory(from, context);
    const isDaily = input["Granularity"] === "DAILY";
    const filter = input["Filter"] as Expression | undefined;
    const { NextPageToken: _token, ...asked } = input;
    const key = JSON.stringify(asked);
    const isAsked = (line: BilledLine): boolean =>
      line.day >= from && line.day < to && (filter === undefined || fits(line, filter));
    const startOf = (day: string): string => (isDaily ? day : `${day.slice(0, 7)}-01`);
    const groups = kept.get(key) ?? groupsOf((bill ?? plainBill(from, to)).filter(isAsked), input, startOf);
    kept.set(key, groups);
    const { items, next } = pageOf(groups, pageGroups, textOf(input, "NextPageToken"));
    const month = new Date(context.account.now * 1000).toISOString().slice(0, 7);
    return {
      GroupDefinitions: input["GroupBy"],
      DimensionValueAttributes: [],
      ResultsByTime: [...Map.groupBy(items, ({ start }) => start)].map(([start, found]) => ({
        TimePeriod: { Start: start, End: isDaily ? dayAfter(start) : monthAfter(start) },
        Total: {},
        Groups: found.map(({ group }) => group),
        Estimated: start.startsWith(month),
      })),
      NextPageToken: next,
    };
  };

/** Operations of Cost Explorer that read, over the lines of a bill; without one, a small bill of every day. */
export const costExplorerHandlers = (bill?: readonly BilledLine[], pageGroups = 200): JsonHandlers => ({
  GetCostAndUsage: getCostAndUsage(bill, pageGroups, new Map()),
});
