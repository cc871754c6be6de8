import { stringify } from "csv-stringify/sync";
import { safeText } from "../document/safe-text.ts";
import type { Sheet } from "../document/sheet.ts";

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A cell that no spreadsheet takes for a formula; plain numbers, negative ones too, stay numbers. */
export const csvCell = (text: string): string => {
  const guard = /^[=+\-@\t\r\n]/.test(text) && !PLAIN_NUMBER.test(text);
  const safe = safeText(text);
  return guard || (/^[=+\-@]/.test(safe) && !PLAIN_NUMBER.test(safe)) ? `'${safe}` : safe;
};

const ROWS_AT_ONCE = 1000;

/** A sheet as CSV (RFC 4180, LF), some rows at a time. */
export function* renderCsv({ header, rows }: Sheet): Generator<string> {
  let part: (readonly string[])[] = [header];
  for (const row of rows) {
    part.push(row.map(csvCell));
    if (part.length < ROWS_AT_ONCE) continue;
    yield stringify(part);
    part = [];
  }
  if (part.length > 0) yield stringify(part);
}
