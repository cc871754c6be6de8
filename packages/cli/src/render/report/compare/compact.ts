import type { CompareReport, ServiceComparison } from "@ecs-cost/core";
import type { Selected } from "../../../select/selection.ts";
import type { Compact } from "../../document/compact.ts";
import { compactHead, compactName, compactNotes, compactSize } from "../shared/compact-parts.ts";

/** A comparison in few words: the best option of every service, every option that can be had, and why others cannot. */
export const compareCompact = (report: Selected<CompareReport>): Compact => ({
  command: "compare",
  head: [
    ...compactHead(report),
    ["total", report.totalMonthlyCost],
    ...(report.omitted === undefined ? [] : ([["omitted", `${report.omitted.services} services`]] as const)),
  ],
  tables: [
    {
      name: "services",
      columns: ["service", "size", "now", "cost", "best", "best_cost", "saving"],
      rows: report.services.map((service) => [
        compactName(service),
        compactSize(service),
        service.current.runsOn.join(","),
        service.current.monthlyCost,
        service.best,
        service.bestMonthlyCost,
        service.monthlySaving,
      ]),
    },
    {
      name: "options",
      columns: ["service", "option", "cost"],
      rows: report.services.flatMap((service) =>
        service.options
          .filter(({ feasible }) => feasible)
          .map(({ id, monthlyCost }) => [compactName(service), id, monthlyCost]),
      ),
    },
    {
      name: "not_possible",
      columns: ["service", "reason", "options"],
      rows: report.services.flatMap(reasonsAgainst),
    },
    ...compactNotes(report),
  ],
});

/** Options by the reason against them, since many share one. */
const reasonsAgainst = (service: ServiceComparison) => {
  const against = service.options
    .filter(({ feasible }) => !feasible)
    .flatMap(({ id, reasons }) => reasons.map(({ detail }) => ({ id, detail })));
  return [...Map.groupBy(against, ({ detail }) => detail)].map(([detail, same]) => [
    compactName(service),
    detail,
    same.map(({ id }) => id).join(","),
  ]);
};
