import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

export type Row = Readonly<Record<string, string>>;

/** The rows of one CSV file of the folder, cells as text. */
export const readRows = (folder: string, file: string): readonly Row[] =>
  parse(readFileSync(join(folder, file), "utf8"), { columns: true, skip_empty_lines: true }) as Row[];

/** A cell that the format promises; a file without it is refused. */
export const cell = (row: Row, name: string): string => {
  const value = row[name];
  if (value === undefined) throw new Error(`The column ${name} is missing in a row of ${JSON.stringify(row)}`);
  return value;
};

/** A cell that holds a decimal number, as written; savings may be negative, money may not. */
export const amount = (row: Row, name: string, pattern = /^\d+(\.\d+)?$/): string => {
  const text = cell(row, name);
  if (!pattern.test(text)) throw new Error(`${name} is no plain decimal: ${JSON.stringify(row)}`);
  return text;
};

/** Large tables name a source of `sources.csv` in each row; here it becomes the date and the document. */
export const withOrigins = (rows: readonly Row[], sources: readonly Row[]): readonly Row[] => {
  const byId = new Map(sources.map((row) => [cell(row, "id"), row]));
  return rows.map((row) => {
    const source = byId.get(cell(row, "source"));
    if (source === undefined) throw new Error(`sources.csv lacks ${cell(row, "source")}`);
    return { ...row, as_of: cell(source, "as_of"), source: cell(source, "source") };
  });
};

export interface Dated {
  readonly asOf: string;
  readonly source: string;
}

/** Date and document of a row. */
export const origin = (row: Row): Dated => ({ asOf: cell(row, "as_of"), source: cell(row, "source") });

/**
 * Whether the second of two facts about the same price replaces the first: a later date wins, any date wins over
 * `undated`, and at a tie the fact that was read first stays. A month comes before its days.
 */
export const supersedes = (first: Dated, second: Dated): boolean => {
  if (second.asOf === "undated") return false;
  return first.asOf === "undated" || second.asOf > first.asOf;
};

export interface Fact extends Dated {
  readonly rate?: string;
}

/** Facts by name, of which the newest one stays. Facts of one date that state different rates stop the import. */
export class Newest<T extends Fact> {
  readonly #facts = new Map<string, T>();

  add(name: string, fact: T): void {
    const known = this.#facts.get(name);
    if (known !== undefined && known.asOf === fact.asOf && Number(known.rate ?? 0) !== Number(fact.rate ?? 0)) {
      throw new Error(`${name}: ${known.rate} (${known.source}) and ${fact.rate} (${fact.source}), both ${fact.asOf}`);
    }
    if (known === undefined || supersedes(known, fact)) this.#facts.set(name, fact);
  }

  has(name: string): boolean {
    return this.#facts.has(name);
  }

  /** Sorted by name. */
  entries(): readonly (readonly [string, T])[] {
    return [...this.#facts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
