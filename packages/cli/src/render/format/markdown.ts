import { mermaidChart } from "../document/chart.ts";
import {
  type Block,
  type Cell,
  type Document,
  type LinesBlock,
  type TableBlock,
  type Tone,
  textOf,
  toneOf,
} from "../document/document.ts";
import { htmlText } from "../document/html-text.ts";
import { safeCode, safeText } from "../document/safe-text.ts";
import { isEmpty } from "./terminal.ts";

/** An invisible break, so that neither GitHub nor GitLab makes a mention, a reference or a link of what follows. */
const BREAK = "&#8203;";

/** Text from outside as Markdown shows it literally: no table, code, link, HTML, emphasis or mention comes of it. */
export const markdownText = (text: string): string =>
  safeText(text)
    .replace(/&/g, "&amp;")
    .replace(/&amp;(?=\d)/g, `$&${BREAK}`)
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*{}[\]|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/[@!%~](?=[\p{L}\p{N}_])|#(?=[\p{L}\p{N}])/gu, `$&${BREAK}`)
    .replace(/(?:https?|ftp|mailto)(?=:)|\bwww(?=\.)/gi, `$&${BREAK}`)
    .replace(REFERENCE, `$1${BREAK}`)
    .replace(MATHS, `$&${BREAK}`);

/** `GH-4`, and the numbers of other trackers that a repository may link: letters, a hyphen, digits. */
const REFERENCE = /(?<![\p{L}\p{N}])((?:[A-Z][A-Z0-9_]*|gh)-)(?=\d)/gu;

/** GitHub and GitLab set what stands between dollars; an amount such as `$5.00` has a digit behind it. */
const MATHS = /\$(?!\d)/g;

/** What would begin a heading, a list or a rule at the beginning of a line. */
const lineText = (drawn: string): string => drawn.replace(/^(?:[-+#=]|\d+(?=[.)]))/, (start) => `${BREAK}${start}`);

/** A document as GitHub-flavoured Markdown. */
export function* renderMarkdown(document: Document): Generator<string> {
  yield `## ${markdownText(document.title)}\n`;
  for (const block of document.blocks) {
    if (isEmpty(block)) continue;
    if (isFolded(block)) {
      yield `\n<details>\n<summary>${summaryText(block.heading ?? "")}</summary>\n\n`;
      yield* drawBlock(block);
      yield "\n</details>\n";
      continue;
    }
    yield block.heading === undefined ? "\n" : `\n### ${markdownText(block.heading)}\n\n`;
    yield* drawBlock(block);
  }
}

const isFolded = (block: Block): boolean =>
  block.kind !== "chart" && block.folded === true && block.heading !== undefined;

/** Inside an element nothing is Markdown, but mentions and references are still made of what looks like one. */
export const summaryText = (text: string): string =>
  htmlText(text)
    .replace(/[@#!%~](?=[\p{L}\p{N}_])/gu, `$&${BREAK}`)
    .replace(/(?:https?|ftp|mailto)(?=:)|\bwww(?=\.)/gi, `$&${BREAK}`)
    .replace(REFERENCE, `$1${BREAK}`)
    .replace(MATHS, `$&${BREAK}`);

/** One block without its heading. */
export const drawBlock = (block: Block): Iterable<string> => {
  switch (block.kind) {
    case "table":
      return tableRows(block);
    case "lines":
      return lines(block);
    case "chart":
      return mermaidChart(block);
  }
};

const EMPHASIS: Readonly<Record<Tone, string>> = { plain: "", strong: "**", good: "**", bad: "**", faint: "" };

const draw = (cell: Cell): string => {
  const text = markdownText(textOf(cell)).trim();
  const mark = text === "" ? "" : EMPHASIS[toneOf(cell)];
  return `${mark}${text}${mark}`;
};

function* tableRows({ columns, rows, footer = [] }: TableBlock): Generator<string> {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  yield row(columns.map(({ header }) => markdownText(header)));
  yield row(columns.map(({ align }) => (align === "right" ? "---:" : "---")));
  for (const cells of [...rows, ...footer]) yield row(columns.map((_, index) => draw(cells[index] ?? "")));
}

/** A fence longer than any that the text holds. */
const fenceFor = (texts: readonly string[]): string => {
  const longest = Math.max(0, ...texts.flatMap((text) => [...text.matchAll(/`+/g)].map(([run]) => run.length)));
  return "`".repeat(Math.max(3, longest + 1));
};

function* codeLines(texts: readonly string[], language: string): Generator<string> {
  const fence = fenceFor(texts);
  yield `${fence}${language}\n`;
  for (const text of texts) yield `${text}\n`;
  yield `${fence}\n`;
}

function* lines({ lines: texts, bullets = false, code }: LinesBlock): Generator<string> {
  if (code !== undefined) {
    yield* codeLines(
      texts.map((cell) => safeCode(textOf(cell))),
      code,
    );
    return;
  }
  for (const [index, cell] of texts.entries()) {
    if (bullets) yield `- ${lineText(draw(cell))}\n`;
    else yield `${index === 0 ? "" : "\n"}${lineText(draw(cell))}\n`;
  }
}
