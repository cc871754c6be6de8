import type { ReviewReport } from "@ecs-cost/core";
import { counted, percent } from "../../../document/figures.ts";
import type { Money } from "../../../document/money.ts";
import { changeSentence, changeShare, monthName, periodBefore } from "../words.ts";
import { html, type Markup, NOTHING } from "./markup.ts";

/** The month in one look: its total, the change and why, and the figures that people ask for first. */
export const headline = (report: ReviewReport, money: Money): Markup => html`<header>
<h1>ECS costs of ${monthName(report.month)}</h1>
<p class="total">${money.plain(report.totalCost)}${changeChip(report, money)}${report.complete ? NOTHING : html`<span class="chip partly">month not complete</span>`}</p>
<p class="why">${changeSentence(report)}</p>
${cards(report, money)}</header>
`;

const changeChip = ({ change, previousCost }: ReviewReport, money: Money): Markup => {
  if (change === null || change.isZero()) return NOTHING;
  const share = changeShare(change, previousCost);
  return html` <span class="chip ${change.isNegative() ? "less" : "more"}">${money.signed(change)}${share === "" ? "" : ` (${share})`}</span>`;
};

const cards = (report: ReviewReport, money: Money): Markup => {
  const { previousCost, forecast, commitments, untagged, billTotal, findings, findingsSaving } = report;
  const before = periodBefore(report);
  const known = findings.filter(({ additionalSaving }) => additionalSaving !== null).length;
  return html`<dl class="cards">
${before === null ? NOTHING : card(capital(before), money.plain(previousCost))}
${findings.length === 0 ? NOTHING : card("Could be saved a month", money.plain(findingsSaving), `${counted(known, "finding")}, overlaps once`)}
${forecast === null ? NOTHING : card(`Forecast ${monthName(forecast.month)}`, money.plain(forecast.expected), `${money.plain(forecast.low)} to ${money.plain(forecast.high)}`)}
${commitments.coverage === null ? NOTHING : card("Covered by commitments", percent(commitments.coverage))}
${untagged === null ? NOTHING : card("Without an ECS service tag", untagged.share === null ? money.plain(untagged.cost) : percent(untagged.share), money.plain(untagged.cost))}
${card("Whole bill", money.plain(billTotal), "with everything else, credits and tax")}
</dl>
`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const card = (name: string, figure: string, note = ""): Markup =>
  html`<div><dt>${name}</dt><dd>${figure}${note === "" ? NOTHING : html`<small>${note}</small>`}</dd></div>`;
