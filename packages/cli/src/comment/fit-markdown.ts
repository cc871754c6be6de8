import { afterLine, closing, NOTHING_OPEN, type OpenBlocks } from "./open-blocks.ts";

/** Markdown that fits, and how many of its lines were left out. */
export interface Fitted {
  readonly text: string;
  readonly linesLeftOut: number;
}

/** What is said in place of the lines that are left out. */
export type Notice = (linesLeftOut: number) => string;

/**
 * Markdown of at most `limit` UTF-16 code units, cut behind a row, a list entry, a paragraph or a line of code. Code blocks
 * and `<details>` that the cut opens are closed, and the notice follows. A limit below the notice's length is not kept.
 */
export const fitMarkdown = (markdown: string, limit: number, notice: Notice): Fitted => {
  const whole = closedMarkdown(markdown);
  if (whole.length <= limit) return { text: whole, linesLeftOut: 0 };
  const lines = markdown.split("\n");
  const room = limit - notice(lines.length).length - "\n\n".length;
  const { kept, end } = longestPrefix(lines, room);
  const linesLeftOut = lines.slice(kept).filter((line) => line.trim() !== "").length;
  return { text: `${end}${end === "" ? "" : "\n\n"}${notice(linesLeftOut)}`, linesLeftOut };
};

/** The same with everything closed that it leaves open. */
export const closedMarkdown = (markdown: string): string => {
  const open = markdown.split("\n").reduce(afterLine, NOTHING_OPEN);
  return `${markdown}${open.hidden ? " -->" : ""}${closing(open)}`;
};

const longestPrefix = (lines: readonly string[], room: number): { readonly kept: number; readonly end: string } => {
  let open = NOTHING_OPEN;
  let length = -1;
  let best = { kept: 0, open: NOTHING_OPEN };
  for (const [index, line] of lines.entries()) {
    open = afterLine(open, line);
    length += line.length + 1;
    if (length > room) break;
    if (length + closing(open).length <= room && isBoundary(open, line, lines[index + 1])) {
      best = { kept: index + 1, open };
    }
  }
  const text = lines.slice(0, best.kept).join("\n");
  return { kept: best.kept, end: `${best.open.fence === undefined ? text.trimEnd() : text}${closing(best.open)}` };
};

const BLANK = /^\s*$/;
const BLOCK_START = /^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|<\/?details\b|>)/i;
const ROW = /^\s*\|/;
const DELIMITER_ROW = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Whether a text may end behind a line: not in a paragraph, between the head of a table and its rule, or out of sight. */
const isBoundary = ({ fence, hidden }: OpenBlocks, line: string, next: string | undefined): boolean => {
  if (hidden) return false;
  if (fence !== undefined || next === undefined || BLANK.test(line)) return true;
  if (ROW.test(line)) return !DELIMITER_ROW.test(next);
  return BLANK.test(next) || BLOCK_START.test(next);
};
