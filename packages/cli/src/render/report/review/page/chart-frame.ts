import { html, type Markup, NOTHING } from "./markup.ts";

/** How wide a chart is drawn: for a desk or paper, and for a phone. */
export interface Canvas {
  readonly width: number;
  readonly narrow: boolean;
}

interface Drawing {
  readonly height: number;
  readonly marks: Markup;
}

interface Chart {
  /** An id of the page. */
  readonly id: string;
  readonly title: string;
  /** What the chart says, in words. */
  readonly description: string;
  readonly draw: (canvas: Canvas) => Drawing;
  readonly legend?: Markup;
  /** The same figures as a table. */
  readonly table: Markup;
}

const CANVASES: readonly Canvas[] = [
  { width: 860, narrow: false },
  { width: 340, narrow: true },
];

/** A chart as a figure: drawn twice so that its text is readable on a phone too, told in words, with its table. */
export const chartFigure = ({ id, title, description, draw, legend = NOTHING, table }: Chart): Markup => {
  const drawings = CANVASES.map((canvas) => {
    const own = `${id}-${canvas.narrow ? "narrow" : "wide"}`;
    const { height, marks } = draw(canvas);
    return html`<svg class="${canvas.narrow ? "narrow" : "wide"}" viewBox="0 0 ${canvas.width} ${height}" role="img" aria-labelledby="${own}-title ${own}-text">
<title id="${own}-title">${title}</title><desc id="${own}-text">${description}</desc>
${marks}</svg>\n`;
  });
  return html`<figure class="chart">
<figcaption><h3>${title}</h3><p>${description}</p></figcaption>
${legend}${drawings}<details><summary>The figures of this chart</summary>${table}</details>
</figure>\n`;
};

/** A coordinate as SVG takes it. */
export const at = (coordinate: number): string => coordinate.toFixed(1);

/** A figure for an axis: `$1.2k`. */
export const axisText = (amount: number, currency: string): string => {
  const size = Math.abs(amount);
  const [scaled, unit] = size >= 1e6 ? [size / 1e6, "M"] : size >= 1e3 ? [size / 1e3, "k"] : [size, ""];
  const digits = Number(scaled.toPrecision(3)).toString();
  return `${amount < 0 ? "-" : ""}${currency === "USD" ? "$" : ""}${digits}${unit}`;
};

/** A text in about `width` units of a 12 px font. */
export const cutLabel = (text: string, width: number): string => {
  const room = Math.max(4, Math.floor(width / 6.6));
  const signs = [...text];
  return signs.length <= room ? text : `${signs.slice(0, room - 1).join("")}…`;
};
