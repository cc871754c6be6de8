import { join } from "node:path";
import { type BorderError, isBorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { DuckDb } from "../duckdb/open-duckdb.ts";
import type { TableFormat } from "../table/bill-table.ts";
import { checkGzip } from "./bill-part.ts";
import { firstLine, type InspectedPart, inspectPart, lackingColumns } from "./inspect-part.ts";
import type { BillFile } from "./list-bill-files.ts";
import { copiedGroup, copySql, csvGroup, type PartGroup, parquetGroup } from "./part-group.ts";
import { type BrokenPart, brokenBill, foreignBill, lackingBill, mixedBill } from "./part-problems.ts";
import { lineTooLong, type SizeLimits } from "./size-limits.ts";

type Part = Extract<InspectedPart, { readonly is: "part" }>;

export interface LoadedParts {
  readonly format: TableFormat;
  readonly groups: readonly PartGroup[];
  readonly issues: readonly Issue[];
}

export interface LoadOptions {
  /** Default false: a part that cannot be read stops the review. */
  readonly leaveOutBroken: boolean;
  readonly limits: SizeLimits;
}

const formatOf = (parts: readonly Part[]): TableFormat | undefined => {
  const byFormat = new Map<TableFormat, BillFile[]>();
  for (const { format, file } of parts) byFormat.set(format, [...(byFormat.get(format) ?? []), file]);
  if (byFormat.size > 1) throw mixedBill(byFormat);
  return parts[0]?.format;
};

const alike = (parts: readonly Part[]): readonly (readonly [Part, ...Part[]])[] => {
  const groups = new Map<string, [Part, ...Part[]]>();
  for (const part of parts) {
    const key = JSON.stringify([part.kind, part.columns]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()];
};

const brokenGzip = async (files: readonly BillFile[], limits: SizeLimits): Promise<readonly BrokenPart[]> => {
  const broken: BrokenPart[] = [];
  for (const file of files) {
    await checkGzip(file, limits).catch((error: unknown) => {
      if (isBorderError(error)) throw error;
      broken.push({ file, reason: `is broken: ${firstLine(error)}` });
    });
  }
  return broken;
};

/** The file that a failure of DuckDB is about. */
const blamed = (error: unknown, files: readonly BillFile[]): BillFile | undefined => {
  const message = error instanceof Error ? error.message : "";
  const named = files.filter(({ realPath }) => message.includes(realPath));
  const longest = named.sort((a, b) => b.realPath.length - a.realPath.length)[0];
  return longest ?? (files.length === 1 ? files[0] : undefined);
};

const tooLongLine = (error: unknown, files: readonly BillFile[], limits: SizeLimits): BorderError | undefined => {
  const message = error instanceof Error ? error.message : "";
  const file = blamed(error, files) ?? files[0];
  const isLong = /maximum line size|max_line_size/i.test(message);
  return isLong && file !== undefined ? lineTooLong(file.path, limits) : undefined;
};

/** Copies CSV files of one first line; parts that turn out to be broken are told and left out. */
const copyText = async (
  db: DuckDb,
  parts: readonly [Part, ...Part[]],
  name: string,
  broken: BrokenPart[],
  limits: SizeLimits,
): Promise<PartGroup | null> => {
  const [first] = parts;
  const gzip = first.kind === "csv.gz";
  const names = first.columns.map((column) => column.name);
  const target = join(db.folder, `${name}.parquet`);
  const checks = gzip
    ? brokenGzip(
        parts.map(({ file }) => file),
        limits,
      )
    : Promise.resolve([]);
  // What is too large is not copied to its end either.
  checks.catch(() => db.interrupt());
  let files = parts.map(({ file }) => file);
  const leaveOut = (found: readonly BrokenPart[]): void => {
    broken.push(...found);
    files = files.filter((file) => !found.some((part) => part.file === file));
  };
  for (let checked = false; files.length > 0; ) {
    const paths = files.map(({ realPath }) => realPath);
    const group = csvGroup(paths, names, gzip, limits.line);
    const failure = await db.run(copySql(group, target)).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    const long = failure === null ? undefined : tooLongLine(failure.error, files, limits);
    if (long !== undefined) throw long;
    const found = checked ? [] : await checks;
    checked = true;
    leaveOut(found);
    if (found.length > 0) continue;
    if (failure === null) return copiedGroup(group, target);
    const file = blamed(failure.error, files);
    if (file === undefined) throw failure.error;
    leaveOut([{ file, reason: `is broken: ${firstLine(failure.error)}` }]);
  }
  return null;
};

const ignored = (file: BillFile): Issue => ({
  code: "ignored-input",
  severity: "info",
  subject: file.path,
  detail: "is no part of a bill; it is not read",
});

/** A part that is left out although the bill does not add up without it. */
export const leftOut = ({ file, reason }: BrokenPart): Issue => ({
  code: "broken-bill",
  severity: "error",
  subject: file.path,
  detail: `${reason}; its lines are missing from every figure`,
});

/**
 * Looks at all files and makes relations of those that are parts of the bill, one for each set of columns.
 *
 * @throws {BorderError} `broken-bill`, `missing-columns`, `unknown-bill` or `mixed-bill`, with the files.
 */
export const loadParts = async (
  db: DuckDb,
  files: readonly BillFile[],
  options: LoadOptions,
  read: (done: number) => void,
): Promise<LoadedParts> => {
  const inspected: InspectedPart[] = [];
  for (const file of files) inspected.push(await inspectPart(db, file, options.limits));
  const of = <Is extends InspectedPart["is"]>(is: Is) =>
    inspected.filter((part): part is Extract<InspectedPart, { readonly is: Is }> => part.is === is);
  const parts = of("part");
  const broken: BrokenPart[] = [...of("broken")];
  const foreign = of("foreign").map(({ file }) => file);
  const named = foreign.filter((file) => file.named);
  if (named.length > 0 || (parts.length === 0 && broken.length === 0))
    throw foreignBill(named.length > 0 ? named : foreign);
  if (broken.length > 0 && (!options.leaveOutBroken || parts.length === 0)) throw brokenBill(broken);
  const lacking = parts.map((part) => ({ file: part.file, missing: lackingColumns(part) }));
  const incomplete = lacking.filter(({ missing }) => missing.length > 0);
  if (incomplete.length > 0) throw lackingBill(incomplete);
  const format = formatOf(parts);
  if (format === undefined) throw brokenBill(broken);
  const groups: PartGroup[] = [];
  let done = 0;
  for (const [index, group] of alike(parts).entries()) {
    const paths = group.map(({ file }) => file.realPath);
    const relation =
      group[0].kind === "parquet"
        ? parquetGroup(paths, group[0].columns)
        : await copyText(db, group, `part-${index}`, broken, options.limits);
    if (relation !== null) groups.push(relation);
    done += group.length;
    read(done);
  }
  if (broken.length > 0 && (!options.leaveOutBroken || groups.length === 0)) throw brokenBill(broken);
  return { format, groups, issues: [...foreign.map(ignored), ...broken.map(leftOut)] };
};
