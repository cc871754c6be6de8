import { CHART_STYLE, svgChart } from "../document/chart.ts";
import {
  type Block,
  type Cell,
  type Document,
  type LinesBlock,
  type TableBlock,
  textOf,
  toneOf,
} from "../document/document.ts";
import { htmlText } from "../document/html-text.ts";
import { isEmpty } from "./terminal.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --faint: #59636e; --good: #1a7f37; --bad: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --faint: #9198a1; --good: #3fb950; --bad: #f85149; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tfoot td { border-top: 2px solid var(--line); font-weight: 600; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); font-size: 13px; }
td, li, p { overflow-wrap: anywhere; } td.right { overflow-wrap: normal; }
.strong { font-weight: 600; } .good { color: var(--good); } .bad { color: var(--bad); } .faint { color: var(--faint); }
`;

/** A document as one page that needs nothing else: no script, no font, no request. */
export function* renderHtml(document: Document): Generator<string> {
  const title = htmlText(document.title);
  yield `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n`;
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n`;
  yield `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${title}</title>\n`;
  yield `<style>${STYLE}${document.blocks.some(({ kind }) => kind === "chart") ? CHART_STYLE : ""}</style>\n</head>\n<body>\n<h1>${title}</h1>\n`;
  for (const block of document.blocks) {
    if (isEmpty(block)) continue;
    if (block.heading !== undefined) yield `<h2>${htmlText(block.heading)}</h2>\n`;
    yield* drawBlock(block);
  }
  yield "</body>\n</html>\n";
}

const drawBlock = (block: Block): Iterable<string> => {
  switch (block.kind) {
    case "table":
      return tableRows(block);
    case "lines":
      return lines(block);
    case "chart":
      return svgChart(block, htmlText);
  }
};

const draw = (cell: Cell): string => {
  const tone = toneOf(cell);
  const text = htmlText(textOf(cell));
  return tone === "plain" || text === "" ? text : `<span class="${tone}">${text}</span>`;
};

function* tableRows({ columns, rows, footer = [] }: TableBlock): Generator<string> {
  const cell = (tag: string, content: string, index: number): string =>
    `<${tag}${tag === "th" ? ' scope="col"' : ""}${columns[index]?.align === "right" ? ' class="right"' : ""}>${content}</${tag}>`;
  const row = (cells: readonly Cell[]): string =>
    `<tr>${columns.map((_, index) => cell("td", draw(cells[index] ?? ""), index)).join("")}</tr>\n`;
  yield `<div class="scroll">\n<table>\n<thead>\n<tr>${columns.map(({ header }, i) => cell("th", htmlText(header), i)).join("")}</tr>\n</thead>\n<tbody>\n`;
  for (const cells of rows) yield row(cells);
  yield "</tbody>\n";
  if (footer.length > 0) yield `<tfoot>\n${footer.map(row).join("")}</tfoot>\n`;
  yield "</table>\n</div>\n";
}

function* lines({ lines: texts, bullets = false, code }: LinesBlock): Generator<string> {
  if (code !== undefined) {
    yield `<pre><code>${texts.map((cell) => textOf(cell).split("\t").map(htmlText).join("\t")).join("\n")}\n</code></pre>\n`;
    return;
  }
  if (!bullets) {
    for (const cell of texts) yield `<p>${draw(cell)}</p>\n`;
    return;
  }
  yield "<ul>\n";
  for (const cell of texts) yield `<li>${draw(cell)}</li>\n`;
  yield "</ul>\n";
}
