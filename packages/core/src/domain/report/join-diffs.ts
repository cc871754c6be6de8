import { sum, ZERO } from "../units/decimal.ts";
import { largestFirst } from "./change-order.ts";
import type { CostChange, DiffReport, DiffSideReport } from "./diff-report.ts";
import { type JoinReports, oldestPrices, regionsOf, tailOf } from "./join-regions.ts";
import type { ProposedSizes } from "./proposed-size.ts";

const joinSides = (sides: readonly [DiffSideReport, ...DiffSideReport[]]): DiffSideReport => {
  const { region } = regionsOf(sides);
  return {
    of: sides[0].of,
    ...(region === undefined ? {} : { region }),
    prices: oldestPrices(sides),
    monthlyCost: sum(sides.map(({ monthlyCost }) => monthlyCost)),
    complete: sides.every(({ complete }) => complete),
    services: sides.reduce((total, { services }) => total + services, 0),
  };
};

const joinSizes = (all: readonly ProposedSizes[]): Pick<DiffReport, "sizing"> => {
  const [first] = all;
  if (first === undefined) return {};
  const count = (read: (sizes: ProposedSizes) => number): number => all.reduce((total, each) => total + read(each), 0);
  return {
    sizing: {
      settings: first.settings,
      ...{ fits: count(({ fits }) => fits), tooSmall: count(({ tooSmall }) => tooSmall) },
      ...{ tooLarge: count(({ tooLarge }) => tooLarge), unknown: count(({ unknown }) => unknown) },
      monthlySaving: all.every(({ monthlySaving }) => monthlySaving !== null)
        ? sum(all.map(({ monthlySaving }) => monthlySaving ?? ZERO))
        : null,
    },
  };
};

const inRegion = (region: string | undefined, changes: readonly CostChange[]): readonly CostChange[] =>
  region === undefined ? changes : changes.map((change) => ({ ...change, region: change.region ?? region }));

/** One difference out of those of several regions or accounts. */
export const joinDiffs: JoinReports<DiffReport> = (reports) => {
  const before = joinSides([reports[0].before, ...reports.slice(1).map((each) => each.before)]);
  const after = joinSides([reports[0].after, ...reports.slice(1).map((each) => each.after)]);
  const known = reports.every(({ monthlyChange }) => monthlyChange !== null);
  const monthlyChange = known ? after.monthlyCost.minus(before.monthlyCost) : null;
  const sizing = reports.flatMap((report) => report.sizing ?? []);
  return {
    ...{ schemaVersion: reports[0].schemaVersion, command: reports[0].command },
    ...regionsOf(reports),
    ...{ currency: reports[0].currency, hoursPerMonth: reports[0].hoursPerMonth, prices: oldestPrices(reports) },
    ...{ beforeMonthlyCost: before.monthlyCost, afterMonthlyCost: after.monthlyCost, monthlyChange },
    knownMonthlyChange: sum(reports.map((report) => report.knownMonthlyChange)),
    relativeChange:
      monthlyChange === null || before.monthlyCost.isZero() ? null : monthlyChange.div(before.monthlyCost),
    ...{ complete: before.complete && after.complete, before, after },
    changes: reports.flatMap(({ region, changes }) => inRegion(region, changes)).sort(largestFirst),
    unchangedServices: reports.reduce((total, report) => total + report.unchangedServices, 0),
    ...joinSizes(sizing),
    ...tailOf(reports),
  };
};
