import type { CommitmentAdvice, CommitmentPoint } from "@ecs-cost/core";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Money } from "../../../document/money.ts";
import { at, axisText, type Canvas, chartFigure } from "./chart-frame.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { pageTable } from "./page-table.ts";

const LEFT = 54;
const RIGHT = 16;
const TOP = 40;
const BOTTOM = 44;

/** What the month would have cost at each hourly commitment, the best one marked. */
export const commitmentCurve = (advice: CommitmentAdvice, currency: string, money: Money): Markup => {
  if (advice.curve.length < 2) return NOTHING;
  const { best, plan, monthlySaving, curve } = advice;
  return chartFigure({
    id: "curve",
    title: `What a commitment would cost: ${plan}`,
    description: `The least is ${money.plain(best.monthlyCost)} a month at ${money.plain(best.hourlyCommitment)} an hour, ${money.plain(monthlySaving)} less than without one.`,
    draw: (canvas) => drawCurve(advice, currency, canvas),
    table: pageTable({
      caption: "Monthly cost by hourly commitment",
      columns: [
        column("Commitment an hour", money, ({ hourlyCommitment }) => hourlyCommitment),
        column("Cost a month", money, ({ monthlyCost }) => monthlyCost),
      ],
      rows: curve,
    }),
  });
};

const column = (header: string, money: Money, amount: (point: CommitmentPoint) => CommitmentPoint["monthlyCost"]) => ({
  header,
  amount,
  cell: (point: CommitmentPoint) => money.plain(amount(point)),
});

const drawCurve = ({ curve, best }: CommitmentAdvice, currency: string, { width, narrow }: Canvas) => {
  const height = narrow ? 210 : 270;
  const points = curve.map(({ hourlyCommitment, monthlyCost }): [number, number] => [
    hourlyCommitment.toNumber(),
    monthlyCost.toNumber(),
  ]);
  const [bestX, bestY] = [best.hourlyCommitment.toNumber(), best.monthlyCost.toNumber()];
  const x = scaleLinear(rangeOf([bestX, ...points.map(([value]) => value)]), [LEFT, width - RIGHT]);
  const y = scaleLinear(rangeOf([bestY, ...points.map(([, value]) => value)]), [height - BOTTOM, TOP]).nice(4);
  const path =
    line<[number, number]>(
      (point) => x(point[0]),
      (point) => y(point[1]),
    )(points) ?? "";
  const across = y
    .ticks(4)
    .map(
      (tick) =>
        html`<path class="grid" d="M${LEFT} ${at(y(tick))}H${width - RIGHT}"/><text class="tick" x="${LEFT - 6}" y="${at(y(tick) + 4)}" text-anchor="end">${axisText(tick, currency)}</text>`,
    );
  const along = x
    .ticks(narrow ? 4 : 8)
    .map(
      (tick) =>
        html`<text class="tick" x="${at(x(tick))}" y="${height - BOTTOM + 18}" text-anchor="middle">${axisText(tick, currency)}</text>`,
    );
  const place = x(bestX) > width * 0.7 ? "end" : x(bestX) < width * 0.3 ? "start" : "middle";
  return {
    height,
    marks: html`${across}${along}
<text class="tick" x="${at((LEFT + width - RIGHT) / 2)}" y="${height - 6}" text-anchor="middle">Commitment an hour</text>
<text class="tick" x="0" y="12">Cost a month</text>
<path class="axis" d="M${LEFT} ${height - BOTTOM}H${width - RIGHT}"/>
<path class="drop" d="M${at(x(bestX))} ${TOP - 8}V${height - BOTTOM}"/>
<path class="curve" d="${path}"/>
<circle class="best" cx="${at(x(bestX))}" cy="${at(y(bestY))}" r="6"/>
<text class="label strong" x="${at(x(bestX))}" y="${TOP - 14}" text-anchor="${place}">Best: ${axisText(bestX, currency)} an hour</text>`,
  };
};

/** From least to greatest, never empty. */
const rangeOf = (values: readonly number[]): [number, number] => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 1, high + 1] : [low, high];
};
