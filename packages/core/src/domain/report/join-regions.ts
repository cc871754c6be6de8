import { concatLines, costLines } from "../costing/costed-lines.ts";
import type { Issue } from "../issues/issue.ts";
import { createNotes } from "../issues/notes.ts";
import { type Decimal, sum } from "../units/decimal.ts";
import type { CapacityReport } from "./capacity-report.ts";
import type { CompareReport, EstimateReport, FleetReport, ReportEnvelope } from "./report.ts";
import type { BacktestReport, RightsizeReport, StrategyBacktest, StrategyComparison } from "./rightsize-report.ts";

/** What every report begins with, of several regions. */
type Head<R extends ReportEnvelope<string>> = Pick<R, "schemaVersion" | "command" | "currency" | "hoursPerMonth"> &
  Pick<ReportEnvelope<string>, "region" | "regions" | "prices" | "rateCard">;

/** The regions of reports, each once and in order; `region` where it is one. */
export const regionsOf = (
  reports: readonly Pick<ReportEnvelope<string>, "region" | "regions">[],
): Pick<ReportEnvelope<string>, "region" | "regions"> => {
  const all = [...new Set(reports.flatMap(({ region, regions }) => regions ?? region ?? []))].sort();
  const [only, ...others] = all;
  return only !== undefined && others.length === 0 ? { region: only } : { regions: all };
};

/** The prices of several reports are as old as the oldest of them. */
export const oldestPrices = (
  reports: readonly Pick<ReportEnvelope<string>, "prices">[],
): ReportEnvelope<string>["prices"] =>
  reports.map(({ prices }) => prices).reduce((oldest, prices) => (prices.asOf < oldest.asOf ? prices : oldest));

const headOf = <R extends ReportEnvelope<string>>(first: R, reports: readonly R[]): Head<R> => ({
  ...{ schemaVersion: first.schemaVersion, command: first.command },
  ...{ currency: first.currency, hoursPerMonth: first.hoursPerMonth },
  ...regionsOf(reports),
  prices: oldestPrices(reports),
  ...(first.rateCard === undefined ? {} : { rateCard: first.rateCard }),
});

/** A series that a service of one region has is not unmatched for the others. */
const isTold = (issue: Issue, reports: readonly ReportEnvelope<string>[]): boolean =>
  issue.code !== "unmatched-metrics" ||
  reports.every(({ issues }) => issues.some(({ code, subject }) => code === issue.code && subject === issue.subject));

/** What all reports tell, once. */
export const tailOf = (
  reports: readonly ReportEnvelope<string>[],
): Pick<ReportEnvelope<string>, "assumptions" | "issues"> => {
  const notes = createNotes();
  for (const { assumptions, issues } of reports) {
    for (const assumption of assumptions) notes.assume(assumption);
    for (const issue of issues) if (isTold(issue, reports)) notes.report(issue);
  }
  return { assumptions: notes.assumptions(), issues: notes.issues() };
};

/** Sum of what is known, null where nothing is. */
const knownSum = (values: readonly (Decimal | null)[]): Decimal | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
};

const complete = (reports: readonly { readonly complete: boolean }[]): boolean =>
  reports.every((each) => each.complete);

const linesOf = (reports: readonly Pick<EstimateReport, "shared">[]): EstimateReport["shared"] => ({
  ...costLines(concatLines(reports.map(({ shared }) => shared))),
  complete: reports.every(({ shared }) => shared.complete),
});

const placed = (region: string | undefined, fleets: readonly FleetReport[]): readonly FleetReport[] =>
  region === undefined ? fleets : fleets.map((fleet) => ({ ...fleet, region }));

const fleetsOf = (reports: readonly Pick<EstimateReport, "fleets" | "region">[]): readonly FleetReport[] =>
  reports.flatMap(({ fleets, region }) => placed(region, fleets));

type Totals = Pick<EstimateReport, "totalMonthlyCost" | "listMonthlyCost" | "converted" | "complete">;

const totalsOf = (reports: readonly [Totals, ...Totals[]]): Totals => {
  const totalMonthlyCost = knownSum(reports.map((report) => report.totalMonthlyCost));
  const isDiscounted = reports.some(({ listMonthlyCost }) => listMonthlyCost !== undefined);
  const list = knownSum(reports.map((report) => report.listMonthlyCost ?? report.totalMonthlyCost));
  const [{ converted }] = reports;
  return {
    totalMonthlyCost,
    ...(isDiscounted && list !== null ? { listMonthlyCost: list } : {}),
    ...(converted === undefined
      ? {}
      : { converted: { ...converted, totalMonthlyCost: totalMonthlyCost?.times(converted.perUsd) ?? null } }),
    complete: complete(reports),
  };
};

/** One report out of those of several regions or accounts; there is at least one. */
export type JoinReports<R> = (reports: readonly [R, ...R[]]) => R;

export const joinEstimates: JoinReports<EstimateReport> = (reports) => ({
  ...headOf(reports[0], reports),
  ...totalsOf(reports),
  services: reports.flatMap(({ services }) => services),
  shared: linesOf(reports),
  fleets: fleetsOf(reports),
  ...resourcesOf(reports),
  ...tailOf(reports),
});

/** What becomes of the resources is told once for all inputs. */
const resourcesOf = (reports: readonly EstimateReport[]): Pick<EstimateReport, "resources"> => {
  const resources = reports.flatMap((report) => report.resources ?? []);
  return resources.length === 0 ? {} : { resources };
};

