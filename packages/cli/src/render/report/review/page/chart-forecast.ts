import type { CostForecast, ReviewReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { scaleLinear } from "d3-scale";
import { counted, percent } from "../../../document/figures.ts";
import type { Money } from "../../../document/money.ts";
import { monthName } from "../words.ts";
import { at, axisText, type Canvas, chartFigure } from "./chart-frame.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { pageTable } from "./page-table.ts";

/** What the month that runs will cost, with its interval, beside the month that is reviewed. */
export const forecastChart = (report: ReviewReport, money: Money): Markup => {
  const { forecast } = report;
  if (forecast === null) return NOTHING;
  return chartFigure({
    id: "forecast-chart",
    title: `What ${monthName(forecast.month)} will cost`,
    description: describe(forecast, money),
    draw: (canvas) => drawForecast(forecast, report, canvas),
    table: pageTable({
      caption: "The forecast in figures",
      columns: [
        { header: "Figure", cell: ([name]: readonly [string, Decimal]) => name },
        { header: "Amount", cell: ([, amount]) => money.plain(amount), amount: ([, amount]) => amount },
      ],
      rows: [
        ...(forecast.days === 0 ? [] : [[`So far, ${counted(forecast.days, "day")}`, forecast.monthToDate] as const]),
        ["Low", forecast.low],
        ["Expected", forecast.expected],
        ["High", forecast.high],
        [monthName(report.month), report.totalCost],
      ] as const,
    }),
  });
};

const describe = (
  { expected, low, high, confidence, monthToDate, days, method }: CostForecast,
  money: Money,
): string => {
  const soFar = days === 0 ? "" : ` So far ${money.plain(monthToDate)} in ${counted(days, "day")}.`;
  return `${money.plain(expected)} expected, between ${money.plain(low)} and ${money.plain(high)} with ${percent(new Decimal(confidence))} confidence.${soFar} ${method}`;
};

const drawForecast = (
  forecast: CostForecast,
  { totalCost, month, currency }: ReviewReport,
  { width, narrow }: Canvas,
) => {
  const height = narrow ? 122 : 116;
  const [soFar, expected, low, high, total] = [
    forecast.monthToDate,
    forecast.expected,
    forecast.low,
    forecast.high,
    totalCost,
  ].map((amount) => amount.toNumber()) as [number, number, number, number, number];
  const most = Math.max(0, soFar, expected, high, total);
  const x = scaleLinear([Math.min(0, soFar, low, total), most === 0 ? 1 : most], [10, width - 40]).nice();
  const ticks = x
    .ticks(narrow ? 4 : 8)
    .map(
      (tick) =>
        html`<path class="grid" d="M${at(x(tick))} 24V88"/><text class="tick" x="${at(x(tick))}" y="${height - 8}" text-anchor="middle">${axisText(tick, currency)}</text>`,
    );
  const span = (from: number, to: number): Markup =>
    html`x="${at(Math.min(x(from), x(to)))}" width="${at(Math.max(1, Math.abs(x(to) - x(from))))}"`;
  const place = x(total) > width * 0.6 ? "end" : "start";
  return {
    height,
    marks: html`${ticks}
<rect class="expected" ${span(0, expected)} y="40" height="32"/>
${soFar === 0 ? NOTHING : html`<rect class="so-far" ${span(0, soFar)} y="40" height="32"/>`}
<path class="whisker" d="M${at(x(low))} 48V64M${at(x(high))} 48V64M${at(x(low))} 56H${at(x(high))}"/>
<path class="reference" d="M${at(x(total))} 28V84"/>
<text class="label" x="${at(x(total))}" y="18" text-anchor="${place}">${monthName(month)}: ${axisText(total, currency)}</text>
<circle class="best" cx="${at(x(expected))}" cy="56" r="5"/>`,
  };
};
