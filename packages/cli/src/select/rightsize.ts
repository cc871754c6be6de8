import type { RightsizeReport, ServiceRightsizing } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { usageError } from "../program/usage-error.ts";
import { type Fields, IDENTITY, numberOrNull } from "./fields.ts";
import { type Figure, figure, type NamedFigure, total } from "./figure.ts";
import { REPORT_FIGURES } from "./gate-figures.ts";
import type { GateFigures } from "./gates.ts";
import { dearestFirst, type GroupBy, keyOf, type SavingGroup } from "./groups.ts";
import { issuesOf, NOTHING_SHARED, type Selected, sumKnown } from "./selection.ts";

export const RIGHTSIZE_FIELDS: Fields<ServiceRightsizing> = {
  ...IDENTITY,
  runsOn: ({ runsOn }) => runsOn.join(" "),
  advice: ({ advice }) => advice,
  recommendedCpu: ({ recommended }) => numberOrNull(recommended?.cpu ?? null),
  recommendedMemory: ({ recommended }) => numberOrNull(recommended?.memory ?? null),
  monthlyCost: ({ monthlyCost }) => monthlyCost,
  recommendedMonthlyCost: ({ recommendedMonthlyCost }) => recommendedMonthlyCost,
  monthlySaving: ({ monthlySaving }) => monthlySaving,
  combinedMonthlySaving: ({ combined }) => combined.monthlySaving,
  confidence: ({ confidence }) => confidence,
  performanceRisk: ({ performanceRisk }) => performanceRisk,
  idle: ({ idle }) => String(idle),
  bindingDimension: ({ bindingDimension }) => bindingDimension,
  complete: ({ complete }) => String(complete),
  reason: ({ reasons }) => reasons[0]?.code ?? "",
};

const idOf = ({ cluster, name }: ServiceRightsizing): string => `${cluster}/${name}`;

const ofServices =
  (field: (service: ServiceRightsizing) => Decimal | null) =>
  ({ services }: RightsizeReport): readonly NamedFigure[] =>
    services.map((service) => ({ service: idOf(service), ...figure(field(service)) }));

const savings = ({ services }: RightsizeReport): Figure => total(services.map(({ monthlySaving }) => monthlySaving));

const counted =
  (advice: ServiceRightsizing["advice"]) =>
  ({ services }: RightsizeReport): Figure =>
    figure(new Decimal(services.filter((service) => service.advice === advice).length));

export const RIGHTSIZE_GATES: GateFigures<RightsizeReport> = {
  report: {
    ...REPORT_FIGURES,
    saving: savings,
    monthlySaving: savings,
    combinedMonthlySaving: ({ services }) => total(services.map(({ combined }) => combined.monthlySaving)),
    ...{ advice: counted("resize"), resize: counted("resize") },
    keep: counted("keep"),
    withheld: counted("withheld"),
    idle: ({ services }) => figure(new Decimal(services.filter(({ idle }) => idle).length)),
    tooSmall: ({ services }) => figure(new Decimal(services.filter(isTooSmall).length)),
  },
  service: {
    monthlyCost: ofServices(({ monthlyCost }) => monthlyCost),
    recommendedMonthlyCost: ofServices(({ recommendedMonthlyCost }) => recommendedMonthlyCost),
    monthlySaving: ofServices(({ monthlySaving }) => monthlySaving),
    saving: ofServices(({ monthlySaving }) => monthlySaving),
    combinedMonthlySaving: ofServices(({ combined }) => combined.monthlySaving),
  },
};

const isTooSmall = ({ reasons }: ServiceRightsizing): boolean =>
  reasons.some(({ code }) => code === "under-provisioned");

/** Advice on the services that pass: totals are theirs, and what is shared belongs to none of them. */
export const filterRightsizing = (
  report: RightsizeReport,
  passes: (service: ServiceRightsizing) => boolean,
): Selected<RightsizeReport> => {
  const services = report.services.filter(passes);
  const names = new Set(services.map(({ name }) => name));
  const hasOne = (fleet: RightsizeReport["fleets"][number]): boolean => fleet.services.some((name) => names.has(name));
  const costs = services.map(({ monthlyCost }) => monthlyCost);
  const monthlySaving = sumKnown(services.map((service) => service.monthlySaving));
  return {
    ...report,
    totalMonthlyCost: sumKnown(costs),
    recommendedMonthlyCost: sumKnown(costs).minus(monthlySaving),
    monthlySaving,
    combinedMonthlySaving: sumKnown(services.map(({ combined }) => combined.monthlySaving)),
    complete: services.every((service) => service.complete && service.monthlySaving !== null),
    advice: {
      resize: services.filter(({ advice }) => advice === "resize").length,
      keep: services.filter(({ advice }) => advice === "keep").length,
      withheld: services.filter(({ advice }) => advice === "withheld").length,
    },
    services,
    shared: NOTHING_SHARED,
    fleets: report.fleets.filter(hasOne),
    recommendedFleets: report.recommendedFleets.filter(hasOne),
    issues: issuesOf(report.issues, report.services, services),
    filtered: true,
  };
};

/** Costs and savings put together; what is shared is no part of it. */
export const groupRightsizing = ({ services }: RightsizeReport, by: GroupBy): readonly SavingGroup[] => {
  if (by.kind === "dimension") throw usageError("--group-by dimension is for estimate: a size changes several of them");
  return dearestFirst(
    [...Map.groupBy(services, (service) => keyOf(service, by))].map(([key, group]) => {
      const monthlyCost = sumKnown(group.map((service) => service.monthlyCost));
      const monthlySaving = sumKnown(group.map((service) => service.monthlySaving));
      return {
        key,
        monthlyCost,
        complete: group.every((service) => service.complete && service.monthlySaving !== null),
        services: group.length,
        bestMonthlyCost: monthlyCost.minus(monthlySaving),
        monthlySaving,
      };
    }),
  );
};
