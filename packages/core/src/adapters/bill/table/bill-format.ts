import { BorderError } from "../../../domain/issues/border-error.ts";
import { printable } from "../../../schema/problems.ts";
import { type BillColumn, type BillTable, columnKey, columnType, type TableFormat } from "./bill-table.ts";
import { identifier } from "./sql-text.ts";

export interface TableColumn {
  readonly name: string;
  /** Type as DuckDB or the Glue catalog says it. */
  readonly type: string;
}

/** Columns without which a bill says nothing; spelled as the export spells them. */
const CUR_NEEDS = [
  "line_item_line_item_type",
  "line_item_product_code",
  "line_item_usage_type",
  "line_item_usage_start_date",
  "line_item_usage_amount",
  "line_item_unblended_cost",
];
const FOCUS_NEEDS = ["ChargeCategory", "ChargePeriodStart"];

const NEEDS: Readonly<Record<"cur" | "focus", readonly string[]>> = { cur: CUR_NEEDS, focus: FOCUS_NEEDS };

/** Columns that only one kind of export has. */
const CUR_MARKS = ["lineitemlineitemtype", "lineitemunblendedcost", "lineitemusagetype"];
const FOCUS_MARKS = ["chargecategory", "billedcost", "effectivecost"];
const LEGACY_MARKS = ["productproductname", "productregion", "productservicename", "lineitemlegalentity"];
const CUR_2_MAPS = ["resourcetags", "product", "costcategory", "discount"];
const FOCUS_1_3_MARKS = ["serviceprovidername", "hostprovidername", "allocatedmethodid", "allocatedresourceid"];
const FOCUS_1_2_MARKS = ["invoiceid", "billingaccounttype", "subaccounttype", "pricingcurrency"];
const FOCUS_1_1_MARKS = ["skumeter", "skupricedetails", "commitmentdiscountquantity", "servicesubcategory"];

const focusFormat = (has: (key: string) => boolean): TableFormat => {
  if (FOCUS_1_3_MARKS.some(has)) return "focus-1.3";
  if (FOCUS_1_2_MARKS.some(has)) return "focus-1.2";
  return FOCUS_1_1_MARKS.some(has) ? "focus-1.1" : "focus-1.0";
};

const curFormat = (names: readonly string[], keys: ReadonlySet<string>): TableFormat => {
  if (names.some((name) => name.includes("/"))) return "cur-legacy";
  if (CUR_2_MAPS.some((key) => keys.has(key))) return "cur-2.0";
  const flatTags = [...keys].some((key) => key.startsWith("resourcetags"));
  return flatTags || LEGACY_MARKS.some((key) => keys.has(key)) ? "cur-legacy" : "cur-2.0";
};

/** The format of a bill by its columns; null where it is no bill of AWS. */
export const billFormat = (names: readonly string[]): TableFormat | null => {
  const keys = new Set(names.map(columnKey));
  const marks = (list: readonly string[]): number => list.filter((key) => keys.has(key)).length;
  if (marks(FOCUS_MARKS) >= 2) return focusFormat((key) => keys.has(key));
  return marks(CUR_MARKS) >= 2 ? curFormat(names, keys) : null;
};

/** Columns that a bill of the format needs and these names do not hold. */
export const missingColumns = (format: TableFormat, names: readonly string[]): readonly string[] => {
  const keys = new Set(names.map(columnKey));
  const missing = NEEDS[format.startsWith("focus") ? "focus" : "cur"].filter((name) => !keys.has(columnKey(name)));
  if (!format.startsWith("focus")) return missing;
  const lacksAll = (...any: readonly string[]): boolean => any.every((name) => !keys.has(columnKey(name)));
  return [
    ...missing,
    ...(lacksAll("BilledCost", "EffectiveCost") ? ["BilledCost"] : []),
    ...(lacksAll("x_ServiceCode", "ServiceName", "ServiceCategory") ? ["ServiceName"] : []),
  ];
};

const billColumn = ({ name, type }: TableColumn): BillColumn => ({
  name,
  ref: identifier(name),
  type: columnType(type),
});

/**
 * A relation with its columns as a bill; the format is found from the columns.
 *
 * @throws {BorderError} `unknown-bill` where it is no bill, `missing-columns` where it lacks what the review needs.
 */
export const billTable = (
  from: string,
  columns: readonly TableColumn[],
  named: string,
  partitions: readonly TableColumn[] = [],
): BillTable => {
  const names = columns.map(({ name }) => name);
  const format = billFormat(names);
  if (format === null) {
    throw new BorderError(
      `${printable(named)}: is no bill: its columns are those of no Cost and Usage Report and of no FOCUS export`,
      {
        code: "unknown-bill",
        source: "user",
        hint: "Give CUR 2.0, a legacy Cost and Usage Report, or FOCUS 1.0 to 1.3.",
      },
    );
  }
  const missing = missingColumns(format, names);
  if (missing.length > 0) {
    throw new BorderError(`${printable(named)}: lacks ${missing.join(", ")}`, {
      code: "missing-columns",
      source: "user",
      hint: "Add the columns to the export; the review needs them.",
    });
  }
  const byKey = new Map(columns.map((column) => [columnKey(column.name), billColumn(column)]));
  return { format, from, columns: byKey, partitions: partitions.map(billColumn) };
};
