import type { ReviewFinding, ReviewReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { Money } from "../../../document/money.ts";
import { shortSubject } from "../words.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { type PageColumn, pageTable } from "./page-table.ts";

/** What to do first: the findings, the largest saving first. */
export const findingsSection = (report: ReviewReport, money: Money): Markup => {
  const { findings, findingsSaving, lowConfidenceSaving } = report;
  if (findings.length === 0) return NOTHING;
  return html`<section id="findings" class="wide-text"><h2>What to do first</h2>
<p class="faint minor">“Adds” is what a finding saves after the ones above it, so that nothing is counted twice.</p>
${pageTable({
  caption: "Findings",
  filter: "filter-findings",
  columns: columnsOf(money),
  rows: findings,
  footer: [
    ["Together, at least medium sure", money.plain(findingsSaving), money.plain(findingsSaving), "", ""],
    ...(lowConfidenceSaving.isZero()
      ? []
      : [["Together, less sure", money.plain(lowConfidenceSaving), money.plain(lowConfidenceSaving), "", ""]]),
  ],
})}</section>
`;
};

const LEVELS = ["low", "medium", "high"];
const levelOf = (level: string): Decimal => new Decimal(LEVELS.indexOf(level));

const columnsOf = (money: Money): readonly PageColumn<ReviewFinding>[] => [
  { header: "What to do", cell: whatToDo },
  {
    header: "Saves a month",
    cell: ({ monthlySaving }) => money.plain(monthlySaving),
    amount: ({ monthlySaving }) => monthlySaving,
  },
  {
    header: "Adds",
    minor: true,
    cell: ({ additionalSaving }) => money.plain(additionalSaving),
    amount: ({ additionalSaving }) => additionalSaving,
  },
  { header: "Effort", minor: true, cell: ({ effort }) => effort, amount: ({ effort }) => levelOf(effort) },
  {
    header: "Sure",
    minor: true,
    cell: ({ confidence }) => confidence,
    amount: ({ confidence }) => levelOf(confidence),
  },
];

const whatToDo = ({ action, subject, detail, code, effort, confidence, owner, state }: ReviewFinding): Markup =>
  html`<b>${shortSubject(subject)}</b>: ${action}${owner || (state ?? "open") !== "open" ? html` <span class="strong">(${[owner ?? "", state ?? ""].filter((part) => part !== "").join(", ")})</span>` : NOTHING}<details><summary>Details</summary><span class="faint">${subject === shortSubject(subject) ? "" : `${subject}: `}${detail} (${code})</span></details><span class="phone faint">Effort ${effort}, confidence ${confidence}</span>`;
