import { BorderError } from "../../../domain/issues/border-error.ts";

/** A row of an answer, by the position of its columns. */
export type BillRow = readonly (string | null)[];

/** `"12.500000000000000000"` as `"12.5"`. */
export const plainAmount = (text: string): string => {
  if (!text.includes(".")) return text;
  const trimmed = text.replace(/0+$/, "").replace(/\.$/, "");
  return trimmed === "-0" || trimmed === "" ? "0" : trimmed;
};

/** Reads cells by the names of the columns; the same text is kept once. */
export const cellReader = <Column extends string>(columns: readonly Column[]) => {
  const places = new Map(columns.map((column, index) => [column, index]));
  const texts = new Map<string, string>();
  const kept = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  const textOrNull = (row: BillRow, column: Column): string | null => {
    const cell = row[places.get(column) ?? -1];
    return cell === null || cell === undefined ? null : kept(cell);
  };
  return {
    textOrNull,
    text: (row: BillRow, column: Column): string => textOrNull(row, column) ?? "",
    amount: (row: BillRow, column: Column): string => kept(plainAmount(textOrNull(row, column) ?? "0")),
  };
};

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** An ISO date of the bill, or a failure that shows it. */
export const dateOf = (text: string | null, what: string, source: string): string => {
  if (text !== null && DATE.test(text)) return text;
  const shown = text === null ? "no date" : JSON.stringify(text);
  throw new BorderError(`${source}: lines have ${shown} where ${what} should stand`, {
    code: "invalid-bill",
    source: "user",
    hint: "Dates are timestamps or ISO 8601 text, for example 2026-10-01T00:00:00Z.",
  });
};

/** The day after an ISO date. */
export const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** First day of the month after the one of an ISO date. */
export const monthAfter = (date: string): string => {
  const [year = 0, month = 1] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
};
