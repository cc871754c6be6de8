import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { literal, oneOf, orEmpty } from "../table/sql-text.ts";
import type { BillLines } from "./bill-lines.ts";

/** Period that is asked for, and the partitions that can hold it. */
export const inPeriod = (table: BillTable, lines: BillLines, request: BillRequest): string => {
  const time = lines.period ?? lines.start;
  const { currency } = request;
  const ofCurrency =
    currency === undefined || lines.currency === null ? [] : [`${lines.currency} = ${literal(currency)}`];
  return [time.from(request.from), time.before(request.to), ...partitionFilter(table, request), ...ofCurrency].join(
    " AND ",
  );
};

const monthsOf = ({ from, to }: BillRequest): readonly string[] => {
  const months: string[] = [];
  let [year = 0, month = 1] = from.split("-").map(Number);
  for (let first = from.slice(0, 7); `${first}-01` < to; ) {
    months.push(first);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    first = `${year}-${String(month).padStart(2, "0")}`;
  }
  return months;
};

/** Only partitions of the period are scanned: `billing_period` of CUR 2.0 and FOCUS, `year` and `month` of the legacy report. */
const partitionFilter = ({ partitions }: BillTable, request: BillRequest): readonly string[] => {
  const byKey = new Map(partitions.map((column) => [column.name.toLowerCase(), column]));
  const months = monthsOf(request);
  const period = byKey.get("billing_period");
  if (period?.type === "text") return [oneOf(period.ref, months)];
  const year = byKey.get("year");
  const month = byKey.get("month");
  if (year?.type !== "text" || month?.type !== "text") return [];
  const parts = months.map((text) => {
    const [y = "", m = ""] = text.split("-");
    return `(${year.ref} = ${literal(y)} AND ${oneOf(month.ref, [...new Set([m, String(Number(m))])])})`;
  });
  return [`(${parts.join(" OR ")})`];
};

export interface NamedExpression {
  readonly as: string;
  readonly expression: string;
}

/** `expression AS name, ...` for a SELECT. */
export const selected = (expressions: readonly NamedExpression[]): string =>
  expressions.map(({ as, expression }) => `${expression} AS ${as}`).join(", ");

/** What makes up the type of a line as one text, joined by line feeds. */
export const joinedTypes = ({ lineType }: BillLines): string =>
  lineType.map((_, index) => orEmpty(`line_type_${index}`)).join(" || CHR(10) || ");
