import type { ReviewFinding, ReviewReport } from "@ecs-cost/core";
import { type Money, moneyIn } from "../../document/money.ts";
import { alongLine, changeSentence, changeShare, monthName, periodBefore } from "./words.ts";

/** A month in few lines, for a message. */
export interface ReviewDigest {
  readonly title: string;
  readonly lines: readonly string[];
  readonly budgets: readonly string[];
  readonly actions: readonly string[];
  readonly saving: string;
  readonly open: readonly string[];
}

const MOST_ACTIONS = 3;

/** What someone who does not open the report should know. */
export const reviewDigest = (report: ReviewReport): ReviewDigest => {
  const money = moneyIn(report.currency);
  const { findings, findingsSaving, lowConfidenceSaving, forecast, budgets = [] } = report;
  const first = findings.filter(({ state }) => (state ?? "open") === "open").slice(0, MOST_ACTIONS);
  const low = lowConfidenceSaving.isZero() ? "" : `, ${money.plain(lowConfidenceSaving)} more is less sure`;
  return {
    title: titleOf(report, money),
    lines: [
      ...alongLine(report, money),
      changeSentence(report),
      ...(forecast === null
        ? []
        : [
            `${monthName(forecast.month)} is expected to cost ${money.plain(forecast.expected)} (${money.plain(forecast.low)} to ${money.plain(forecast.high)}).`,
          ]),
    ],
    budgets: budgets.map(
      ({ name, spent, budget, expected, exceeded, onCourse }) =>
        `${name}: ${money.plain(spent)} of ${money.plain(budget)}, ${
          exceeded ? "exceeded" : onCourse ? "on course" : `on course to ${money.plain(expected)}`
        }`,
    ),
    actions: first.map((finding) => actionOf(finding, money)),
    saving: findings.length === 0 ? "" : `${money.plain(findingsSaving)} a month could be saved${low}.`,
    open: report.issues
      .filter(({ severity }) => severity !== "info")
      .map(({ subject, detail }) => `${subject}: ${detail}`),
  };
};

const titleOf = (report: ReviewReport, money: Money): string => {
  const { computeCost, previousComputeCost, month } = report;
  const before = periodBefore(report);
  const title = `${money.plain(computeCost)} for ECS in ${monthName(month)}`;
  if (previousComputeCost === null || before === null) return title;
  const change = computeCost.minus(previousComputeCost);
  const share = changeShare(change, previousComputeCost);
  return `${title}, ${money.signed(change)}${share === "" ? "" : ` (${share})`} against ${before}`;
};

const actionOf = ({ subject, action, monthlySaving, owner }: ReviewFinding, money: Money): string =>
  `${monthlySaving === null ? "" : `${money.plain(monthlySaving)}: `}${subject}: ${action}${owner ? ` (${owner})` : ""}`;
