import type { PlannedService, PlanReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { usageError } from "../program/usage-error.ts";
import { type Fields, IDENTITY } from "./fields.ts";
import { type Figure, figure, type NamedFigure } from "./figure.ts";
import { REPORT_FIGURES } from "./gate-figures.ts";
import type { GateFigures } from "./gates.ts";
import { dearestFirst, type GroupBy, keyOf, type SavingGroup } from "./groups.ts";
import { issuesOf, type Selected, sumKnown } from "./selection.ts";

export const PLAN_FIELDS: Fields<PlannedService> = {
  ...IDENTITY,
  option: ({ option }) => option,
  today: ({ before }) => before.option,
  changed: ({ changed }) => String(changed),
  todayMonthlyCost: ({ before }) => before.monthlyCost,
  monthlyCost: ({ monthlyCost }) => monthlyCost,
  monthlySaving: ({ monthlySaving }) => monthlySaving,
  complete: ({ complete }) => String(complete),
};

const idOf = ({ cluster, name }: PlannedService): string => `${cluster}/${name}`;

const ofServices =
  (field: (service: PlannedService) => Decimal | null) =>
  ({ services }: PlanReport): readonly NamedFigure[] =>
    services.map((service) => ({ service: idOf(service), ...figure(field(service)) }));

const saving = ({ monthlySaving, complete }: PlanReport): Figure => figure(monthlySaving, complete);

export const PLAN_GATES: GateFigures<PlanReport> = {
  report: {
    ...REPORT_FIGURES,
    ...{ saving, monthlySaving: saving },
    beforeMonthlyCost: ({ beforeMonthlyCost, complete }) => figure(beforeMonthlyCost, complete),
    afterMonthlyCost: ({ afterMonthlyCost, complete }) => figure(afterMonthlyCost, complete),
    steps: ({ steps }) => figure(new Decimal(steps.length)),
  },
  service: {
    monthlyCost: ofServices(({ monthlyCost }) => monthlyCost),
    todayMonthlyCost: ofServices(({ before }) => before.monthlyCost),
    monthlySaving: ofServices(({ monthlySaving }) => monthlySaving),
    saving: ofServices(({ monthlySaving }) => monthlySaving),
  },
};

/** The services that pass. Steps, fleets and totals stay those of the whole plan: they cannot be had in parts. */
export const filterPlan = (report: PlanReport, passes: (service: PlannedService) => boolean): Selected<PlanReport> => {
  const services = report.services.filter(passes);
  return { ...report, services, issues: issuesOf(report.issues, report.services, services), filtered: true };
};

/** Costs today and under the plan put together; what is shared is no part of it. */
export const groupPlan = ({ services }: PlanReport, by: GroupBy): readonly SavingGroup[] => {
  if (by.kind === "dimension") throw usageError("--group-by dimension is for estimate: a move changes several of them");
  return dearestFirst(
    [...Map.groupBy(services, (service) => keyOf(service, by))].map(([key, group]) => ({
      key,
      monthlyCost: sumKnown(group.map(({ before }) => before.monthlyCost)),
      complete: group.every(({ complete }) => complete),
      services: group.length,
      bestMonthlyCost: sumKnown(group.map(({ monthlyCost }) => monthlyCost)),
      monthlySaving: sumKnown(group.map(({ monthlySaving }) => monthlySaving)),
    })),
  );
};
