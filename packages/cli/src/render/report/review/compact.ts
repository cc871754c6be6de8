import type { CostPart, ReviewReport } from "@ecs-cost/core";
import type { Compact, CompactTable } from "../../document/compact.ts";
import { compactNotes } from "../shared/compact-parts.ts";

const MOST_MOVERS = 20;

/** A review in few words: sums, services, what moved them, and what to do. */
export const reviewCompact = (report: ReviewReport): Compact => ({
  command: "review",
  head: headOf(report),
  tables: [
    {
      name: "services",
      columns: ["account", "region", "cluster", "service", "cost", "previous"],
      rows: report.services.map(({ account, region, cluster, name, cost, previousCost }) => [
        ...[account ?? "", region ?? "", cluster, name],
        ...[cost, previousCost],
      ]),
    },
    parts("launch_types", report.launchTypes),
    {
      name: "findings",
      columns: ["code", "subject", "saving", "additional", "effort", "confidence", "detail", "action"],
      rows: report.findings.map(
        ({ code, subject, monthlySaving, additionalSaving, effort, confidence, detail, action }) => [
          ...[code, subject, monthlySaving, additionalSaving],
          ...[effort, confidence, detail, action],
        ],
      ),
    },
    {
      name: "movers",
      columns: ["kind", "subject", "cost", "change"],
      rows: report.movers.slice(0, MOST_MOVERS).map(({ kind, subject, cost, change }) => [kind, subject, cost, change]),
    },
    {
      name: "anomalies",
      columns: ["day", "subject", "cost", "expected", "detail"],
      rows: report.anomalies.map(({ day, subject, cost, expected, detail }) => [day, subject, cost, expected, detail]),
    },
    ...compactNotes(report),
  ],
});

const parts = (name: string, all: readonly CostPart[]): CompactTable => ({
  name,
  columns: ["key", "cost", "previous"],
  rows: all.map(({ key, cost, previousCost }) => [key, cost, previousCost]),
});

const headOf = (report: ReviewReport): Compact["head"] => [
  ["month", report.month],
  ["unit", report.currency],
  ["complete", report.complete],
  ["total", report.totalCost],
  ["previous", report.previousCost],
  ["compute", report.computeCost],
  ["unplaced", report.unplaced.cost],
  ["other", report.other],
  ["credits", report.credits],
  ["tax", report.tax],
  ["bill_total", report.billTotal],
  ...(report.forecast === null
    ? []
    : ([
        ["forecast", report.forecast.expected],
        ["forecast_low", report.forecast.low],
        ["forecast_high", report.forecast.high],
      ] as const)),
  ["findings_saving", report.findingsSaving],
];
