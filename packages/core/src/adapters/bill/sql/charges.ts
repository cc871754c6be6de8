import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { relatedServices } from "../table/related-products.ts";
import { oneOf, orEmpty } from "../table/sql-text.ts";
import { type AmountColumn, type AmountSum, amountSum, amountText, sparseSum } from "./amount.ts";
import { type BillLines, billLines, type KnownLines, UNKNOWN_LINES } from "./bill-lines.ts";
import { inPeriod, type NamedExpression, selected } from "./line-view.ts";
import { ownerSql } from "./resource-owner.ts";

const EC2 = ["AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"];

const AMOUNTS = [
  "quantity",
  "cost",
  "effective_cost",
  "on_demand_cost",
  "unblended_cost",
  "split_quantity",
  "split_cost",
  "split_unused_cost",
  "split_on_demand_cost",
] as const;

/** Columns of the answer to `chargesSql`, in their order, before one for each tag that was asked for. */
export const CHARGE_COLUMNS = [
  "period",
  "day",
  "line_type",
  "currency",
  "account",
  "region",
  "service",
  "usage_type",
  "operation",
  "unit",
  "cluster",
  "ecs_service",
  "container_instance",
  "owner",
  "lines",
  ...AMOUNTS,
] as const;

const NO_TEXT = "CAST(NULL AS VARCHAR)";
const NO_DECIMAL = "CAST(NULL AS DECIMAL(38, 18))";

/** Lines of a table that a question is about, and what of them is worth the work. */
interface Scene {
  readonly table: BillTable;
  readonly lines: BillLines;
  readonly period: string;
  readonly tagKeys: readonly string[];
  readonly split: BillLines["split"];
  readonly known: KnownLines;
  readonly owners: string | null;
  readonly byMonth: boolean;
}

/** Instances that split cost allocation divides over tasks. */
const parentsSql = ({ table, lines, period, split }: Scene): string | null =>
  split === null || lines.resource === null
    ? null
    : `WITH parents AS (SELECT DISTINCT ${split.parent} AS parent FROM ${table.from} AS bill` +
      ` WHERE ${period} AND ${split.is} AND ${split.parent} <> '')`;

/** Columns that lines are told apart by, as they are: nothing is computed for each line that can be computed for each group. */
const rawKeys = (scene: Scene): readonly NamedExpression[] => {
  const { lines, tagKeys, owners, byMonth } = scene;
  const isParent =
    parentsSql(scene) === null
      ? []
      : [
          {
            as: "is_parent",
            expression: `CASE WHEN ${oneOf(lines.service, EC2)} AND ${lines.resource} IN (SELECT parent FROM parents) THEN 1 ELSE 0 END`,
          },
        ];
  const texts: Readonly<Record<string, string | null>> = {
    currency: lines.currency,
    account: lines.account,
    region: lines.region,
    service: lines.service,
    usage_type: lines.usageType,
    operation: lines.operation,
    unit: lines.unit,
    cluster: lines.cluster,
    ecs_service: lines.ecsService,
    ...Object.fromEntries(tagKeys.map((key, index) => [`tag_${index}`, lines.tag(key)])),
  };
  return [
    ...(lines.period === null ? [] : [{ as: "period", expression: lines.period.day }]),
    { as: "day", expression: byMonth ? (lines.period ?? lines.start).month : lines.start.day },
    ...lines.lineType.map((expression, index) => ({ as: `line_type_${index}`, expression })),
    ...Object.entries(texts).flatMap(([as, expression]) => (expression === null ? [] : [{ as, expression }])),
    ...isParent,
    ...(owners === null ? [] : [{ as: "owner", expression: owners }]),
  ];
};

const whenSplit = (split: NonNullable<BillLines["split"]>, column: AmountColumn | null): AmountColumn | null =>
  column === null ? null : { ref: `(CASE WHEN ${split.is} THEN ${column.ref} END)`, type: column.type };

/** Sums that effective cost is made of, of those that the lines can have. */
export const effectiveSums = (
  { effectiveCost }: BillLines,
  { lineTypes }: KnownLines,
): Readonly<Record<string, AmountSum>> => {
  const sumOf = effectiveCost.sparse ? sparseSum : amountSum;
  const there = (types: readonly string[] | null): boolean =>
    types === null || lineTypes === null || types.some((type) => lineTypes.includes(type));
  return Object.fromEntries(
    Object.entries(effectiveCost.amounts).flatMap(([name, { column, lineTypes: types }]) =>
      there(types) ? [[name, sumOf(column, `sum_${name}`)]] : [],
    ),
  );
};

/** Sums by the name of the amount. */
const sumsOf = ({ lines, split, known }: Scene): Readonly<Record<string, AmountSum>> => {
  const columns: Readonly<Record<string, AmountColumn | null>> = {
    quantity: lines.quantity,
    cost: lines.cost,
    on_demand_cost: lines.onDemandCost,
    unblended_cost: lines.unblended,
    ...(split === null
      ? {}
      : {
          split_quantity: whenSplit(split, split.quantity),
          split_cost: whenSplit(split, split.cost),
          split_unused_cost: whenSplit(split, split.unusedCost),
          split_on_demand_cost: whenSplit(split, split.onDemandCost),
        }),
  };
  const sums = Object.entries(columns).flatMap(([name, column]): [string, AmountSum][] =>
    column === null
      ? []
      : [[name, name.startsWith("split") ? sparseSum(column, `sum_${name}`) : amountSum(column, `sum_${name}`)]],
  );
  return { ...Object.fromEntries(sums), ...effectiveSums(lines, known) };
};

