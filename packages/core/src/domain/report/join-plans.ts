import { concatLines, costLines } from "../costing/costed-lines.ts";
import { type Decimal, ONE, sum, ZERO } from "../units/decimal.ts";
import { type JoinReports, oldestPrices, regionsOf, tailOf } from "./join-regions.ts";
import type { PlanReport } from "./plan-report.ts";

const sumOf = (reports: readonly PlanReport[], read: (report: PlanReport) => Decimal): Decimal =>
  sum(reports.map(read));

/** One plan out of those of several regions or accounts, which share nothing; there is at least one. */
export const joinPlans: JoinReports<PlanReport> = (reports) => {
  const [first] = reports;
  const { region: _, regions: __, ...head } = first;
  const afterMonthlyCost = sumOf(reports, (each) => each.afterMonthlyCost);
  const lowerBound = sumOf(reports, (each) => each.lowerBound);
  const steps = reports.flatMap((each) => each.steps);
  let saved: Decimal = ZERO;
  return {
    ...head,
    ...regionsOf(reports),
    prices: oldestPrices(reports),
    totalMonthlyCost: afterMonthlyCost,
    beforeMonthlyCost: sumOf(reports, (each) => each.beforeMonthlyCost),
    afterMonthlyCost,
    monthlySaving: sumOf(reports, (each) => each.monthlySaving),
    lowerBound,
    gap: gapOf(afterMonthlyCost, lowerBound),
    complete: reports.every(({ complete }) => complete),
    steps,
    frontier: steps.map(({ monthlySaving }, index) => {
      saved = saved.plus(monthlySaving);
      return { moves: index + 1, monthlySaving: saved };
    }),
    services: reports.flatMap(({ services }) => services),
    shared: {
      ...costLines(concatLines(reports.map(({ shared }) => shared))),
      complete: reports.every(({ shared }) => shared.complete),
    },
    fleets: reports.flatMap(({ fleets, region }) =>
      region === undefined ? fleets : fleets.map((fleet) => ({ ...fleet, region })),
    ),
    commitments: reports.flatMap(({ commitments }) => commitments),
    ...tailOf(reports),
  };
};

/** cost / bound - 1; 0 where the bound is 0. */
export const gapOf = (cost: Decimal, bound: Decimal): Decimal =>
  bound.greaterThan(ZERO) ? cost.div(bound).minus(ONE).toDecimalPlaces(6) : ZERO;
