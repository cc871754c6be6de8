import type { BillDetail, ChargeKind } from "../../../domain/bill/charge.ts";
import { BorderError } from "../../../domain/issues/border-error.ts";
import type { BillRequest } from "../../../ports/bill-source.ts";
import type { KnownLines } from "../sql/bill-lines.ts";
import { COVERAGE_COLUMNS } from "../sql/coverage.ts";
import type { TableFormat } from "../table/bill-table.ts";
import { lineKind } from "../table/charge-kind.ts";
import { type BillRow, cellReader, dateOf, dayAfter, monthAfter } from "./cells.ts";

/** Lines of the bill that are of one type and began on the same day. */
interface CoveredDay {
  /** First day of the month that they are billed in. */
  readonly period: string;
  readonly day: string;
  readonly lineType: string;
  readonly isUsage: boolean;
  readonly isCredit: boolean;
  /** `YYYY-MM-DD`, one sign and the hour, where the source knows hours. */
  readonly lastStart: string;
  readonly firstEnd: string | null;
  readonly currency: string;
  readonly splitLines: number;
  readonly netLines: number;
}

/** What a bill holds of the period that is asked for. */
export interface BillCoverage {
  /** Months on the bill, `YYYY-MM`, whether they are asked for or not. */
  readonly months: readonly string[];
  /** Null where no line belongs to the period. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly granularity: BillDetail["granularity"];
  /** Most days have no usage, so that the last of those that do does not tell where the bill ends. */
  readonly isSparse: boolean;
  readonly known: KnownLines;
  /** Empty where no line names one. */
  readonly currency: string;
}

const cells = cellReader(COVERAGE_COLUMNS);

const isAnyOf = (format: TableFormat, lineType: string, kinds: readonly ChargeKind[]): boolean => {
  const kind = lineKind(format, lineType)?.kind;
  return kind !== undefined && kinds.includes(kind);
};

const coveredDay = (row: BillRow, format: TableFormat, source: string): CoveredDay => {
  const month = cells.textOrNull(row, "period");
  const lineType = cells.text(row, "line_type");
  return {
    period: dateOf(month === null ? null : `${month}-01`, "the billing period", source),
    day: dateOf(cells.textOrNull(row, "day"), "the start of the usage", source),
    lineType,
    isUsage: isAnyOf(format, lineType, ["usage", "covered"]),
    isCredit: isAnyOf(format, lineType, ["credit", "refund", "tax"]),
    lastStart: cells.text(row, "last_start"),
    firstEnd: cells.textOrNull(row, "first_end"),
    currency: cells.text(row, "currency"),
    splitLines: Number(cells.text(row, "split_lines")),
    netLines: Number(cells.text(row, "net_lines")),
  };
};

const granularityOf = (used: readonly CoveredDay[]): BillDetail["granularity"] => {
  if (used.some(({ lastStart }) => /^.{11}(?!00)\d\d$/.test(lastStart))) return "hour";
  const whole = ({ day, firstEnd }: CoveredDay): boolean =>
    day.endsWith("-01") && (firstEnd === null || firstEnd > dayAfter(day));
  return used.length > 0 && used.every(whole) ? "month" : "day";
};

const currencyOf = (days: readonly CoveredDay[], source: string): string => {
  const currencies = [...new Set(days.map(({ currency }) => currency))].filter((code) => code !== "").sort();
  if (currencies.length > 1) {
    throw new BorderError(`${source}: the bill is in several currencies: ${currencies.join(", ")}`, {
      code: "several-currencies",
      source: "user",
      hint: `Each is a report of its own: --bill-currency ${currencies[0]}, then --bill-currency ${currencies[1]}; they are not added up.`,
    });
  }
  return currencies[0] ?? "";
};

const later = (a: string, b: string): string => [a, b].sort()[1] ?? a;

/** Share of the days between the first and the last with usage that have some in a bill that tells its end by them. */
const LEAST_DAYS_USED = 0.5;
const MILLISECONDS_PER_DAY = 86_400_000;

const isSparse = (used: readonly CoveredDay[]): boolean => {
  const days = [...new Set(used.map(({ day }) => day))].sort();
  const [first, last] = [days[0], days.at(-1)].map((day) => Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_PER_DAY);
  return first !== undefined && last !== undefined && days.length < (last - first + 1) * LEAST_DAYS_USED;
};

/** Months of which the bill has credits, refunds or tax, and no usage: they are over. */
const creditMonths = (days: readonly CoveredDay[]): readonly string[] => {
  const used = new Set(days.flatMap(({ period, isUsage: isOne }) => (isOne ? [period] : [])));
  return days.flatMap(({ period, isCredit }) => (isCredit && !used.has(period) ? [monthAfter(period)] : []));
};

/** First day after the last on which something was used; whole months where the bill tells nothing finer. */
const endOf = (days: readonly CoveredDay[], isWhole: boolean, to: string): string => {
  const used = days.filter((day) => day.isUsage);
  const ends = (used.length > 0 ? used : days).map(({ period, day }) =>
    isWhole ? monthAfter(period) : dayAfter(later(day, period)),
  );
  const last = [...ends, ...creditMonths(days)].reduce(later, "");
  return last < to ? last : to;
};

/**
 * What the answer to `coverageSql` says of a period.
 *
 * @throws {BorderError} `invalid-bill` where dates cannot be read, `several-currencies` where the period has more than one.
 */
export const billCoverage = (
  rows: readonly BillRow[],
  format: TableFormat,
  request: BillRequest,
  source: string,
): BillCoverage => {
  const all = rows
    .map((row) => coveredDay(row, format, source))
    .filter(({ currency }) => request.currency === undefined || currency === request.currency);
  const days = all.filter(({ period }) => period >= request.from && period < request.to);
  const months = [...new Set(all.map(({ period }) => period.slice(0, 7)))].sort();
  const used = days.filter((day) => day.isUsage);
  const granularity = granularityOf(used);
  const sparse = granularity !== "month" && isSparse(used);
  const [from = request.from] = days.map(({ period }) => period).sort();
  return {
    months,
    period: days.length === 0 ? null : { from, to: endOf(days, sparse || granularity === "month", request.to) },
    granularity,
    isSparse: sparse,
    known: {
      hasSplit: days.some(({ splitLines }) => splitLines > 0),
      netLines: days.reduce((count, { netLines }) => count + netLines, 0),
      lineTypes: [...new Set(days.map(({ lineType }) => lineType))].sort(),
    },
    currency: currencyOf(days, source),
  };
};
