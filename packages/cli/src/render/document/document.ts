import type { Decimal } from "@ecs-cost/core/estimate";

/** How a text is set off; never the only carrier of a meaning. */
export type Tone = "plain" | "strong" | "good" | "bad" | "faint";

/** One cell or line of text. Renderers make it safe; makers of documents pass names through as they are. */
interface Text {
  readonly text: string;
  readonly tone?: Tone;
}

export type Cell = string | Text;

export interface Column {
  readonly header: string;
  readonly align?: "left" | "right";
  /** May be cut with an ellipsis where the page is too narrow, if possible not below this width; figures never are. */
  readonly cutTo?: number;
}

export interface TableBlock {
  readonly kind: "table";
  readonly heading?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows set apart at the end, for example a total. */
  readonly footer?: readonly (readonly Cell[])[];
  /** Drawn under its heading only when asked for, where the format can do that. */
  readonly folded?: boolean;
}

export interface LinesBlock {
  readonly kind: "lines";
  readonly heading?: string;
  readonly lines: readonly Cell[];
  /** Drawn as a list rather than as sentences. */
  readonly bullets?: boolean;
  /** Drawn as text of this language, line by line and with its spaces. */
  readonly code?: string;
  /** As with tables. */
  readonly folded?: boolean;
}

interface ChartPoint {
  readonly x: Decimal;
  readonly y: Decimal;
  readonly label: string;
  /** Set off from the others. */
  readonly marked?: boolean;
}

/** A line of points, x ascending. Terminals leave it out: a table beside it has the same figures. */
export interface ChartBlock {
  readonly kind: "chart";
  readonly heading?: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly ChartPoint[];
}

export type Block = TableBlock | LinesBlock | ChartBlock;

/** What a report looks like, before it is text, Markdown or HTML. */
export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);
export const toneOf = (cell: Cell): Tone => (typeof cell === "string" ? "plain" : (cell.tone ?? "plain"));
