import { cutToWidth, displayWidth } from "../document/display-width.ts";
import {
  type Block,
  type Cell,
  type Document,
  type LinesBlock,
  type TableBlock,
  textOf,
  toneOf,
} from "../document/document.ts";
import type { Palette } from "../document/palette.ts";
import { safeCode, safeText } from "../document/safe-text.ts";

/** Columns that a page has, whatever the terminal, unless COLUMNS says so: the same input gives the same bytes. */
export const PAGE_WIDTH = 100;

const GUTTER = "  ";
/** Where a page would otherwise be too wide, even columns that ask for more are cut to this. */
const LEAST_WIDTH = 8;

/** A document as text for a terminal, part by part, each part ending in a line break. */
export function* renderTerminal(document: Document, palette: Palette, width = PAGE_WIDTH): Generator<string> {
  yield `${palette(safeText(document.title), "strong")}\n`;
  for (const block of document.blocks) {
    if (isEmpty(block) || block.kind === "chart") continue;
    yield "\n";
    if (block.heading !== undefined) yield `${palette(safeText(block.heading), "strong")}\n`;
    yield* block.kind === "table" ? tableLines(block, palette, width) : listLines(block, palette, width);
  }
}

/** A chart of fewer than two points draws nothing. */
export const isEmpty = (block: Block): boolean => {
  switch (block.kind) {
    case "table":
      return block.rows.length === 0 && (block.footer ?? []).length === 0;
    case "lines":
      return block.lines.length === 0;
    case "chart":
      return block.points.length < 2;
  }
};

function* tableLines(table: TableBlock, palette: Palette, width: number): Generator<string> {
  const widths = columnWidths(table, width);
  const line = (cells: readonly Cell[]): string => {
    const drawn = table.columns.map((column, index) =>
      drawCell(cells[index] ?? "", widths[index] ?? 0, column.align, palette),
    );
    return `${drawn.join(GUTTER).trimEnd()}\n`;
  };
  const rule = `${palette("─".repeat(widths.reduce((a, b) => a + b + GUTTER.length, -GUTTER.length)), "faint")}\n`;
  yield line(table.columns.map(({ header }) => ({ text: header, tone: "strong" })));
  yield rule;
  for (const row of table.rows) yield line(row);
  if (table.footer !== undefined && table.footer.length > 0) {
    yield rule;
    for (const row of table.footer) yield line(row);
  }
}

const drawCell = (cell: Cell, width: number, align: "left" | "right" = "left", palette: Palette): string => {
  const text = cutToWidth(safeText(textOf(cell)), width);
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  const dressed = palette(text, toneOf(cell));
  return align === "right" ? space + dressed : dressed + space;
};

/** Natural widths, the widest of the columns that may be cut made narrower until the page holds all. */
const columnWidths = ({ columns, rows, footer = [] }: TableBlock, page: number): number[] => {
  const widths = columns.map(({ header }) => displayWidth(header));
  for (const row of [...rows, ...footer]) {
    for (const index of widths.keys()) {
      const cell = row[index];
      if (cell !== undefined) widths[index] = Math.max(widths[index] ?? 0, displayWidth(safeText(textOf(cell))));
    }
  }
  for (const least of [columns.map(({ cutTo }) => cutTo), columns.map(({ cutTo }) => cutTo && LEAST_WIDTH)]) {
    narrow(widths, least, page);
  }
  return widths;
};

/** Takes columns off the widest that is still above its least width, until the page holds all or none is left. */
const narrow = (widths: number[], least: readonly (number | undefined)[], page: number): void => {
  let excess = widths.reduce((a, b) => a + b + GUTTER.length, -GUTTER.length) - page;
  const isCuttable = (width: number, index: number): boolean => width > (least[index] ?? Number.POSITIVE_INFINITY);
  for (; excess > 0; excess -= 1) {
    const widest = Math.max(...widths.filter(isCuttable));
    const index = widths.findIndex((width, at) => width === widest && isCuttable(width, at));
    if (index < 0) return;
    widths[index] = widest - 1;
  }
};

function* listLines({ lines, bullets = false, code }: LinesBlock, palette: Palette, width: number): Generator<string> {
  if (code !== undefined) {
    for (const cell of lines) yield `${safeCode(textOf(cell))}\n`;
    return;
  }
  const lead = bullets ? "- " : "";
  for (const cell of lines) {
    for (const [index, part] of wrap(safeText(textOf(cell)), width - lead.length).entries()) {
      yield `${index === 0 ? lead : " ".repeat(lead.length)}${palette(part, toneOf(cell))}\n`;
    }
  }
}

/** Lines of whole words; a word that is wider than a line stays whole, so that it can be copied. */
const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
};
