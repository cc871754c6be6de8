import { Decimal } from "@ecs-cost/core/estimate";
import { counted } from "../../../document/figures.ts";
import { html, type Markup, NOTHING } from "./markup.ts";

/** One column: what it shows of a row, and what it is ordered by. */
export interface PageColumn<T> {
  readonly header: string;
  readonly cell: (row: T) => string | Markup;
  /** An amount, or null where it is not known; makes the column a numeric one. */
  readonly amount?: (row: T) => Decimal | null;
  /** Shows nothing that rows could be ordered by. */
  readonly drawn?: boolean;
  /** Left out on a phone. */
  readonly minor?: boolean;
}

interface PageTable<T> {
  /** Names the table for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly PageColumn<T>[];
  readonly rows: readonly T[];
  readonly footer?: readonly (readonly (string | Markup)[])[];
  /** An id of the page, where the rows can be filtered. */
  readonly filter?: string;
}

/** A page that a browser opens at once; JSON and CSV have all rows. */
const MOST_ROWS = 400;
/** Below this many rows nobody needs a filter. */
const LEAST_FILTERED = 6;

const classOf = <T>({ amount, drawn, minor }: PageColumn<T>): string =>
  [drawn === true ? "drawn" : amount === undefined ? "text" : "num", ...(minor === true ? ["minor"] : [])].join(" ");

/** A table that the page's script makes sortable and, with an id, filterable; without it, it is a plain table. */
export const pageTable = <T>({ caption, columns, rows, footer = [], filter }: PageTable<T>): Markup => {
  if (rows.length === 0) return NOTHING;
  const shown = rows.slice(0, MOST_ROWS);
  const left = rows.length - shown.length;
  const headers = columns.map((column) => html`<th scope="col" class="${classOf(column)}">${column.header}</th>`);
  const bodyRow = (row: T): Markup => html`<tr>${columns.map((column) => cell(column, row))}</tr>\n`;
  const footerRow = (cells: readonly (string | Markup)[]): Markup =>
    html`<tr>${columns.map((column, at) => html`<td class="${classOf(column)}">${cells[at] ?? ""}</td>`)}</tr>\n`;
  return html`${filter === undefined || shown.length < LEAST_FILTERED ? NOTHING : filterBox(filter, caption)}
<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table data-sortable>
<caption class="unseen">${caption}</caption>
<thead><tr>${headers}</tr></thead>
<tbody>
${shown.map(bodyRow)}</tbody>
${footer.length === 0 ? NOTHING : html`<tfoot>${footer.map(footerRow)}</tfoot>\n`}</table>
</div>
${left === 0 ? NOTHING : html`<p class="faint">${counted(left, "more row")}: see --format json or csv.</p>`}`;
};

const cell = <T>(column: PageColumn<T>, row: T): Markup => {
  const { amount } = column;
  if (amount === undefined) return html`<td class="${classOf(column)}">${column.cell(row)}</td>`;
  return html`<td class="${classOf(column)}" data-sort="${sortKey(amount(row))}">${column.cell(row)}</td>`;
};

const sortKey = (amount: Decimal | null): string => (amount instanceof Decimal ? amount.toFixed() : "");

/** Stays hidden until the script can do what it promises. */
const filterBox = (id: string, caption: string): Markup =>
  html`<div class="filter" hidden><label for="${id}">Filter<span class="unseen"> ${caption}</span></label> <input id="${id}" type="search" autocomplete="off"> <span class="count faint" role="status"></span></div>`;
