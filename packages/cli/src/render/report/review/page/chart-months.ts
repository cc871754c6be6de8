import type { MonthCost, ReviewReport } from "@ecs-cost/core";
import { scaleBand, scaleLinear } from "d3-scale";
import type { Money } from "../../../document/money.ts";
import { monthName } from "../words.ts";
import { at, axisText, type Canvas, chartFigure } from "./chart-frame.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { pageTable } from "./page-table.ts";

const LEFT = 46;
const TOP = 14;
const BOTTOM = 22;
const MOST_MONTHS = 13;

/** What each of the last months cost; nothing where the bill holds less than three. */
export const monthsChart = (report: ReviewReport, money: Money): Markup => {
  const months = report.months.slice(-MOST_MONTHS);
  if (months.length < 3) return NOTHING;
  return chartFigure({
    id: "months",
    title: "Cost by month",
    description: describe(report, money),
    draw: (canvas) => drawMonths(months, report.currency, money, canvas),
    table: pageTable({
      caption: "Cost by month",
      columns: [
        { header: "Month", cell: ({ month }: MonthCost) => monthName(month) },
        { header: "Cost", cell: ({ cost }) => money.plain(cost), amount: ({ cost }) => cost },
        {
          header: "Compute",
          cell: ({ computeCost }) => money.plain(computeCost),
          amount: ({ computeCost }) => computeCost,
        },
        { header: "Change", cell: ({ change }) => money.signed(change), amount: ({ change }) => change },
        {
          header: "Year before",
          cell: ({ yearChange }) => money.signed(yearChange),
          amount: ({ yearChange }) => yearChange,
        },
      ],
      rows: months,
    }),
  });
};

const describe = ({ trend }: ReviewReport, money: Money): string => {
  if (trend === null) return "Too few whole months for a trend.";
  const year = trend.yearOverYear === null ? "" : ` Against the year before: ${money.signed(trend.yearOverYear)}.`;
  return `${money.signed(trend.monthlyChange)} a month on average over ${trend.months} months.${year}`;
};

const drawMonths = (months: readonly MonthCost[], currency: string, money: Money, { width, narrow }: Canvas) => {
  const height = narrow ? 150 : 170;
  const x = scaleBand(
    months.map(({ month }) => month),
    [LEFT, width],
  ).padding(0.2);
  const costs = months.map(({ cost }) => cost.toNumber());
  const y = scaleLinear([Math.min(0, ...costs), Math.max(0, ...costs)], [height - BOTTOM, TOP]).nice(3);
  const lines = y
    .ticks(3)
    .map(
      (tick) =>
        html`<path class="${tick === 0 ? "axis" : "grid"}" d="M${LEFT} ${at(y(tick))}H${width}"/><text class="tick" x="${LEFT - 6}" y="${at(y(tick) + 4)}" text-anchor="end">${axisText(tick, currency)}</text>`,
    );
  const bars = months.map(({ month, cost, complete }) => {
    const end = y(cost.toNumber());
    return html`<rect class="bar ${complete ? "c-fargate" : "c-fargate-spot"}" x="${at(x(month) ?? 0)}" y="${at(Math.min(end, y(0)))}" width="${at(x.bandwidth())}" height="${at(Math.abs(y(0) - end))}"><title>${monthName(month)}: ${money.plain(cost)}</title></rect>`;
  });
  const every = narrow ? 3 : 1;
  const labels = months.map(({ month }, index) =>
    (months.length - 1 - index) % every === 0
      ? html`<text class="tick" x="${at((x(month) ?? 0) + x.bandwidth() / 2)}" y="${height - 6}" text-anchor="middle">${monthName(month).slice(0, 3)}</text>`
      : NOTHING,
  );
  return { height, marks: html`${lines}${bars}${labels}` };
};
