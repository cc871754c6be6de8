import type { CommitmentAdvice, ReviewReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { Block, Cell } from "../../document/document.ts";
import { counted, percent } from "../../document/figures.ts";
import type { Money } from "../../document/money.ts";
import { monthName } from "./words.ts";

/** What the month that runs will cost, and what commitments do. */
export const outlookBlocks = (report: ReviewReport, money: Money): readonly Block[] => [
  { kind: "lines", heading: "Forecast", lines: forecastLines(report, money) },
  { kind: "lines", heading: "Commitments", bullets: true, lines: commitmentLines(report, money) },
];

const forecastLines = ({ forecast }: ReviewReport, money: Money): readonly Cell[] => {
  if (forecast === null) return [];
  const { month, expected, low, high, confidence, monthToDate, days, method } = forecast;
  const soFar = days === 0 ? "" : ` So far ${money.plain(monthToDate)} in ${counted(days, "day")}.`;
  return [
    `${monthName(month)}: ${money.plain(expected)} expected, ${money.plain(low)} to ${money.plain(high)} with ${percent(new Decimal(confidence))} confidence.${soFar}`,
    { text: method, tone: "faint" },
  ];
};

const commitmentLines = ({ commitments, commitmentAdvice }: ReviewReport, money: Money): readonly Cell[] => {
  const { fees, covered, unused, coverage, utilization } = commitments;
  const paid =
    fees.isZero() && covered.isZero()
      ? []
      : [
          `Paid ${money.plain(fees)} in fees; they covered usage of ${money.plain(covered)}; not used: ${money.plain(unused)}.`,
        ];
  const shares = [
    ...(coverage === null ? [] : [`${percent(coverage)} of what a plan could cover is covered`]),
    ...(utilization === null ? [] : [`${percent(utilization)} of what was paid is used`]),
  ];
  const advice =
    commitmentAdvice === null
      ? []
      : commitmentAdvice.best.hourlyCommitment.isZero()
        ? [`${commitmentAdvice.plan}: buying more would cost more${ofTheRest(commitmentAdvice)}.`]
        : [
            `${commitmentAdvice.plan}: the least cost is at ${money.plain(commitmentAdvice.best.hourlyCommitment)} an hour, which saves ${money.plain(commitmentAdvice.monthlySaving)} a month${ofTheRest(commitmentAdvice)}.`,
          ];
  return [...paid, ...(shares.length === 0 ? [] : [`${shares.join("; ")}.`]), ...advice];
};

/** How much of the usage the advice does not know. */
const ofTheRest = ({ withoutRate }: CommitmentAdvice): string =>
  withoutRate.isZero() ? "" : `, as far as rates are known: not for ${percent(withoutRate)} of the cost on demand`;
