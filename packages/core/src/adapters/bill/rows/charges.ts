import type { Charge } from "../../../domain/bill/charge.ts";
import type { ResourceOwner } from "../../../domain/bill/resource-owner.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { serviceCode } from "../cost-explorer/service-code.ts";
import { CHARGE_COLUMNS } from "../sql/charges.ts";
import type { TableFormat } from "../table/bill-table.ts";
import { type LineKind, lineKind } from "../table/charge-kind.ts";
import { type BillRow, cellReader, dayAfter, monthAfter } from "./cells.ts";

/** Charges as they are read, and what is strange about them. */
export interface ChargeRows {
  readonly add: (rows: readonly BillRow[]) => void;
  readonly charges: () => readonly Charge[];
  /** Lines so far. */
  readonly lines: () => number;
  /** Types of lines that are not known; counted as fees. */
  readonly unknownTypes: () => readonly string[];
  /** Lines that are billed in a month in which they did not begin. */
  readonly displaced: () => number;
}

const LINE_FEED = "\n";
const FEE: LineKind = { kind: "fee", commitment: null };

/** The nearest day of the month that the line is billed in. */
const billedDay = (day: string, period: string | null): string => {
  if (period === null || period === "") return day;
  if (day < period) return period;
  const next = monthAfter(period);
  return day < next ? day : (lastBefore(next) ?? day);
};

const lastBefore = (date: string): string | undefined => {
  const first = `${date.slice(0, 8)}01`;
  const before = new Date(Date.parse(`${first}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return dayAfter(before) === first ? before : undefined;
};

const cells = (format: TableFormat) => ({ ...cellReader(CHARGE_COLUMNS), format });

type Cells = ReturnType<typeof cells>;

/** Empty where the line has no region at all; null where its usage type may tell. */
const regionOf = (reader: Cells, row: BillRow): string | null => {
  const region = reader.textOrNull(row, "region");
  return region === "" && reader.text(row, "usage_type") !== "" ? null : region;
};

const tagsOf = (row: BillRow, tagKeys: readonly string[]): Readonly<Record<string, string>> => {
  if (tagKeys.length === 0) return {};
  return Object.fromEntries(tagKeys.map((key, index) => [key, row[CHARGE_COLUMNS.length + index] ?? ""]));
};

/** Places of what is scaled. */
const UNUSED_PLACES = 12;

/**
 * Effective cost, and where the cost is net of the discounts of a contract, the cost before them. What of a plan nothing used
 * is known before discounts only: the discount of the fee is taken off it.
 */
const netCosts = (reader: Cells, row: BillRow, { kind, commitment }: LineKind) => {
  const effectiveCost = reader.amount(row, "effective_cost");
  if (reader.textOrNull(row, "unblended_cost") === null) return { effectiveCost };
  const unblendedCost = reader.amount(row, "unblended_cost");
  if (kind !== "commitment-fee" || commitment !== "savings-plan" || Number(unblendedCost) === 0) {
    return { effectiveCost, unblendedCost };
  }
  const unused = new Decimal(effectiveCost).times(reader.amount(row, "cost")).div(unblendedCost);
  return { effectiveCost: unused.toDecimalPlaces(UNUSED_PLACES).toFixed(), unblendedCost };
};

const ownerOf = (reader: Cells, row: BillRow): Pick<Charge, "owner"> => {
  const owner = reader.textOrNull(row, "owner");
  return owner === null ? {} : { owner: owner as ResourceOwner };
};

const billed = (reader: Cells, row: BillRow, kind: LineKind, tagKeys: readonly string[]): Charge => ({
  day: billedDay(reader.text(row, "day"), reader.textOrNull(row, "period")),
  ...kind,
  account: reader.textOrNull(row, "account"),
  region: regionOf(reader, row),
  service: serviceCode(reader.text(row, "service")),
  usageType: reader.text(row, "usage_type"),
  operation: reader.text(row, "operation"),
  unit: reader.text(row, "unit"),
  quantity: reader.amount(row, "quantity"),
  cost: reader.amount(row, "cost"),
  ...netCosts(reader, row, kind),
  onDemandCost: reader.textOrNull(row, "on_demand_cost") === null ? null : reader.amount(row, "on_demand_cost"),
  cluster: reader.textOrNull(row, "cluster"),
  ecsService: reader.textOrNull(row, "ecs_service"),
  tags: tagsOf(row, tagKeys),
  ...ownerOf(reader, row),
  containerInstance: reader.text(row, "container_instance") === "1",
});

/** The line as billed, and what split cost allocation says beside it. */
const chargesOf = (reader: Cells, row: BillRow, charge: Charge): readonly Charge[] => {
  const [cost, unused, quantity] = (["split_cost", "split_unused_cost", "split_quantity"] as const).map((column) =>
    reader.amount(row, column),
  ) as [string, string, string];
  const split = { commitment: null, containerInstance: false };
  const parts: Charge[] = [charge];
  if (cost !== "0" || quantity !== "0") {
    const onDemandCost = reader.amount(row, "split_on_demand_cost");
    parts.push({ ...charge, ...split, kind: "split", quantity, cost, effectiveCost: cost, onDemandCost });
  }
  if (unused !== "0") {
    const none = { quantity: "0", onDemandCost: null };
    parts.push({ ...charge, ...split, ...none, kind: "split-unused", cost: unused, effectiveCost: unused });
  }
  return parts;
};

const keyOf = (charge: Charge): string =>
  [
    charge.day,
    charge.service,
    charge.usageType,
    charge.kind,
    charge.commitment ?? "",
    charge.account ?? "",
    charge.region ?? "",
    charge.operation,
    charge.unit,
    charge.cluster ?? "",
    charge.ecsService ?? "",
    charge.containerInstance ? "1" : "0",
    charge.owner ?? "",
    JSON.stringify(charge.tags),
    charge.cost,
    charge.effectiveCost,
    charge.quantity,
    charge.onDemandCost ?? "",
  ].join("\u0000");

/** Collects the answer to `chargesSql` as charges, in an order that does not depend on that of the rows. */
export const chargeRows = (format: TableFormat, tagKeys: readonly string[]): ChargeRows => {
  const reader = cells(format);
  const charges: Charge[] = [];
  const unknown = new Set<string>();
  let [lines, displaced] = [0, 0];
  const add = (row: BillRow): void => {
    const lineType = reader.text(row, "line_type");
    const kind = lineKind(format, lineType);
    if (kind === null) unknown.add(lineType.split(LINE_FEED)[0] ?? "");
    const charge = billed(reader, row, kind ?? FEE, tagKeys);
    const count = Number(reader.text(row, "lines"));
    lines += count;
    if (charge.day !== reader.text(row, "day")) displaced += count;
    charges.push(...chargesOf(reader, row, charge));
  };
  return {
    add: (rows) => {
      for (const row of rows) add(row);
    },
    charges: () => sorted(charges),
    lines: () => lines,
    unknownTypes: () => [...unknown].sort(),
    displaced: () => displaced,
  };
};

const sorted = (charges: readonly Charge[]): readonly Charge[] => {
  const keys = new Map(charges.map((charge) => [charge, keyOf(charge)]));
  const key = (charge: Charge): string => keys.get(charge) ?? "";
  return [...charges].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
};
