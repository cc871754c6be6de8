import type { CommitmentAccount, CommitmentAdvice, ReviewReport } from "@ecs-cost/core";
import type { Decimal } from "@ecs-cost/core/estimate";
import { percent } from "../../../document/figures.ts";
import type { Money } from "../../../document/money.ts";
import { commitmentCurve } from "./chart-curve.ts";
import { forecastChart } from "./chart-forecast.ts";
import { commitmentMeters } from "./chart-meters.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { pageTable } from "./page-table.ts";

/** What the month that runs will cost. */
export const forecastSection = (report: ReviewReport, money: Money): Markup =>
  report.forecast === null
    ? NOTHING
    : html`<section id="forecast"><h2>Forecast</h2>\n${forecastChart(report, money)}</section>\n`;

const amountRows = (account: CommitmentAccount): readonly (readonly [string, Decimal | null])[] => [
  ["Fees, as billed", account.fees],
  ["Usage that they covered, amortised", account.covered],
  ["Paid and not used", account.unused],
];

/** Savings Plans and reservations: what they cover, what of them is used, and what to buy. */
export const commitmentsSection = ({ commitments, commitmentAdvice, currency }: ReviewReport, money: Money): Markup => {
  const has = !commitments.fees.isZero() || !commitments.covered.isZero();
  const curve = commitmentAdvice === null ? NOTHING : commitmentCurve(commitmentAdvice, currency, money);
  const meters = commitmentMeters(commitments);
  if (!has && curve === NOTHING && meters === NOTHING) return NOTHING;
  return html`<section id="commitments"><h2>Commitments</h2>
${meters}${
  has
    ? pageTable({
        caption: "Commitments of the month",
        columns: [
          { header: "What", cell: ([name]) => name },
          { header: "Amount", cell: ([, amount]) => money.plain(amount), amount: ([, amount]) => amount },
        ],
        rows: amountRows(commitments),
      })
    : NOTHING
}${curve}${commitmentAdvice === null ? NOTHING : plansTable(commitmentAdvice, money)}</section>
`;
};

const plansTable = ({ plans }: CommitmentAdvice, money: Money): Markup =>
  plans.length === 0
    ? NOTHING
    : html`<h3>The best of every plan</h3>
${pageTable({
  caption: "The best commitment of every plan",
  columns: [
    { header: "Plan", cell: ({ plan }) => plan },
    {
      header: "An hour",
      cell: ({ best }) => money.plain(best.hourlyCommitment),
      amount: ({ best }) => best.hourlyCommitment,
    },
    {
      header: "Saves a month",
      cell: ({ monthlySaving }) => money.plain(monthlySaving),
      amount: ({ monthlySaving }) => monthlySaving,
    },
    {
      header: "Used",
      minor: true,
      cell: ({ utilization }) => shareText(utilization),
      amount: ({ utilization }) => utilization,
    },
    { header: "Covers", minor: true, cell: ({ coverage }) => shareText(coverage), amount: ({ coverage }) => coverage },
    {
      header: "Rate not known",
      minor: true,
      cell: ({ withoutRate }) => (withoutRate.isZero() ? "" : percent(withoutRate)),
      amount: ({ withoutRate }) => withoutRate,
    },
  ],
  rows: plans,
})}`;

const shareText = (share: Decimal | null): string => (share === null ? "" : percent(share));
