import { isBorderError } from "../../domain/issues/border-error.ts";
import type { BillReading, BillRequest, BillSource } from "../../ports/bill-source.ts";
import type { Observer } from "../../ports/observer.ts";
import { type DuckDb, openDuckDb } from "./duckdb/open-duckdb.ts";
import { billView } from "./files/bill-view.ts";
import { lastDeliveries, withoutCopies } from "./files/duplicate-parts.ts";
import { type BillFile, listBillFiles } from "./files/list-bill-files.ts";
import { leftOut, loadParts } from "./files/load-parts.ts";
import { withoutPattern } from "./files/part-group.ts";
import type { BrokenPart } from "./files/part-problems.ts";
import { queryFailure } from "./files/query-failure.ts";
import { SIZE_LIMITS, type SizeLimits } from "./files/size-limits.ts";
import { unevenColumns } from "./files/uneven-columns.ts";
import type { BillEngine } from "./rows/bill-engine.ts";
import { readBillTable } from "./rows/read-bill-table.ts";
import { spellingSql } from "./sql/tags.ts";
import type { BillTable } from "./table/bill-table.ts";

export interface BillFilesOptions {
  /** A part that cannot be read is an issue and its lines are missing; by default it stops the review. */
  readonly leaveOutBroken?: boolean;
  /** How much is read at most; see `SIZE_LIMITS`. */
  readonly limits?: Partial<SizeLimits>;
  readonly observer?: Observer;
}

/** Looking at the parts, then each question. */
const STEPS = 5;
const ECS_TAGS = ["aws:ecs:clusterName", "aws:ecs:serviceName"];
const PROGRESS_MS = 200;

const sourceName = (paths: readonly string[]): string => {
  const [first = "", ...others] = paths;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
};

const observed = (db: DuckDb, observer: Observer | undefined, parts: number): BillEngine => {
  let step = 1;
  return {
    ask: async function* (_question, sql) {
      const tell = (): void => {
        const percent = Math.max(0, Math.min(99, db.progress()));
        observer?.({ code: "bill-progress", parts, percent: Math.floor(((step + percent / 100) / STEPS) * 100) });
      };
      const timer = observer === undefined ? undefined : setInterval(tell, PROGRESS_MS);
      try {
        yield* db.rows(sql);
      } finally {
        clearInterval(timer);
        step += 1;
      }
    },
  };
};

/** Each lookup in a map is done for every line: only spellings that the bill has are worth it. */
const tagSpellings = async (
  db: DuckDb,
  table: BillTable,
  tagKeys: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, readonly string[]>();
  for (const key of new Set([...ECS_TAGS, ...tagKeys])) {
    const sql = spellingSql(table, key);
    if (sql === null) break;
    const spelled: string[] = [];
    for await (const rows of db.rows(sql)) for (const [spelling] of rows) if (spelling != null) spelled.push(spelling);
    found.set(key, spelled);
  }
  return found;
};

const readParts = async (
  db: DuckDb,
  files: readonly BillFile[],
  request: BillRequest,
  source: string,
  options: BillFilesOptions,
): Promise<BillReading> => {
  const { observer, leaveOutBroken = false } = options;
  const limits = { ...SIZE_LIMITS, ...options.limits };
  const tell = (done: number): void =>
    observer?.({
      code: "bill-progress",
      parts: files.length,
      percent: Math.floor((done / files.length / STEPS) * 100),
    });
  const loaded = await loadParts(db, files, { leaveOutBroken, limits }, tell);
  const view = billView(loaded.format, loaded.groups);
  await db.run(view.sql);
  const table = { ...view.table, tagSpellings: await tagSpellings(db, view.table, request.tagKeys) };
  const { bill, issues } = await readBillTable(observed(db, observer, files.length), table, request, source);
  return { bill, issues: [...loaded.issues, ...unevenColumns(loaded.groups, source), ...issues], readingCost: null };
};

/** Parts that a failure names and that can be left out: some, but not all. */
const spoiledParts = (failure: unknown, files: readonly BillFile[]): readonly BrokenPart[] => {
  if (!isBorderError(failure) || failure.code !== "broken-bill") return [];
  const spoiled = failure.problems.flatMap(({ where, detail }) =>
    files.filter(({ path }) => path === where.file).map((file) => ({ file, reason: detail })),
  );
  return spoiled.length < files.length ? spoiled : [];
};

const readFiles = async (
  files: readonly BillFile[],
  request: BillRequest,
  source: string,
  options: BillFilesOptions,
): Promise<BillReading> => {
  const db = await openDuckDb(files.flatMap(({ realPath }) => [realPath, withoutPattern(realPath)]));
  let spoiled: readonly BrokenPart[];
  try {
    return await readParts(db, files, request, source, options);
  } catch (error) {
    const failure = await queryFailure(error, db, files, source);
    spoiled = options.leaveOutBroken === true ? spoiledParts(failure, files) : [];
    if (spoiled.length === 0) throw failure;
  } finally {
    db.close();
  }
  const whole = files.filter((file) => !spoiled.some((part) => part.file === file));
  const reading = await readFiles(whole, request, source, options);
  return { ...reading, issues: [...spoiled.map(leftOut), ...reading.issues] };
};

/**
 * A bill from files: Cost and Usage Reports (new and legacy) and FOCUS exports as CSV, gzip or Parquet, one file, several or
 * folders of parts. DuckDB is loaded when it is read.
 */
export const billFiles = (paths: readonly string[], options: BillFilesOptions = {}): BillSource => ({
  read: async (request) => {
    const last = lastDeliveries(listBillFiles(paths));
    const unique = await withoutCopies(last.files);
    const reading = await readFiles(unique.files, request, sourceName(paths), options);
    return { ...reading, issues: [...last.issues, ...unique.issues, ...reading.issues] };
  },
});
