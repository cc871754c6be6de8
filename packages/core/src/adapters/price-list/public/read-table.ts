import { BorderError } from "../../../domain/issues/border-error.ts";
import { BadCsv, type CsvRecord, scanCsv } from "./csv-scanner.ts";
import type { ListFile } from "./file-bytes.ts";
import { listError } from "./list-error.ts";
import { plainBytes } from "./plain-bytes.ts";

/** What the lines above a table of the price list say. */
export interface TableHead {
  readonly offerCode: string;
  /** `20260116160258`. */
  readonly version: string;
  /** ISO date. */
  readonly publishedOn: string;
}

/** The place of a column by its name, spelled in any way (`Pre Installed S/W`, `preInstalledSw`); -1 where there is none. */
export type ColumnPlace = (name: string) => number;

/** Takes the rows of a table whose columns are known. */
export type TakeRow = (record: CsvRecord) => void;

const MOST_PREAMBLE = 20;

/** Names of columns alike in every spelling. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const placesOf = (header: CsvRecord): ColumnPlace => {
  const places = new Map<string, number>();
  for (let at = header.size - 1; at >= 0; at -= 1) places.set(plainName(header.text(at)), at);
  return (name) => places.get(plainName(name)) ?? -1;
};

const headOf = (preamble: ReadonlyMap<string, string>): TableHead => {
  const [offerCode, version, published] = ["offercode", "version", "publicationdate"].map(
    (name) => preamble.get(name) ?? "",
  );
  if (!offerCode || !version || !/^\d{4}-\d{2}-\d{2}/.test(published ?? "")) {
    throw new BadCsv("it does not say its version and date");
  }
  return { offerCode, version, publishedOn: (published ?? "").slice(0, 10) };
};

/** Finds the line with the columns and hands every line after it on. */
const tableReader = (onColumns: (place: ColumnPlace, head: TableHead) => TakeRow) => {
  const preamble = new Map<string, string>();
  let columns = 0;
  let lines = 0;
  let takeRow: TakeRow | undefined;
  let head: TableHead | undefined;
  const take = (record: CsvRecord): void => {
    lines += 1;
    if (takeRow !== undefined) {
      if (record.size !== columns) throw new BadCsv(`record ${lines} has ${record.size} of ${columns} cells`);
      takeRow(record);
    } else if (plainName(record.text(0)) === "sku") {
      columns = record.size;
      head = headOf(preamble);
      takeRow = onColumns(placesOf(record), head);
    } else if (lines > MOST_PREAMBLE) throw new BadCsv("it has no line with columns");
    else preamble.set(plainName(record.text(0)), record.text(1));
  };
  const headRead = (): TableHead => {
    if (head === undefined) throw new BadCsv("it has no line with columns");
    return head;
  };
  return { take, headRead };
};

/**
 * Reads a table of the price list as it comes; nothing of it is kept but what `onColumns` makes of its rows.
 *
 * @throws {BorderError} where it is cut short, damaged, or no table of the price list.
 */
export const readTable = async (
  file: ListFile,
  onColumns: (place: ColumnPlace, head: TableHead) => TakeRow,
  onBytes: (count: number) => void = () => {},
): Promise<TableHead> => {
  const { take, headRead } = tableReader(onColumns);
  const scanner = scanCsv(take);
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of file.bytes) {
      onBytes(piece.length);
      yield piece;
    }
  }
  try {
    for await (const piece of await plainBytes({ ...file, bytes: counted() })) scanner.push(piece);
    scanner.end();
    return headRead();
  } catch (error) {
    if (error instanceof BorderError || !(error instanceof BadCsv)) throw error;
    throw listError(file.url, "malformed-answer", `this is no whole table of the price list: ${error.message}`, error);
  }
};
