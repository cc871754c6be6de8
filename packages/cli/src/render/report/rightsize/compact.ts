import type { RightsizeReport } from "@ecs-cost/core";
import type { Selected } from "../../../select/selection.ts";
import type { Compact } from "../../document/compact.ts";
import { compactHead, compactName, compactNotes, compactSize } from "../shared/compact-parts.ts";

/** Advice on sizes in few words: size now and advised, what it saves, how sure it is, and why. */
export const rightsizeCompact = (report: Selected<RightsizeReport>): Compact => ({
  command: "rightsize",
  head: [
    ...compactHead(report),
    ["strategy", report.settings.strategy],
    ["total", report.totalMonthlyCost],
    ["advised", report.recommendedMonthlyCost],
    ["saving", report.monthlySaving],
    ["combined_saving", report.combinedMonthlySaving],
    ...(report.omitted === undefined ? [] : ([["omitted", `${report.omitted.services} services`]] as const)),
  ],
  tables: [
    {
      name: "services",
      columns: ["service", "advice", "size", "advised", "cost", "saving", "confidence", "risk"],
      rows: report.services.map((service) => [
        compactName(service),
        service.advice,
        compactSize(service.current),
        compactSize(service.recommended),
        service.monthlyCost,
        service.monthlySaving,
        service.confidence,
        service.performanceRisk,
      ]),
    },
    {
      name: "reasons",
      columns: ["service", "code", "detail"],
      rows: report.services.flatMap((service) =>
        service.reasons.map(({ code, detail }) => [compactName(service), code, detail]),
      ),
    },
    {
      name: "other_advice",
      columns: ["service", "code", "saving", "effort", "measured", "detail"],
      rows: report.services.flatMap((service) =>
        service.otherAdvice.map(({ code, monthlySaving, effort, measured, detail }) => [
          ...[compactName(service), code, monthlySaving],
          ...[effort, measured, detail],
        ]),
      ),
    },
    ...compactNotes(report),
  ],
});
