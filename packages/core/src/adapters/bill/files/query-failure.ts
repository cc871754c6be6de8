import { BorderError, isBorderError } from "../../../domain/issues/border-error.ts";
import type { DuckDb } from "../duckdb/open-duckdb.ts";
import { partKind } from "./bill-part.ts";
import { firstLine } from "./inspect-part.ts";
import type { BillFile } from "./list-bill-files.ts";
import { fileList } from "./part-group.ts";
import { type BrokenPart, brokenBill } from "./part-problems.ts";

/** Parquet files that cannot be read to their end. */
const unreadableFiles = async (db: DuckDb, files: readonly BillFile[]): Promise<readonly BrokenPart[]> => {
  const broken: BrokenPart[] = [];
  for (const file of files.filter((each) => partKind(each) === "parquet")) {
    const sql = `SELECT CAST(SUM(HASH(part)) AS VARCHAR) FROM READ_PARQUET(${fileList([file.realPath])}, hive_partitioning = false, binary_as_string = true) AS part`;
    try {
      for await (const rows of db.rows(sql)) void rows;
    } catch (error) {
      broken.push({ file, reason: `is broken: ${firstLine(error)}` });
    }
  }
  return broken;
};

/** What a failure of a question means for the user: a broken part, a value that is no number, too much at once. */
export const queryFailure = async (
  error: unknown,
  db: DuckDb,
  files: readonly BillFile[],
  source: string,
): Promise<unknown> => {
  if (isBorderError(error)) return error;
  const message = error instanceof Error ? error.message : "";
  const refuse = (code: string, detail: string, hint: string): BorderError =>
    new BorderError(`${source}: ${detail}`, { code, source: "user", hint, cause: error });
  if (/^Out of Memory/i.test(message)) {
    return refuse(
      "bill-too-large",
      "the bill needs more memory than the review may take",
      "Ask for fewer tags, or have it queried by Athena: --bill athena://DATABASE.TABLE.",
    );
  }
  if (/^Out of Range Error|overflow/i.test(message) && !/Could not convert/i.test(message)) {
    return refuse("bill-overflow", "amounts are too large to be added up exactly", firstLine(error));
  }
  if (/^Conversion Error/i.test(message)) {
    return refuse("invalid-bill", `a value cannot be read: ${firstLine(error)}`, "Export the bill again, unchanged.");
  }
  const broken = await unreadableFiles(db, files);
  return broken.length > 0 ? brokenBill(broken) : error;
};
