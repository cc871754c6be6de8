import { BorderError, type Problem } from "../../../domain/issues/border-error.ts";
import { printable } from "../../../schema/problems.ts";
import type { TableFormat } from "../table/bill-table.ts";
import type { BillFile } from "./list-bill-files.ts";

export interface BrokenPart {
  readonly file: BillFile;
  readonly reason: string;
}

const MOST_NAMED = 5;

/** What DuckDB says of text that is no JSON object. */
const TAGS = /Malformed JSON|Expected OBJECT/;

const refusal = (code: string, problems: readonly Problem[], hint: string): BorderError => {
  const lines = problems
    .slice(0, MOST_NAMED)
    .map(({ where, detail }) => `${printable(where.file)}: ${printable(detail)}`);
  const more = problems.length - lines.length;
  return new BorderError([...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"), {
    code,
    source: "user",
    hint,
    problems,
    ...(problems[0] === undefined ? {} : { where: problems[0].where }),
  });
};

/** Parts without which the bill would not add up. */
export const brokenBill = (parts: readonly BrokenPart[]): BorderError =>
  refusal(
    "broken-bill",
    parts.map(({ file, reason }) => ({ where: { file: file.path }, detail: reason })),
    parts.every(({ reason }) => TAGS.test(reason))
      ? "Maps such as resource_tags are JSON text in what AWS delivers; have Athena write them so: JSON_FORMAT(CAST(resource_tags AS JSON))."
      : "Fetch the part again: without it the bill does not add up.",
  );

/** Columns that the review needs and parts do not have. */
export const lackingBill = (parts: readonly { readonly file: BillFile; readonly missing: readonly string[] }[]) =>
  refusal(
    "missing-columns",
    parts.map(({ file, missing }) => ({ where: { file: file.path }, detail: `lacks ${missing.join(", ")}` })),
    "Add the columns to the export; the review needs them.",
  );

/** Files that are no bills although they were named as such. */
export const foreignBill = (files: readonly BillFile[]): BorderError =>
  refusal(
    "unknown-bill",
    files.map(({ path }) => ({
      where: { file: path },
      detail: "is no bill: its columns are those of no Cost and Usage Report and of no FOCUS export",
    })),
    "Give CUR 2.0, a legacy Cost and Usage Report, or FOCUS 1.0 to 1.3, as CSV, gzip or Parquet.",
  );

/** Bills of several formats: the same costs would be counted twice. */
export const mixedBill = (byFormat: ReadonlyMap<TableFormat, readonly BillFile[]>): BorderError =>
  refusal(
    "mixed-bill",
    [...byFormat].flatMap(([format, files]) =>
      files.slice(0, 2).map(({ path }) => ({ where: { file: path }, detail: `is ${format}` })),
    ),
    "Give the files of one export; two of the same month would count everything twice.",
  );
