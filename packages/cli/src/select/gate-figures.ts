import type { CapacityReport, CompareReport, EstimateReport, LineItem } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { dollars } from "../render/document/figures.ts";
import type { CostReport } from "./cost-report.ts";
import { type Figure, figure, type NamedFigure, total, withLead } from "./figure.ts";
import type { GateFigures } from "./gates.ts";

/** Figures that every report has which prices what is shared. */
export const REPORT_FIGURES = {
  monthly: (report: CostReport) => figure(report.totalMonthlyCost, report.complete),
  totalMonthlyCost: (report: CostReport) => figure(report.totalMonthlyCost, report.complete),
  "shared.monthlyCost": ({ shared }: Pick<EstimateReport, "shared">) => figure(shared.monthlyCost, shared.complete),
  services: ({ services }: CostReport) => figure(new Decimal(services.length)),
  issues: ({ issues }: CostReport) => figure(new Decimal(issues.filter(({ severity }) => severity !== "info").length)),
};

const idOf = ({ cluster, name }: { readonly cluster: string; readonly name: string }): string => `${cluster}/${name}`;

export const ESTIMATE_GATES: GateFigures<EstimateReport> = {
  report: REPORT_FIGURES,
  service: {
    monthlyCost: ({ services }) =>
      services.map((service) => ({
        service: idOf(service),
        ...withLead(figure(service.monthlyCost, service.complete), dearestLine(service.lineItems)),
      })),
  },
};

/** The line that costs most, and what it costs. */
const dearestLine = (lines: readonly LineItem[]): string | undefined => {
  const [first] = [...lines].sort((a, b) => b.cost.comparedTo(a.cost) || (a.dimension < b.dimension ? -1 : 1));
  return first === undefined ? undefined : `${first.dimension} ${dollars(first.cost)}`;
};

const ofServices =
  (field: (service: CompareReport["services"][number]) => Decimal | null) =>
  ({ services }: CompareReport): readonly NamedFigure[] =>
    services.map((service) => ({ service: idOf(service), ...figure(field(service)) }));

/** Services whose monthly saving is not taken; those whose saving is not known may be among them. */
const unfollowed = (savings: readonly (Decimal | null)[]): Figure => ({
  known: new Decimal(savings.filter((saving) => saving?.greaterThan(0) === true).length),
  complete: !savings.includes(null),
  unit: "count",
});

const savings = ({ services }: CompareReport): Figure => total(services.map(({ monthlySaving }) => monthlySaving));

export const COMPARE_GATES: GateFigures<CompareReport> = {
  report: {
    ...REPORT_FIGURES,
    ...{ saving: savings, monthlySaving: savings },
    advice: ({ services }) => unfollowed(services.map(({ monthlySaving }) => monthlySaving)),
  },
  service: {
    monthlyCost: ofServices(({ current }) => current.monthlyCost),
    bestMonthlyCost: ofServices(({ bestMonthlyCost }) => bestMonthlyCost),
    monthlySaving: ofServices(({ monthlySaving }) => monthlySaving),
    saving: ofServices(({ monthlySaving }) => monthlySaving),
  },
};

/** Services that no strategy applies to have no figure, and none is missing of them. */
const ofAdvised =
  (field: (service: CapacityReport["services"][number]) => Decimal | null) =>
  ({ services }: CapacityReport): readonly NamedFigure[] =>
    services
      .filter(({ status }) => status !== "not-applicable")
      .map((service) => ({ service: idOf(service), ...figure(field(service)) }));

const saved = (report: CapacityReport): Figure => figure(report.monthlySaving, report.complete);

export const CAPACITY_GATES: GateFigures<CapacityReport> = {
  report: {
    monthly: ({ totalMonthlyCost, complete }) => figure(totalMonthlyCost, complete),
    totalMonthlyCost: ({ totalMonthlyCost, complete }) => figure(totalMonthlyCost, complete),
    todayMonthlyCost: ({ todayMonthlyCost, complete }) => figure(todayMonthlyCost, complete),
    saving: saved,
    monthlySaving: saved,
    advice: ({ services }) =>
      unfollowed(
        services.filter(({ status }) => status !== "not-applicable").map(({ monthlySaving }) => monthlySaving),
      ),
    services: ({ services }) => figure(new Decimal(services.length)),
    issues: ({ issues }) => figure(new Decimal(issues.filter(({ severity }) => severity !== "info").length)),
  },
  service: {
    monthlyCost: ofAdvised(({ monthlyCost }) => monthlyCost),
    todayMonthlyCost: ofAdvised(({ today }) => today?.monthlyCost ?? null),
    monthlySaving: ofAdvised(({ monthlySaving }) => monthlySaving),
    saving: ofAdvised(({ monthlySaving }) => monthlySaving),
    availability: ofAdvised(({ availability }) => availability.achieved),
    todayAvailability: ofAdvised(({ today }) => today?.achieved ?? null),
  },
};
