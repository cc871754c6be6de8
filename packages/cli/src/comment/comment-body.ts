import { type Block, type Cell, type Document, toneOf } from "../render/document/document.ts";
import { counted } from "../render/document/figures.ts";
import { drawBlock, markdownText, summaryText } from "../render/format/markdown.ts";
import { isEmpty } from "../render/format/terminal.ts";
import { closedMarkdown, fitMarkdown, type Notice } from "./fit-markdown.ts";
import { markerLine } from "./marker.ts";
import type { Part } from "./read-parts.ts";

/** What a forge takes and makes of a text. */
export interface BodyRules {
  /** Most UTF-16 code units of a comment. */
  readonly limit: number;
  readonly forge: string;
  /** Makes of a drawn report what this forge shows as the same. */
  readonly adapt: (markdown: string) => string;
  /** Takes from any text what this forge would act on. */
  readonly disarm: (markdown: string) => string;
}

export interface CommentBody {
  readonly text: string;
  readonly truncated: boolean;
}

/** The text of a comment: the marker, a heading, and every part, cut where the forge does not take it all. */
export const commentBody = (parts: readonly Part[], tag: string, title: string, rules: BodyRules): CommentBody => {
  const marker = markerLine({ tag, replaced: false });
  const room = rules.limit - marker.length - "\n".length;
  const whole = drawParts(parts, title, rules, Number.POSITIVE_INFINITY);
  const { text, linesLeftOut } = fitMarkdown(shortest(whole, parts, title, rules, room), room, cutNotice(rules));
  return { text: `${marker}\n${text}`, truncated: whole.length > room || linesLeftOut > 0 };
};

/** Most rows of a table, so that totals and what follows a long one are not what is cut. */
const ROWS = [1000, 500, 250, 100, 50, 25] as const;

/** The parts with as many rows as fit, or with the fewest. */
const shortest = (whole: string, parts: readonly Part[], title: string, rules: BodyRules, room: number): string => {
  let drawn = whole;
  for (const rows of ROWS) {
    if (drawn.length <= room) return drawn;
    drawn = drawParts(parts, title, rules, rows);
  }
  return drawn;
};

const drawParts = (parts: readonly Part[], title: string, { adapt, disarm }: BodyRules, rows: number): string => {
  const several = parts.length > 1;
  const sections = parts.map((part) =>
    part.of === "report"
      ? adapt(drawPart({ ...part, document: withRows(part.document, rows) }, title, several))
      : ownText(part, several),
  );
  const heading = several && title !== "" ? [`## ${markdownText(title)}\n`] : [];
  return disarm([...heading, ...sections].join("\n").trimEnd());
};

const withRows = ({ title, blocks }: Document, most: number): Document => ({
  title,
  blocks: blocks.map((block) => {
    if (block.kind !== "table" || block.rows.length <= most) return block;
    const left: Cell = {
      text: `${counted(block.rows.length - most, "more row")}, see the report itself`,
      tone: "faint",
    };
    return { ...block, rows: [...block.rows.slice(0, most), [left]] };
  }),
});

const cutNotice =
  ({ forge, limit }: Pick<BodyRules, "forge" | "limit">): Notice =>
  (lines) =>
    `**Cut here:** ${forge} takes ${limit.toLocaleString("en")} characters. Lines left out: ${lines.toLocaleString("en")}; the report itself has them.`;

/** A comment that a newer one replaced, folded, for forges that cannot hide one. */
export const replacedBody = (body: string, tag: string, rules: BodyRules): string => {
  const marker = markerLine({ tag, replaced: true });
  const inner = body.replaceAll("\r\n", "\n").split("\n").slice(1).join("\n");
  const before = `${marker}\n<details><summary>Replaced by a newer report</summary>\n\n`;
  const after = "\n\n</details>";
  const { text } = fitMarkdown(inner, rules.limit - before.length - after.length, cutNotice(rules));
  return `${before}${text}${after}`;
};

const ownText = ({ name, markdown }: Extract<Part, { of: "markdown" }>, several: boolean): string => {
  const text = closedMarkdown(cleanMarkdown(markdown).trim());
  return `${several ? `### ${markdownText(name)}\n\n` : ""}${text}\n`;
};

/** Escape sequences, controls and marks that reorder text; all else of a text is the writer's own. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const cleanMarkdown = (markdown: string): string =>
  markdown
    .replaceAll("\r\n", "\n")
    .replace(/^\ufeff/, "")
    .replace(HIDDEN, "");

const drawPart = ({ name, document }: Extract<Part, { of: "report" }>, title: string, several: boolean): string => {
  const subject = several ? name : title;
  const mark = several ? "###" : "##";
  const heading = `${mark} ${markdownText(`${subject === "" ? "" : `${subject}: `}${document.title}`)}\n`;
  return `${heading}${sectionsOf(document, `${mark}#`).join("")}`;
};

const sectionsOf = ({ blocks }: Document, mark: string): readonly string[] =>
  blocks.filter((block) => !isEmpty(block)).map((block) => drawSection(block, mark));

const LONG = 12;

/** A block with what introduces it: folded where it is long, or only an aside. */
const drawSection = (block: Block, mark: string): string => {
  const text = [...drawBlock(block)].join("");
  if (block.heading === undefined) return `\n${text}`;
  const heading = markdownText(block.heading);
  if (!isFolded(block)) return `\n${mark} ${heading}\n\n${text}`;
  return `\n<details><summary>${summaryText(block.heading)} (${lengthOf(block)})</summary>\n\n${text}\n</details>\n`;
};

const isFolded = (block: Block): boolean =>
  block.kind !== "chart" && (block.folded === true || lengthOf(block) > LONG || isAside(block));

/** Nothing but lines that are set back, such as assumptions. */
const isAside = (block: Block): boolean =>
  block.kind === "lines" && block.lines.length > 0 && block.lines.every((line) => toneOf(line) === "faint");

const lengthOf = (block: Block): number =>
  block.kind === "table" ? block.rows.length : block.kind === "lines" ? block.lines.length : block.points.length;
