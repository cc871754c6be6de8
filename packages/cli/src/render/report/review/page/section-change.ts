import type { ReviewReport } from "@ecs-cost/core";
import type { Money } from "../../../document/money.ts";
import { daysChart } from "./chart-days.ts";
import { moversChart } from "./chart-movers.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { pageTable } from "./page-table.ts";

/** Why the month differs from the one before: movers, causes and days that stand out. */
export const changeSection = (report: ReviewReport, money: Money): Markup => {
  const parts = [causes(report, money), moversChart(report, money), daysChart(report, money), anomalies(report, money)];
  return parts.every((part) => part === NOTHING)
    ? NOTHING
    : html`<section id="change"><h2>What changed</h2>\n${parts}</section>\n`;
};

const causes = ({ changeCauses, change }: ReviewReport, money: Money): Markup =>
  changeCauses === null || change === null
    ? NOTHING
    : html`<dl class="cards">
<div><dt>From quantity</dt><dd>${money.signed(changeCauses.quantity)}<small>more or less usage at the same rates</small></dd></div>
<div><dt>From price</dt><dd>${money.signed(changeCauses.price)}<small>other rates for the same usage</small></dd></div>
<div><dt>From mix</dt><dd>${money.signed(changeCauses.mix)}<small>another mix of what is used</small></dd></div>
<div><dt>Change</dt><dd>${money.signed(change)}<small>the sum of the three</small></dd></div>
</dl>
`;

const anomalies = ({ anomalies: all }: ReviewReport, money: Money): Markup =>
  all.length === 0
    ? NOTHING
    : html`<h3>Days that stand out</h3>
${pageTable({
  caption: "Days that stand out",
  columns: [
    { header: "Day", cell: ({ day }) => day },
    { header: "What", cell: ({ subject, detail }) => html`${subject}<br><span class="faint">${detail}</span>` },
    { header: "Cost", cell: ({ cost }) => money.plain(cost), amount: ({ cost }) => cost },
    {
      header: "Expected",
      minor: true,
      cell: ({ expected }) => money.plain(expected),
      amount: ({ expected }) => expected,
    },
    { header: "Excess", cell: ({ excess }) => money.signed(excess), amount: ({ excess }) => excess },
  ],
  rows: all,
})}`;