/** Ways out of a VPC are compared within a region; with several it is left open which is meant. */
const connectivityOf = (reports: readonly CompareReport[]): Pick<CompareReport, "connectivity"> => {
  const found = reports.flatMap(({ connectivity }) => connectivity ?? []);
  return { connectivity: found.length === 1 ? (found[0] ?? null) : null };
};

export const joinComparisons: JoinReports<CompareReport> = (reports) => ({
  ...headOf(reports[0], reports),
  ...totalsOf(reports),
  services: reports.flatMap(({ services }) => services),
  shared: linesOf(reports),
  fleets: fleetsOf(reports),
  ...connectivityOf(reports),
  ...tailOf(reports),
});

export const joinCapacities: JoinReports<CapacityReport> = (reports) => ({
  ...headOf(reports[0], reports),
  settings: reports[0].settings,
  totalMonthlyCost: knownSum(reports.map(({ totalMonthlyCost }) => totalMonthlyCost)),
  todayMonthlyCost: knownSum(reports.map(({ todayMonthlyCost }) => todayMonthlyCost)),
  monthlySaving: knownSum(reports.map(({ monthlySaving }) => monthlySaving)),
  complete: complete(reports),
  services: reports.flatMap(({ services }) => services),
  ...tailOf(reports),
});

const sumOf = <R>(reports: readonly R[], read: (report: R) => Decimal): Decimal => sum(reports.map(read));
const countOf = <R>(reports: readonly R[], read: (report: R) => number): number =>
  reports.reduce((total, report) => total + read(report), 0);

const joinStrategies = (all: readonly StrategyComparison[]): readonly StrategyComparison[] =>
  [...Map.groupBy(all, ({ strategy }) => strategy)].map(([strategy, same]) => ({
    strategy,
    summary: same[0]?.summary ?? "",
    resize: countOf(same, ({ resize }) => resize),
    keep: countOf(same, ({ keep }) => keep),
    withheld: countOf(same, ({ withheld }) => withheld),
    recommendedMonthlyCost: sumOf(same, ({ recommendedMonthlyCost }) => recommendedMonthlyCost),
    monthlySaving: sumOf(same, ({ monthlySaving }) => monthlySaving),
  }));

const joinRisks = (all: StrategyBacktest["byRisk"]): StrategyBacktest["byRisk"] =>
  [...Map.groupBy(all, ({ risk }) => risk)].map(([risk, same]) => ({
    risk,
    judged: countOf(same, ({ judged }) => judged),
    failed: countOf(same, ({ failed }) => failed),
  }));

/** The cost over that of the smallest sizes is known for one region only: its parts are not in the report. */
const joinTests = (all: readonly StrategyBacktest[]): readonly StrategyBacktest[] =>
  [...Map.groupBy(all, ({ strategy }) => strategy)].map(([strategy, same]) => {
    const judged = same.filter(({ costOverOracle }) => costOverOracle !== null);
    return {
      strategy,
      judged: countOf(same, (test) => test.judged),
      cpuJudged: countOf(same, (test) => test.cpuJudged),
      memoryJudged: countOf(same, (test) => test.memoryJudged),
      withheld: countOf(same, (test) => test.withheld),
      costOverOracle: judged.length === 1 ? (judged[0]?.costOverOracle ?? null) : null,
      shortOfCpu: countOf(same, (test) => test.shortOfCpu),
      overMemory: countOf(same, (test) => test.overMemory),
      overKnownMemory: countOf(same, (test) => test.overKnownMemory),
      promisedShortOfCpu: countOf(same, (test) => test.promisedShortOfCpu),
      promisedOverMemory: countOf(same, (test) => test.promisedOverMemory),
      byRisk: joinRisks(same.flatMap(({ byRisk }) => byRisk)),
    };
  });

const joinBacktests = (all: readonly BacktestReport[]): Pick<RightsizeReport, "backtest"> => {
  const [first] = all;
  if (first === undefined) return {};
  return { backtest: { ...first, strategies: joinTests(all.flatMap(({ strategies }) => strategies)) } };
};

export const joinRightsizings: JoinReports<RightsizeReport> = (reports) => {
  const strategies = reports.flatMap((report) => report.strategies ?? []);
  return {
    ...headOf(reports[0], reports),
    settings: reports[0].settings,
    totalMonthlyCost: sumOf(reports, ({ totalMonthlyCost }) => totalMonthlyCost),
    recommendedMonthlyCost: sumOf(reports, ({ recommendedMonthlyCost }) => recommendedMonthlyCost),
    monthlySaving: sumOf(reports, ({ monthlySaving }) => monthlySaving),
    combinedMonthlySaving: sumOf(reports, ({ combinedMonthlySaving }) => combinedMonthlySaving),
    complete: complete(reports),
    advice: {
      resize: countOf(reports, ({ advice }) => advice.resize),
      keep: countOf(reports, ({ advice }) => advice.keep),
      withheld: countOf(reports, ({ advice }) => advice.withheld),
    },
    services: reports.flatMap(({ services }) => services),
    shared: linesOf(reports),
    fleets: fleetsOf(reports),
    recommendedFleets: reports.flatMap(({ recommendedFleets, region }) => placed(region, recommendedFleets)),
    ...(strategies.length === 0 ? {} : { strategies: joinStrategies(strategies) }),
    ...joinBacktests(reports.flatMap(({ backtest }) => backtest ?? [])),
    ...tailOf(reports),
  };
};
