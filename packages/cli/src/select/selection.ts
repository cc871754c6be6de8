import type { CapacityReport, CompareReport, CostedLines, EstimateReport, Issue } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { ReportedService } from "./fields.ts";

/** What `--top` left out of a printed report; totals still count it. */
interface Omitted {
  readonly services: number;
  readonly monthlyCost: Decimal;
}

/** A report of chosen services. `filtered` and `omitted` stand only where something was left out. */
export type Selected<R> = R & { readonly filtered?: true; readonly omitted?: Omitted };

/** What is shared belongs to none of the services that a filter leaves. */
export const NOTHING_SHARED: CostedLines = { monthlyCost: new Decimal(0), complete: true, lineItems: [], unpriced: [] };

/** Sum of what is known. */
export const sumKnown = (costs: readonly (Decimal | null)[]): Decimal =>
  costs.reduce<Decimal>((sum, cost) => (cost === null ? sum : sum.plus(cost)), new Decimal(0));

/** The same, null where there are costs and not one is known. */
const totalOrUnknown = (costs: readonly (Decimal | null)[]): Decimal | null =>
  costs.length > 0 && costs.every((cost) => cost === null) ? null : sumKnown(costs);

const idOf = ({ cluster, name }: { readonly cluster: string; readonly name: string }): string => `${cluster}/${name}`;

/** Issues of the services that stay, and those that are about no service. */
export const issuesOf = (
  issues: readonly Issue[],
  all: readonly ReportedService[],
  kept: readonly ReportedService[],
): readonly Issue[] => {
  const stays = new Set(kept.map(idOf));
  const gone = new Set(all.map(idOf).filter((id) => !stays.has(id)));
  return issues.filter(({ subject }) => !gone.has(subject));
};

/** An estimate of the services that pass: totals are theirs, and what is shared belongs to none of them. */
export const filterEstimate = (
  report: EstimateReport,
  passes: (service: EstimateReport["services"][number]) => boolean,
): Selected<EstimateReport> => {
  const services = report.services.filter(passes);
  const names = new Set(services.map(({ name }) => name));
  return {
    ...report,
    totalMonthlyCost: totalOrUnknown(services.map(({ monthlyCost }) => monthlyCost)),
    complete: services.every(({ complete }) => complete),
    services,
    shared: NOTHING_SHARED,
    fleets: report.fleets.filter((fleet) => fleet.services.some((name) => names.has(name))),
    issues: issuesOf(report.issues, report.services, services),
    filtered: true,
  };
};

/** The same for a comparison; ways to connect are priced for all services together and left out. */
export const filterComparison = (
  report: CompareReport,
  passes: (service: CompareReport["services"][number]) => boolean,
): Selected<CompareReport> => {
  const services = report.services.filter(passes);
  const names = new Set(services.map(({ name }) => name));
  const costs = services.map(({ current }) => current.monthlyCost);
  return {
    ...report,
    totalMonthlyCost: totalOrUnknown(costs),
    complete: services.every(({ current }) => current.complete),
    services,
    shared: NOTHING_SHARED,
    fleets: report.fleets.filter((fleet) => fleet.services.some((name) => names.has(name))),
    connectivity: null,
    issues: issuesOf(report.issues, report.services, services),
    filtered: true,
  };
};

/** The same for strategies. */
export const filterCapacity = (
  report: CapacityReport,
  passes: (service: CapacityReport["services"][number]) => boolean,
): Selected<CapacityReport> => {
  const services = report.services.filter(passes);
  return {
    ...report,
    totalMonthlyCost: totalOrUnknown(services.map(({ monthlyCost }) => monthlyCost)),
    todayMonthlyCost: totalOrUnknown(services.map(({ today }) => today?.monthlyCost ?? null)),
    monthlySaving: totalOrUnknown(services.map(({ monthlySaving }) => monthlySaving)),
    complete: services.every(({ status }) => status !== "unknown"),
    services,
    issues: issuesOf(report.issues, report.services, services),
    filtered: true,
  };
};

type Measure<S> = (service: S) => Decimal | null;

/** Services by a figure, largest first, unknown ones at the end, then by cluster and name. */
export const largestFirst = <S extends ReportedService>(services: readonly S[], measure: Measure<S>): readonly S[] =>
  services
    .map((service) => ({ service, figure: measure(service), id: idOf(service) }))
    .sort((a, b) => compareFigures(a.figure, b.figure) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map(({ service }) => service);

const compareFigures = (a: Decimal | null, b: Decimal | null): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return b.comparedTo(a);
};

/** The `count` services with the largest figure; totals keep counting the others. */
export const topOf = <S extends ReportedService, R extends { readonly services: readonly S[] }>(
  report: R,
  count: number,
  measure: Measure<S>,
  costOf: Measure<S>,
): Selected<R> => {
  if (report.services.length <= count) return report;
  const ordered = largestFirst(report.services, measure);
  const left = ordered.slice(count);
  return {
    ...report,
    services: ordered.slice(0, count),
    omitted: { services: left.length, monthlyCost: sumKnown(left.map(costOf)) },
  };
};
