import { Decimal } from "@ecs-cost/core/estimate";
import type { ChartBlock } from "./document.ts";

/** A chart as a Mermaid block, which GitHub and GitLab draw; labels are figures alone, so that no name gets into it. */
export function* mermaidChart({ xLabel, yLabel, points }: ChartBlock): Generator<string> {
  const { low, high } = rangeOf(points.map(({ y }) => y));
  yield "```mermaid\nxychart-beta\n";
  yield `  x-axis "${xLabel}" [${points.map(({ x }) => `"${x.toFixed(2)}"`).join(", ")}]\n`;
  yield `  y-axis "${yLabel}" ${low.toFixed()} --> ${high.toFixed()}\n`;
  yield `  line [${points.map(({ y }) => y.toDecimalPlaces(4, Decimal.ROUND_DOWN).toFixed()).join(", ")}]\n`;
  yield "```\n";
}

/** Colours are those of the page, light or dark. */
export const CHART_STYLE = `
.chart { display: block; width: 100%; max-width: 44rem; height: auto; margin: 1rem 0; }
.chart text { font: 12px system-ui, sans-serif; fill: currentColor; } .chart .faint { fill: var(--faint); }
.chart .axis { stroke: var(--line); } .chart .path { fill: none; stroke: var(--faint); stroke-width: 2; }
.chart circle { fill: var(--faint); } .chart .marked { fill: var(--good); }
`;

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 70;
const RIGHT = 30;
const TOP = 20;
const BOTTOM = 50;

/** A chart as inline SVG; `safe` makes text safe inside markup. */
export function* svgChart(chart: ChartBlock, safe: (text: string) => string): Generator<string> {
  const { xLabel, yLabel, points } = chart;
  const x = spanOf(points.map((point) => point.x));
  const y = rangeOf(points.map((point) => point.y));
  const placed = points.map((point) => ({
    point,
    left: LEFT + share(point.x, x) * (WIDTH - LEFT - RIGHT),
    top: HEIGHT - BOTTOM - share(point.y, y) * (HEIGHT - TOP - BOTTOM),
  }));
  const title = safe(`${yLabel} by ${xLabel}`);
  yield `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">\n<title>${title}</title>\n`;
  yield `<path class="axis path" d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}"/>\n`;
  yield `<text class="faint" x="${WIDTH - RIGHT}" y="${HEIGHT - 12}" text-anchor="end">${safe(xLabel)}</text>\n`;
  yield `<text class="faint" x="8" y="12">${safe(yLabel)}</text>\n`;
  for (const [value, at] of [
    [y.high, TOP],
    [y.low, HEIGHT - BOTTOM],
  ] as const) {
    yield `<text class="faint" x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${value.toFixed()}</text>\n`;
  }
  for (const [value, at] of [
    [x.low, LEFT],
    [x.high, WIDTH - RIGHT],
  ] as const) {
    yield `<text class="faint" x="${at}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${value.toFixed(2)}</text>\n`;
  }
  yield `<polyline class="path" points="${placed.map(({ left, top }) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ")}"/>\n`;
  for (const { point, left, top } of placed) {
    const told = safe(
      `${point.label}: ${point.x.toFixed(2)} ${xLabel}, ${point.y.toDecimalPlaces(4, Decimal.ROUND_DOWN).toFixed()} ${yLabel}`,
    );
    const marked = point.marked === true;
    yield `<circle${marked ? ' class="marked"' : ""} cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="${marked ? 7 : 5}"><title>${told}</title></circle>\n`;
  }
  yield "</svg>\n";
}

interface Range {
  readonly low: Decimal;
  readonly high: Decimal;
}

/** From the least to the greatest value, never empty. */
const spanOf = (values: readonly Decimal[]): Range => {
  const [low, high] = [Decimal.min(...values), Decimal.max(...values)];
  return low.equals(high) ? { low: low.minus(1), high } : { low, high };
};

/** The same at four decimals. */
const rangeOf = (values: readonly Decimal[]): Range => {
  const { low, high } = spanOf(values);
  return {
    low: low.toDecimalPlaces(4, Decimal.ROUND_FLOOR),
    high: high.toDecimalPlaces(4, Decimal.ROUND_CEIL),
  };
};

const share = (value: Decimal, { low, high }: Range): number => value.minus(low).div(high.minus(low)).toNumber();