/** Only lines of related products keep what tells their usage. */
const finalKeys = ({ lines, tagKeys, split }: Scene, raw: ReadonlySet<string>): readonly NamedExpression[] => {
  const related = oneOf("service", relatedServices());
  const text = (as: string): NamedExpression => ({ as: `the_${as}`, expression: raw.has(as) ? orEmpty(as) : "''" });
  const detail = (as: string): NamedExpression => ({
    as: `the_${as}`,
    expression: raw.has(as) ? `CASE WHEN ${related} THEN ${orEmpty(as)} ELSE '' END` : "''",
  });
  const signs = [
    ...(raw.has("cluster") ? [`${orEmpty("cluster")} <> ''`] : []),
    ...(raw.has("is_parent") && split !== null ? ["is_parent = 1"] : []),
  ];
  const instance = `CASE WHEN ${oneOf("service", EC2)} AND (${signs.join(" OR ")}) THEN '1' ELSE '0' END`;
  return [
    ...(lines.period === null ? [] : [{ as: "the_period", expression: "period" }]),
    { as: "the_day", expression: "day" },
    ...lines.lineType.map((_, index) => ({ as: `the_type_${index}`, expression: orEmpty(`line_type_${index}`) })),
    ...["currency", "account", "region", "service"].map(text),
    ...["usage_type", "operation", "unit", "cluster", "ecs_service", ...tagKeys.map((_, index) => `tag_${index}`)].map(
      detail,
    ),
    ...(raw.has("owner") ? [{ as: "the_owner", expression: orEmpty("owner") }] : []),
    { as: "the_instance", expression: signs.length === 0 ? "'0'" : instance },
  ];
};

const finalSums = ({ lines }: Scene, sums: Readonly<Record<string, AmountSum>>): readonly NamedExpression[] => {
  const sum = (name: string): string => sums[name]?.total ?? NO_DECIMAL;
  const types = lines.lineType.map((_, index) => orEmpty(`line_type_${index}`));
  const of = (name: string): string => (name === "effective_cost" ? lines.effectiveCost.of(types, sum) : sum(name));
  return AMOUNTS.map((name) => ({ as: `the_${name}`, expression: `SUM(${of(name)})` }));
};

const outOf = (
  { lines, byMonth }: Scene,
  raw: ReadonlySet<string>,
): Readonly<Record<(typeof CHARGE_COLUMNS)[number], string>> => {
  const text = (as: string): string => (raw.has(as) ? `the_${as}` : NO_TEXT);
  return {
    period: lines.period === null ? NO_TEXT : "SUBSTR(CAST(the_period AS VARCHAR), 1, 10)",
    day: byMonth ? "SUBSTR(CAST(the_day AS VARCHAR), 1, 7) || '-01'" : "SUBSTR(CAST(the_day AS VARCHAR), 1, 10)",
    line_type: lines.lineType.map((_, index) => `the_type_${index}`).join(" || CHR(10) || "),
    currency: "the_currency",
    account: text("account"),
    region: text("region"),
    service: "the_service",
    usage_type: "the_usage_type",
    operation: "the_operation",
    unit: "the_unit",
    cluster: text("cluster"),
    ecs_service: text("ecs_service"),
    container_instance: "the_instance",
    owner: text("owner"),
    lines: "CAST(the_lines AS VARCHAR)",
    quantity: amountText("the_quantity"),
    cost: amountText("the_cost"),
    effective_cost: amountText("the_effective_cost"),
    on_demand_cost: "CAST(the_on_demand_cost AS VARCHAR)",
    unblended_cost: "CAST(the_unblended_cost AS VARCHAR)",
    split_quantity: amountText("the_split_quantity"),
    split_cost: amountText("the_split_cost"),
    split_unused_cost: amountText("the_split_unused_cost"),
    split_on_demand_cost: amountText("the_split_on_demand_cost"),
  };
};

/**
 * Lines added up by day and everything that tells them apart but time of day and resource; all columns as text, amounts as
 * decimals with 18 places; by month instead of day where that is enough. First by the columns as they are, which is the long part, then by what they mean.
 */
export const chargesSql = (
  table: BillTable,
  request: BillRequest,
  known: KnownLines = UNKNOWN_LINES,
  byMonth = false,
): string => {
  const lines = billLines(table);
  const scene: Scene = {
    table,
    lines,
    period: inPeriod(table, lines, request),
    tagKeys: request.tagKeys,
    split: known.hasSplit ? lines.split : null,
    known,
    owners: ownerSql(lines, request.ecsResources),
    byMonth,
  };
  const keys = rawKeys(scene);
  const raw = new Set(keys.map(({ as }) => as));
  const sums = sumsOf(scene);
  const parts = Object.values(sums).flatMap((sum) => sum.parts);
  const final = finalKeys(scene, raw);
  const out = outOf(scene, raw);
  const tags = request.tagKeys.map((_, index) => `the_tag_${index} AS out_tag_${index}`);
  return [
    ...[parentsSql(scene) ?? []].flat(),
    `SELECT ${[...CHARGE_COLUMNS.map((as) => `${out[as]} AS out_${as}`), ...tags].join(", ")}`,
    `FROM (SELECT ${selected(final)}, SUM(line_count) AS the_lines, ${selected(finalSums(scene, sums))}`,
    `FROM (SELECT ${selected(keys)}, COUNT(*) AS line_count, ${selected(parts)}`,
    `FROM ${table.from} AS bill WHERE ${scene.period}`,
    `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}) AS line`,
    `GROUP BY ${final.map((_, index) => index + 1).join(", ")}) AS charge`,
  ].join("\n");
};
