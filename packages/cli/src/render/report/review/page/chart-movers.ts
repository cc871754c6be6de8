import type { CostMover, ReviewReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { scaleBand, scaleLinear } from "d3-scale";
import type { Money } from "../../../document/money.ts";
import { changeShare, monthName, periodBefore } from "../words.ts";
import { at, axisText, type Canvas, chartFigure, cutLabel } from "./chart-frame.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { pageTable } from "./page-table.ts";

interface Step {
  readonly label: string;
  readonly from: Decimal;
  readonly to: Decimal;
  readonly kind: "up" | "down" | "sum";
}

const direction = (change: Decimal): "up" | "down" => (change.isNegative() ? "down" : "up");

/** The movers one after the other, what is left over, and where that ends. */
const stepsOf = (movers: readonly CostMover[], change: Decimal): readonly Step[] => {
  const named = movers.reduce((sum, mover) => sum.plus(mover.change), new Decimal(0));
  const rest = change.minus(named);
  const moves = [
    ...movers.map(({ subject, kind, change: by }) => ({
      label: kind === "changed" ? subject : `${subject} (${kind})`,
      by,
    })),
    ...(rest.isZero() ? [] : [{ label: "Everything else", by: rest }]),
  ];
  let running = new Decimal(0);
  const steps = moves.map(({ label, by }): Step => {
    const from = running;
    running = running.plus(by);
    return { label, from, to: running, kind: direction(by) };
  });
  return [...steps, { label: "Change of the total", from: new Decimal(0), to: change, kind: "sum" }];
};

/** What moved the total from one month to the next, as a waterfall; nothing where there is no month before. */
export const moversChart = (report: ReviewReport, money: Money): Markup => {
  const { movers, change, previousCost, totalCost, month } = report;
  const before = periodBefore(report);
  if (change === null || previousCost === null || before === null || movers.length === 0) return NOTHING;
  const steps = stepsOf(movers, change);
  return chartFigure({
    id: "movers",
    title: `From ${before} to ${monthName(month)}`,
    description: `${money.plain(previousCost)} and ${money.signed(change)} are ${money.plain(totalCost)}. Each bar begins where the one above it ends.`,
    draw: (canvas) => drawSteps(steps, report.currency, money, canvas),
    table: moversTable(movers, money),
  });
};

const moversTable = (movers: readonly CostMover[], money: Money): Markup =>
  pageTable({
    caption: "The largest movers",
    columns: [
      { header: "What", cell: ({ subject, kind }) => (kind === "changed" ? subject : `${subject} (${kind})`) },
      {
        header: "Before",
        cell: ({ previousCost }) => money.plain(previousCost),
        amount: ({ previousCost }) => previousCost,
      },
      { header: "Now", cell: ({ cost }) => money.plain(cost), amount: ({ cost }) => cost },
      { header: "Change", cell: ({ change }) => money.signed(change), amount: ({ change }) => change },
      { header: "%", cell: ({ change, previousCost }) => changeShare(change, previousCost), amount: shareOf },
      { header: "Price", cell: ({ causes }) => money.signed(causes.price), amount: ({ causes }) => causes.price },
      {
        header: "Quantity",
        cell: ({ causes }) => money.signed(causes.quantity),
        amount: ({ causes }) => causes.quantity,
      },
      { header: "Mix", cell: ({ causes }) => money.signed(causes.mix), amount: ({ causes }) => causes.mix },
    ],
    rows: movers,
  });

const shareOf = ({ change, previousCost }: CostMover): Decimal | null =>
  previousCost === null || previousCost.isZero() ? null : change.div(previousCost.abs());

const ROW = 26;
const ROW_NARROW = 42;
const BOTTOM = 22;
/** Room for the amount beside a bar. */
const AMOUNT = 84;

const drawSteps = (steps: readonly Step[], currency: string, money: Money, { width, narrow }: Canvas) => {
  const row = narrow ? ROW_NARROW : ROW;
  const height = steps.length * row + BOTTOM;
  const left = narrow ? 0 : 270;
  const ends = steps.flatMap(({ from, to }) => [from.toNumber(), to.toNumber()]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const x = scaleLinear([low, high === low ? low + 1 : high], [left + (low < 0 ? AMOUNT : 4), width - AMOUNT]);
  const rows = scaleBand<string>(
    steps.map((_, index) => String(index)),
    [0, steps.length * row],
  );
  const ticks = x
    .ticks(narrow ? 3 : 6)
    .map(
      (tick) =>
        html`<path class="${tick === 0 ? "axis" : "grid"}" d="M${at(x(tick))} 0V${height - BOTTOM}"/><text class="tick" x="${at(x(tick))}" y="${height - 6}" text-anchor="middle">${axisText(tick, currency)}</text>`,
    );
  const bars = steps.map(({ label, from, to, kind }, index) => {
    const top = (rows(String(index)) ?? 0) + (narrow ? 18 : 4);
    const [start, end] = [x(from.toNumber()), x(to.toNumber())];
    const [near, far] = [Math.min(start, end), Math.max(start, end)];
    const negative = to.lessThan(from);
    const joint =
      kind === "sum" ? NOTHING : html`<path class="joint" d="M${at(end)} ${at(top + 18)}V${at(top + row)}"/>`;
    return html`<text class="${kind === "sum" ? "label strong" : "label"}" x="${narrow ? 0 : left - 10}" y="${at(narrow ? top - 5 : top + 13)}"${narrow ? NOTHING : END}>${cutLabel(label, narrow ? width : left - 16)}</text>
<rect class="step-${kind}" x="${at(near)}" y="${at(top)}" width="${at(Math.max(1, far - near))}" height="18"><title>${label}: ${money.signed(to.minus(from))}</title></rect>${joint}
<text class="amount" x="${at(negative ? near - 5 : far + 5)}" y="${at(top + 13)}"${negative ? END : NOTHING}>${money.signed(to.minus(from))}</text>`;
  });
  return { height, marks: html`${ticks}${bars}` };
};

const END: Markup = { markup: ' text-anchor="end"' };
