import type { ReviewReport } from "@ecs-cost/core";
import { counted, percent } from "../../../document/figures.ts";
import type { Money } from "../../../document/money.ts";
import { alongLine, changeSentence, changeShare, monthName, periodBefore, shortSubject } from "../words.ts";
import { monthsChart } from "./chart-months.ts";
import { html, type Markup, NOTHING } from "./markup.ts";

/** The month in one look: its total, the change and why, and the figures that people ask for first. */
export const headline = (report: ReviewReport, money: Money): Markup => html`<header>
<h1>ECS costs of ${monthName(report.month)}</h1>
<p class="total">${money.plain(report.computeCost)}${changeChip(report, money)}${report.complete ? NOTHING : html`<span class="chip partly">month not complete</span>`}</p>
${alongLine(report, money).map(
  (line) => html`<p class="why">${line}</p>
`,
)}<p class="why">${changeSentence(report)}</p>
${cards(report, money)}${firstActions(report, money)}${overMonths(report, money)}</header>
`;

const overMonths = (report: ReviewReport, money: Money): Markup => {
  const chart = monthsChart(report, money);
  return chart === NOTHING ? NOTHING : html`<h2 class="first">Over the months</h2>${chart}`;
};

const changeChip = ({ computeCost, previousComputeCost }: ReviewReport, money: Money): Markup => {
  const change = previousComputeCost === null ? null : computeCost.minus(previousComputeCost);
  if (change === null || change.isZero()) return NOTHING;
  const share = changeShare(change, previousComputeCost);
  return html` <span class="chip ${change.isNegative() ? "less" : "more"}">${money.signed(change)}${share === "" ? "" : ` (${share})`}</span>`;
};

const cards = (report: ReviewReport, money: Money): Markup => {
  const { previousCost, forecast, commitments, untagged, billTotal, findings, findingsSaving, lowConfidenceSaving } =
    report;
  const before = periodBefore(report);
  const sure = findings.filter(
    ({ additionalSaving, confidence }) => additionalSaving !== null && confidence !== "low",
  ).length;
  const less = lowConfidenceSaving.isZero() ? "" : `; ${money.plain(lowConfidenceSaving)} more that is less sure`;
  return html`<dl class="cards">
${before === null ? NOTHING : card(capital(before), money.plain(previousCost))}
${findings.length === 0 ? NOTHING : card("Could be saved a month", money.plain(findingsSaving), `${counted(sure, "finding")} at least medium sure, overlaps once${less}`)}
${forecast === null ? NOTHING : card(`Forecast ${monthName(forecast.month)}`, money.plain(forecast.expected), `${money.plain(forecast.low)} to ${money.plain(forecast.high)}`)}
${budgetCards(report, money)}
${commitments.coverage === null ? NOTHING : card("Covered by commitments", percent(commitments.coverage))}
${untagged === null ? NOTHING : card("Without an ECS service tag", untagged.share === null ? money.plain(untagged.cost) : percent(untagged.share), money.plain(untagged.cost))}
${card("Whole bill", money.plain(billTotal), "with everything else, credits and tax")}
</dl>
`;
};

const MOST_ACTIONS = 3;

/** What to do, in three lines, with who does it. */
const firstActions = ({ findings }: ReviewReport, money: Money): Markup => {
  const open = findings.filter(({ state }) => (state ?? "open") === "open").slice(0, MOST_ACTIONS);
  if (open.length === 0) return NOTHING;
  const lines = open.map(
    ({ subject, action, monthlySaving, owner }) =>
      html`<li><b>${shortSubject(subject)}</b>: ${action}${monthlySaving === null ? NOTHING : html` <b>${money.plain(monthlySaving)}</b> a month.`} <span class="faint">${owner ? owner : "No owner yet."}</span></li>`,
  );
  return html`<h2 class="first">Do first</h2><ol class="first">${lines}</ol>`;
};

/** The state of each budget. */
const budgetCards = ({ budgets = [] }: ReviewReport, money: Money): readonly Markup[] =>
  budgets.map(({ name, budget, spent, expected, exceeded, onCourse }) =>
    card(
      `Budget ${name}`,
      `${money.plain(spent)} of ${money.plain(budget)}`,
      exceeded ? "exceeded" : onCourse ? "on course" : `on course to ${money.plain(expected)}`,
    ),
  );

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const card = (name: string, figure: string, note = ""): Markup =>
  html`<div><dt>${name}</dt><dd>${figure}${note === "" ? NOTHING : html`<small>${note}</small>`}</dd></div>`;
