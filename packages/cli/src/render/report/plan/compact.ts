import type { PlanReport } from "@ecs-cost/core";
import type { Selected } from "../../../select/selection.ts";
import type { Compact } from "../../document/compact.ts";
import { compactHead, compactName, compactNotes, compactSize } from "../shared/compact-parts.ts";

/** A plan in few words: its steps in order, and where every service runs before and after. */
export const planCompact = (report: Selected<PlanReport>): Compact => ({
  command: "plan",
  head: [
    ...compactHead(report),
    ["before", report.beforeMonthlyCost],
    ["after", report.afterMonthlyCost],
    ["saving", report.monthlySaving],
    ["lower_bound", report.lowerBound],
    ...(report.omitted === undefined ? [] : ([["omitted", `${report.omitted.services} services`]] as const)),
  ],
  tables: [
    {
      name: "steps",
      columns: ["step", "kind", "services", "saving", "effort", "risk", "detail", "undo"],
      rows: report.steps.map(({ kind, subjects, monthlySaving, effort, risk, detail, undo }, index) => [
        ...[index + 1, kind, subjects.join(",")],
        ...[monthlySaving, effort, risk, detail, undo],
      ]),
    },
    {
      name: "services",
      columns: ["service", "size", "option", "cost", "planned_size", "planned_option", "planned_cost"],
      rows: report.services.map((service) => [
        compactName(service),
        ...[compactSize(service.before.size), service.before.option, service.before.monthlyCost],
        ...[compactSize(service.size), service.option, service.monthlyCost],
      ]),
    },
    {
      name: "fleets",
      columns: ["fleet", "cluster", "instances", "services", "cost"],
      rows: report.fleets.map(({ id, cluster, instances, services, monthlyCost }) => [
        ...[id, cluster, instances.map(({ instanceType, count }) => `${count}x${instanceType}`).join(",")],
        ...[services.join(","), monthlyCost],
      ]),
    },
    {
      name: "commitments",
      columns: ["purchase", "saving", "taken"],
      rows: report.commitments.map(({ purchase, monthlySaving, taken }) => [purchase, monthlySaving, taken]),
    },
    ...compactNotes(report),
  ],
});
