import type { BilledLaunchType, CostAnomaly, DailyCost, ReviewReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { scaleBand, scaleLinear } from "d3-scale";
import { stack, stackOffsetDiverging } from "d3-shape";
import type { Money } from "../../../document/money.ts";
import { dayName, LAUNCH_NAMES, LAUNCH_TYPES, monthName } from "../words.ts";
import { at, axisText, type Canvas, chartFigure } from "./chart-frame.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { pageTable } from "./page-table.ts";

const LEFT = 46;
const TOP = 18;
const BOTTOM = 24;

const partOf = ({ parts }: DailyCost, type: BilledLaunchType): Decimal => parts[type] ?? new Decimal(0);

/** Launch types that cost something in the month. */
const usedTypes = (days: readonly DailyCost[]): readonly BilledLaunchType[] =>
  LAUNCH_TYPES.filter((type) => days.some((day) => !partOf(day, type).isZero()));

/** What each day cost, by launch type, with the days that stand out; nothing where the bill knows no days. */
export const daysChart = (report: ReviewReport, money: Money): Markup => {
  const { days, month } = report;
  const types = usedTypes(days);
  if (days.length < 2 || types.length === 0) return NOTHING;
  return chartFigure({
    id: "days",
    title: `Cost by day, ${monthName(month)}`,
    description: describe(report, money),
    legend: legendOf(days, types, money),
    draw: (canvas) => drawDays(report, types, money, canvas),
    table: pageTable({
      caption: "Cost by day and launch type",
      columns: [
        { header: "Day", cell: ({ day }: DailyCost) => day },
        ...types.map((type) => ({
          header: LAUNCH_NAMES[type],
          cell: (day: DailyCost) => money.plain(partOf(day, type)),
          amount: (day: DailyCost) => partOf(day, type),
        })),
        { header: "Total", cell: ({ cost }: DailyCost) => money.plain(cost), amount: ({ cost }: DailyCost) => cost },
      ],
      rows: days,
    }),
  });
};

const describe = ({ days, anomalies }: ReviewReport, money: Money): string => {
  const byCost = [...days].sort((a, b) => a.cost.comparedTo(b.cost));
  const [least, most] = [byCost[0], byCost.at(-1)];
  if (least === undefined || most === undefined) return "";
  const range = `Between ${money.plain(least.cost)} (${dayName(least.day)}) and ${money.plain(most.cost)} (${dayName(most.day)}) a day.`;
  const odd = anomalies.map(
    ({ day, subject, excess }) => `${dayName(day)}: ${subject}, ${money.plain(excess)} more than expected`,
  );
  return odd.length === 0 ? range : `${range} Marked ▼: ${odd.slice(0, 3).join("; ")}.`;
};

const legendOf = (days: readonly DailyCost[], types: readonly BilledLaunchType[], money: Money): Markup =>
  html`<ul class="legend">${types.map((type) => {
    const cost = days.reduce((sum, day) => sum.plus(partOf(day, type)), new Decimal(0));
    return html`<li><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect class="c-${type}" width="12" height="12"/></svg> ${LAUNCH_NAMES[type]} <b>${money.plain(cost)}</b></li>`;
  })}</ul>\n`;

const drawDays = (
  { days, anomalies, currency }: ReviewReport,
  types: readonly BilledLaunchType[],
  money: Money,
  { width, narrow }: Canvas,
) => {
  const height = narrow ? 200 : 260;
  const series = stack<DailyCost, BilledLaunchType>()
    .keys(types)
    .value((day, type) => partOf(day, type).toNumber())
    .offset(stackOffsetDiverging)(days);
  const ends = series.flatMap((one) => one.flat());
  const x = scaleBand<string>(
    days.map(({ day }) => day),
    [LEFT, width],
  )
    .paddingInner(narrow ? 0.2 : 0.25)
    .paddingOuter(0.1);
  const y = scaleLinear([Math.min(0, ...ends), Math.max(0, ...ends)], [height - BOTTOM, TOP]).nice(4);
  const lines = y
    .ticks(4)
    .map(
      (tick) =>
        html`<path class="${tick === 0 ? "axis" : "grid"}" d="M${LEFT} ${at(y(tick))}H${width}"/><text class="tick" x="${LEFT - 6}" y="${at(y(tick) + 4)}" text-anchor="end">${axisText(tick, currency)}</text>`,
    );
  const bars = series.map((one) =>
    one.map((span) => {
      const { day } = span.data;
      const tall = Math.abs(y(span[0]) - y(span[1]));
      if (tall === 0) return NOTHING;
      const told = `${dayName(day)}: ${LAUNCH_NAMES[one.key]} ${money.plain(partOf(span.data, one.key))}`;
      return html`<rect class="bar c-${one.key}" x="${at(x(day) ?? 0)}" y="${at(Math.min(y(span[0]), y(span[1])))}" width="${at(x.bandwidth())}" height="${at(tall)}"><title>${told}</title></rect>`;
    }),
  );
  const every = narrow ? 7 : 2;
  const labels = days.map(({ day }, index) =>
    index % every === 0
      ? html`<text class="tick" x="${at((x(day) ?? 0) + x.bandwidth() / 2)}" y="${height - 6}" text-anchor="middle">${Number(day.slice(8))}</text>`
      : NOTHING,
  );
  const topOf = (day: string): number =>
    Math.min(...series.flatMap((one) => one.filter((span) => span.data.day === day).map((span) => y(span[1]))));
  const marks = [...new Set(anomalies.map(({ day }: CostAnomaly) => day))].flatMap((day) => {
    const left = x(day);
    if (left === undefined) return [];
    const middle = left + x.bandwidth() / 2;
    const top = topOf(day) - 4;
    return [html`<path class="alert" d="M${at(middle - 5)} ${at(top - 8)}h10l-5 8z"/>`];
  });
  return { height, marks: html`${lines}${bars}${labels}${marks}` };
};
