import type { EstimateReport, LineItem, ServiceEstimate } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { Group, GroupBy } from "../../../select/groups.ts";
import { largestFirst, type Selected } from "../../../select/selection.ts";
import type { Cell, Column, Document, TableBlock } from "../../document/document.ts";
import {
  counted,
  dollars,
  dollarsOf,
  monthlyTitle,
  quantityOf,
  rateOf,
  sizeOf,
  UNKNOWN,
} from "../../document/figures.ts";
import type { Sheet } from "../../document/sheet.ts";
import { clusterText, type Detail, fleetsTable, groupHeader, tailBlocks } from "../shared/report-parts.ts";
import { resourcesTable } from "./resources.ts";

/** An estimate as a page: services or groups, what is shared, and what the figures rest on. */
export const estimateDocument = (
  report: Selected<EstimateReport>,
  detail: Detail,
  grouped?: { readonly by: GroupBy; readonly groups: readonly Group[] },
): Document => ({
  title: titleOf(report),
  blocks: [
    grouped === undefined ? servicesTable(report) : groupsTable(report, grouped.by, grouped.groups),
    ...(detail.verbose ? report.services.map(lineItemsTable) : []),
    linesTable("Shared", report.shared.lineItems),
    fleetsTable(report.fleets),
    ...(report.resources === undefined ? [] : [resourcesTable(report.resources)]),
    { kind: "lines", lines: adviceOf(report) },
    ...tailBlocks(report, detail),
  ],
});

const titleOf = (report: Selected<EstimateReport>): string => {
  const cost = monthlyTitle(report.totalMonthlyCost, report.complete);
  const count = report.services.length + (report.omitted?.services ?? 0);
  return `${cost} for ${counted(count, "service")}${report.filtered === true ? " (filtered)" : ""}`;
};

const COLUMNS: readonly Column[] = [
  { header: "Service", cutTo: 14 },
  { header: "Cluster", cutTo: 8 },
  { header: "Runs on", cutTo: 8 },
  { header: "Tasks", align: "right" },
  { header: "Size", align: "right" },
  { header: "Monthly cost", align: "right" },
];

const servicesTable = (report: Selected<EstimateReport>): TableBlock => ({
  kind: "table",
  columns: COLUMNS,
  rows: largestFirst(report.services, ({ monthlyCost }) => monthlyCost).map((service) => [
    service.name,
    clusterText(service),
    runsOn(service),
    tasksOf(service),
    sizeOf(service),
    costCell(service.monthlyCost, service.complete),
  ]),
  footer: totalRows(report).map(([label, cost]) => [label, "", "", "", "", cost]),
});

const costCell = (cost: Decimal | null, complete: boolean): Cell =>
  cost === null ? { text: UNKNOWN, tone: "bad" } : dollarsOf(cost, complete);

/** The share of each capacity provider, where a strategy uses several. */
const runsOn = ({ runsOn: names, tasks }: ServiceEstimate): string =>
  names.length < 2 || tasks === null
    ? names.join(" + ")
    : names.map((name) => `${quantityOf(tasks[name] ?? 0)} ${name}`).join(" + ");

const tasksOf = ({ tasks }: ServiceEstimate): string =>
  tasks === null ? UNKNOWN : quantityOf(Object.values(tasks).reduce((a, b) => a.plus(b), new Decimal(0)));

const totalRows = (report: Selected<EstimateReport>): [string, Cell][] => {
  const { shared, omitted } = report;
  const hasShared = shared.lineItems.length > 0 || shared.unpriced.length > 0;
  return [
    ...(omitted === undefined
      ? []
      : [[`${counted(omitted.services, "more service")}`, dollars(omitted.monthlyCost)] satisfies [string, Cell]]),
    ...(hasShared ? [["Shared", costCell(shared.monthlyCost, shared.complete)] satisfies [string, Cell]] : []),
    ["Total", { text: dollarsOf(report.totalMonthlyCost, report.complete), tone: "strong" }],
  ];
};

const groupsTable = (report: Selected<EstimateReport>, by: GroupBy, groups: readonly Group[]): TableBlock => ({
  kind: "table",
  columns: [
    { header: groupHeader(by), cutTo: 8 },
    { header: "Services", align: "right" },
    { header: "Monthly cost", align: "right" },
  ],
  rows: groups.map(({ key, services, monthlyCost, complete }) => [
    key,
    services === 0 ? "" : String(services),
    dollarsOf(monthlyCost, complete),
  ]),
  footer: [["Total", "", { text: dollarsOf(report.totalMonthlyCost, report.complete), tone: "strong" }]],
});

const lineItemsTable = ({ name, cluster, lineItems }: ServiceEstimate): TableBlock =>
  linesTable(`${cluster}/${name}`, lineItems);

/** Line items as they stand on the bill. */
const linesTable = (heading: string, lineItems: readonly LineItem[]): TableBlock => ({
  kind: "table",
  heading,
  columns: [
    { header: "Dimension", cutTo: 8 },
    { header: "Quantity", align: "right" },
    { header: "Unit", cutTo: 8 },
    { header: "Rate", align: "right" },
    { header: "Monthly cost", align: "right" },
  ],
  rows: lineItems.map(({ dimension, label, quantity, unit, rate, cost }) => [
    label === undefined ? dimension : `${dimension} (${label})`,
    quantityOf(quantity),
    unit,
    rateOf(rate),
    dollars(cost),
  ]),
});

/** One sentence on what to do next. */
const adviceOf = (report: EstimateReport): Cell[] => {
  const open = report.services.filter(({ complete }) => !complete).length;
  if (open > 0)
    return [
      {
        text: `Next: give what is missing for ${counted(open, "service")} (see Issues), then compare.`,
        tone: "strong",
      },
    ];
  if (report.services.length === 0) return [];
  return [
    { text: "Next: ecs-cost compare with the same inputs tells what they would cost elsewhere.", tone: "strong" },
  ];
};

const HEADER = ["service", "cluster", "dimension", "label", "usageType", "quantity", "unit", "rate", "cost"] as const;

/** One row for each line item; usage without a price has no rate and no cost. What is shared has no service. */
export const estimateSheet = (report: EstimateReport): Sheet => ({ header: HEADER, rows: lineRows(report) });

function* lineRows(report: EstimateReport): Generator<readonly string[]> {
  for (const service of report.services) yield* rowsOf(service.name, service.cluster, service);
  yield* rowsOf("", "", report.shared);
}

function* rowsOf(
  service: string,
  cluster: string,
  { lineItems, unpriced }: Pick<ServiceEstimate, "lineItems" | "unpriced">,
): Generator<readonly string[]> {
  for (const { dimension, label = "", usageType, quantity, unit, rate, cost } of lineItems) {
    yield [service, cluster, dimension, label, usageType, quantity.toFixed(), unit, rate.toFixed(), cost.toFixed()];
  }
  for (const { dimension, label = "", quantity } of unpriced) {
    yield [service, cluster, dimension, label, "", quantity.toFixed(), "", "", ""];
  }
}

/** One row for each group. */
export const groupsSheet = (groups: readonly Group[]): Sheet => ({
  header: ["key", "services", "monthlyCost", "complete"],
  rows: groups.map(({ key, services, monthlyCost, complete }) => [
    key,
    String(services),
    monthlyCost?.toFixed() ?? "",
    String(complete),
  ]),
});
