import type { BilledLine, ReconciledLine, ReviewReport, UnplacedLine } from "@ecs-cost/core";
import type { Decimal } from "@ecs-cost/core/estimate";
import { quantityOf, rateOf } from "../../../document/figures.ts";
import type { Money } from "../../../document/money.ts";
import { launchName } from "../words.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { type PageColumn, pageTable } from "./page-table.ts";

/** How the review adds up to the bill, what could not be placed, and every line. */
export const billSection = (
  report: ReviewReport,
  money: Money,
): Markup => html`<section id="bill"><h2>How it adds up to the bill</h2>
${sumTable(report, money)}
${unplaced(report, money)}
${
  report.lineItems.length === 0
    ? NOTHING
    : html`<details><summary>Every line of the ECS part</summary>${linesTable(report, money)}</details>`
}
</section>
`;

const sumTable = (report: ReviewReport, money: Money): Markup => {
  const { totalCost, unplaced: open, other, credits, refunds, tax, billTotal } = report;
  const rows: readonly (readonly [string, Decimal])[] = [
    ["ECS and what comes along", totalCost],
    ["Not placed", open.cost],
    ["Everything else", other],
    [refunds.isZero() ? "Credits" : `Credits and refunds (refunds ${money.plain(refunds)})`, credits],
    ["Tax", tax],
  ];
  return pageTable({
    caption: "Parts of the bill",
    columns: [
      { header: "Part", cell: ([name]: readonly [string, Decimal]) => name },
      { header: "Amount", cell: ([, amount]) => money.plain(amount), amount: ([, amount]) => amount },
    ],
    rows,
    footer: [["The bill", money.plain(billTotal)]],
  });
};

const rateText = (rate: Decimal | null, currency: string): string =>
  rate === null ? "" : currency === "USD" ? rateOf(rate.toSignificantDigits(8)) : rate.toSignificantDigits(8).toFixed();

const unplaced = ({ unplaced: { lineItems } }: ReviewReport, money: Money): Markup => {
  if (lineItems.length === 0) return NOTHING;
  const columns: readonly PageColumn<UnplacedLine>[] = [
    { header: "Line", cell: ({ service, usageType }) => html`${usageType}<br><span class="faint">${service}</span>` },
    { header: "Region", minor: true, cell: ({ region }) => region ?? "" },
    { header: "Why not", cell: ({ reason }) => reason },
    { header: "Cost", cell: ({ cost }) => money.plain(cost), amount: ({ cost }) => cost },
  ];
  return html`<h3>Not placed</h3>\n${pageTable({ caption: "Lines that could not be placed", columns, rows: lineItems, filter: "filter-unplaced" })}`;
};

const linesTable = ({ lineItems, currency }: ReviewReport, money: Money): Markup => {
  const columns: readonly PageColumn<BilledLine>[] = [
    {
      header: "Usage type",
      cell: ({ usageType, service }) => html`${usageType}<br><span class="faint">${service}</span>`,
    },
    { header: "Region", minor: true, cell: ({ region }) => region ?? "" },
    { header: "Runs on", minor: true, cell: ({ launchType }) => launchName(launchType) },
    {
      header: "Quantity",
      cell: ({ quantity, unit }) => `${quantityOf(quantity)} ${unit}`,
      amount: ({ quantity }) => quantity,
    },
    { header: "Rate", minor: true, cell: ({ rate }) => rateText(rate, currency), amount: ({ rate }) => rate },
    { header: "Cost", cell: ({ cost }) => money.plain(cost), amount: ({ cost }) => cost },
  ];
  return pageTable({ caption: "Lines of the ECS part", columns, rows: lineItems, filter: "filter-lines" });
};

const VERDICTS: Readonly<Record<ReconciledLine["verdict"], string>> = {
  agrees: "agrees",
  differs: "differs",
  "not-billed": "estimated, not billed",
  "not-estimated": "billed, not estimated",
};

/** What only one side has. */
const NONE = "none";

const quantityText = (quantity: Decimal | null): string => (quantity === null ? NONE : quantityOf(quantity));

/** The estimate of the workload files beside the bill. */
export const estimateSection = ({ reconciliation }: ReviewReport, money: Money): Markup => {
  if (reconciliation === null) return NOTHING;
  const { billedCost, estimatedCost, difference, lines } = reconciliation;
  const columns: readonly PageColumn<ReconciledLine>[] = [
    {
      header: "Usage type",
      cell: ({ usageType, region }) => html`${usageType}<br><span class="faint">${region ?? ""}</span>`,
    },
    {
      header: "Verdict",
      cell: ({ verdict, reason }) =>
        html`${VERDICTS[verdict]}${reason === null ? NOTHING : html`<br><span class="faint">${reason}</span>`}`,
    },
    {
      header: "Billed",
      cell: ({ billedCost: cost }) => (cost === null ? NONE : money.plain(cost)),
      amount: ({ billedCost: cost }) => cost,
    },
    {
      header: "Estimated",
      cell: ({ estimatedCost: cost }) => (cost === null ? NONE : money.plain(cost)),
      amount: ({ estimatedCost: cost }) => cost,
    },
    { header: "Difference", cell: (line) => money.signed(line.difference), amount: (line) => line.difference },
    {
      header: "Billed quantity",
      minor: true,
      cell: (line) => quantityText(line.billedQuantity),
      amount: (line) => line.billedQuantity,
    },
    {
      header: "Estimated quantity",
      minor: true,
      cell: (line) => quantityText(line.estimatedQuantity),
      amount: (line) => line.estimatedQuantity,
    },
  ];
  return html`<section id="estimate"><h2>The estimate beside the bill</h2>
<p>The bill has ${money.plain(billedCost)}, the estimate ${money.plain(estimatedCost)}: a difference of ${money.signed(difference)}.</p>
${pageTable({ caption: "Estimate and bill by usage type", columns, rows: lines, filter: "filter-estimate" })}</section>
`;
};
