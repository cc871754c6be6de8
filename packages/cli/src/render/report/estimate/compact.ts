import type { EstimateReport } from "@ecs-cost/core";
import type { Selected } from "../../../select/selection.ts";
import type { Compact } from "../../document/compact.ts";
import { compactHead, compactName, compactNotes, compactSize, compactTasks } from "../shared/compact-parts.ts";

/** An estimate in few words: what every service costs, and every line of the bill once. */
export const estimateCompact = (report: Selected<EstimateReport>): Compact => ({
  command: "estimate",
  head: [
    ...compactHead(report),
    ["total", report.totalMonthlyCost],
    ["shared", report.shared.monthlyCost],
    ...(report.omitted === undefined ? [] : ([["omitted", `${report.omitted.services} services`]] as const)),
  ],
  tables: [
    {
      name: "services",
      columns: ["service", "cost", "size", "arch", "tasks"],
      rows: report.services.map((service) => [
        compactName(service),
        service.monthlyCost,
        compactSize(service),
        service.architecture,
        compactTasks(service.tasks),
      ]),
    },
    {
      name: "lines",
      columns: ["service", "price", "quantity", "unit", "cost"],
      rows: [
        ...report.services.flatMap((service) => linesOf(compactName(service), service.lineItems)),
        ...linesOf("shared", report.shared.lineItems),
      ],
    },
    {
      name: "unpriced",
      columns: ["service", "price", "quantity"],
      rows: [
        ...report.services.flatMap((service) => unpricedOf(compactName(service), service.unpriced)),
        ...unpricedOf("shared", report.shared.unpriced),
      ],
    },
    ...compactNotes(report),
  ],
});

const linesOf = (name: string, lines: EstimateReport["shared"]["lineItems"]) =>
  lines.map(({ dimension, quantity, unit, cost }) => [name, dimension, Number(quantity.toFixed(2)), unit, cost]);

const unpricedOf = (name: string, lines: EstimateReport["shared"]["unpriced"]) =>
  lines.map(({ dimension, quantity }) => [name, dimension, Number(quantity.toFixed(2))]);
