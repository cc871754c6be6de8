import type { Bill, Charge } from "../../../domain/bill/charge.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { BillRequest } from "../../../ports/bill-source.ts";
import { type BillLines, billLines, type KnownLines } from "../sql/bill-lines.ts";
import { chargesSql } from "../sql/charges.ts";
import { coverageSql } from "../sql/coverage.ts";
import { withoutNet } from "../sql/cur-lines.ts";
import { hoursSql, isCommittable } from "../sql/hours.ts";
import { isToldByResource, resourcesSql } from "../sql/resources.ts";
import type { BillTable } from "../table/bill-table.ts";
import type { BillEngine } from "./bill-engine.ts";
import { billIssues, emptyPeriodIssue } from "./bill-issues.ts";
import type { BillRow } from "./cells.ts";
import { type ChargeRows, chargeRows } from "./charges.ts";
import { type BillCoverage, billCoverage } from "./coverage.ts";
import { hourReader, longLineReader, resourceReader } from "./hours-and-resources.ts";

/** What a table says of a period. */
export interface TableReading {
  readonly bill: Bill;
  readonly issues: readonly Issue[];
}

const collect = async <T>(batches: AsyncIterable<readonly BillRow[]>, read: (row: BillRow) => T): Promise<T[]> => {
  const all: T[] = [];
  for await (const rows of batches) for (const row of rows) all.push(read(row));
  return all;
};

const byText = <T>(items: T[], keyOf: (item: T) => readonly (string | boolean | null)[]): readonly T[] =>
  items
    .map((item) => ({ item, key: keyOf(item).join("\u0000") }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);

const readCharges = async (
  engine: BillEngine,
  table: BillTable,
  request: BillRequest,
  known: KnownLines,
): Promise<ChargeRows> => {
  const rows = chargeRows(table.format, request.tagKeys);
  for await (const batch of engine.ask("charges", chargesSql(table, request, known))) rows.add(batch);
  return rows;
};

/** Charges of the months before the period, month by month; undefined where none are asked for or there are none. */
const readHistory = async (
  engine: BillEngine,
  table: BillTable,
  request: BillRequest,
  { months, known }: BillCoverage,
): Promise<readonly Charge[] | undefined> => {
  const [first] = months.filter((month) => `${month}-01` >= (request.historyFrom ?? request.from));
  if (first === undefined || `${first}-01` >= request.from) return undefined;
  const rows = chargeRows(table.format, request.tagKeys);
  const before = { ...request, from: `${first}-01`, to: request.from };
  const sql = chargesSql(table, before, { ...known, lineTypes: null, hasSplit: true }, true);
  for await (const batch of engine.ask("history", sql)) rows.add(batch);
  return rows.charges();
};

/** Usage types that a question is about; the charges name all that there are. */
const usageTypes = (
  charges: readonly Charge[],
  isAsked: (service: string, usageType: string) => boolean,
): readonly string[] =>
  [...new Set(charges.flatMap(({ service, usageType }) => (isAsked(service, usageType) ? [usageType] : [])))].sort();

/** Usage by the hour; null where lines last longer than one, so that nothing tells what of them was used when. */
const readHours = async (
  engine: BillEngine,
  table: BillTable,
  request: BillRequest,
  charges: readonly Charge[],
): Promise<Bill["hours"]> => {
  const types = usageTypes(charges, isCommittable);
  if (types.length === 0) return [];
  const [hourOf, isLong] = [hourReader(), longLineReader()];
  const read = await collect(engine.ask("hours", hoursSql(table, request, types)), (row) => ({
    hour: hourOf(row),
    isLong: isLong(row),
  }));
  if (read.some((each) => each.isLong)) return null;
  const hours = read.map(({ hour }) => hour);
  return byText(hours, (hour) => [hour.hour, hour.service, hour.usageType, hour.region, hour.covered]);
};

const readResources = async (
  engine: BillEngine,
  table: BillTable,
  request: BillRequest,
  charges: readonly Charge[],
): Promise<Bill["resources"]> => {
  const types = usageTypes(charges, isToldByResource);
  const sql = resourcesSql(table, request, types);
  if (sql === null || types.length === 0) return sql === null ? null : [];
  const resources = await collect(engine.ask("resources", sql), resourceReader());
  const told = resources.filter(({ service, usageType }) => isToldByResource(service, usageType));
  return byText(told, ({ quantity: _quantity, cost: _cost, ...key }) => Object.values(key));
};

const emptyBill = (table: BillTable, source: string, { from }: BillRequest, lines: BillLines): Bill => ({
  format: table.format,
  source,
  currency: "USD",
  from,
  to: from,
  detail: detailOf(lines, "day", []),
  charges: [],
  hours: null,
  resources: null,
});

const detailOf = (
  lines: BillLines,
  granularity: BillCoverage["granularity"],
  lineTypes: readonly string[] | null,
): Bill["detail"] => ({
  granularity,
  ecsTags: lines.ecsService !== null,
  splitCostAllocation: lines.split !== null,
  resources: lines.resource !== null,
  amortised: lines.gaps(lineTypes).length === 0,
  ...(lines.unblended === null ? {} : { net: true }),
});

/**
 * The bill of a period from a table that SQL can be asked of.
 *
 * @throws {BorderError} `invalid-bill`, `several-currencies`, and what the engine throws.
 */
export const readBillTable = async (
  engine: BillEngine,
  whole: BillTable,
  request: BillRequest,
  source: string,
): Promise<TableReading> => {
  const covered = await collect(engine.ask("coverage", coverageSql(whole)), (row) => row);
  const coverage = billCoverage(covered, whole.format, request, source);
  const table = coverage.known.netLines > 0 && request.costs !== "gross" ? whole : withoutNet(whole);
  const lines = billLines(table);
  if (coverage.period === null) {
    return { bill: emptyBill(table, source, request, lines), issues: [emptyPeriodIssue(coverage, request, source)] };
  }
  const rows = await readCharges(engine, table, request, coverage.known);
  const charges = rows.charges();
  const history = await readHistory(engine, table, request, coverage);
  const hours = coverage.granularity === "hour" ? await readHours(engine, table, request, charges) : null;
  return {
    bill: {
      format: table.format,
      source,
      currency: coverage.currency === "" ? "USD" : coverage.currency,
      ...coverage.period,
      detail: detailOf(lines, coverage.granularity, coverage.known.lineTypes),
      charges,
      ...(history === undefined ? {} : { history }),
      hours,
      resources: await readResources(engine, table, request, charges),
    },
    issues: billIssues({ lines, coverage, rows, charges, source }),
  };
};
