import { usageError } from "../program/usage-error.ts";

/** A table of the Glue catalog that Athena reads. */
export interface AthenaBillPlace {
  readonly kind: "athena";
  readonly database: string;
  readonly table: string;
}

/** Where a bill is. */
export type BillPlace =
  | { readonly kind: "files"; readonly paths: readonly string[] }
  | { readonly kind: "cost-explorer" }
  | AthenaBillPlace;

const COST_EXPLORER = "cost-explorer";
const ATHENA = "athena://";
/** Names that Athena takes without quotes; the catalogue of AWS Glue allows more than is sensible. */
const NAME = /^[A-Za-z0-9_-]{1,255}$/;

const athenaPlace = (source: string): BillPlace => {
  const [database = "", table = "", ...more] = source.slice(ATHENA.length).split(".");
  if (!NAME.test(database) || !NAME.test(table) || more.length > 0) {
    throw usageError(`--bill ${source}: expected athena://DATABASE.TABLE`, "For example athena://billing.cur2.");
  }
  return { kind: "athena", database, table };
};

/** The place that `--bill` names: files of one bill, or one live source, which stands alone. */
export const billPlaceOf = (sources: readonly string[]): BillPlace => {
  const [first, ...others] = sources;
  if (first === undefined) {
    throw usageError(
      "there is no --bill",
      "--bill SRC is a file or folder of bill exports, saved Cost Explorer JSON, cost-explorer, or athena://DATABASE.TABLE.",
    );
  }
  const live = sources.find((source) => source === COST_EXPLORER || source.startsWith(ATHENA));
  if (live === undefined) return { kind: "files", paths: sources };
  if (others.length > 0) {
    throw usageError(`--bill ${live} stands alone`, "Parts of one bill are files or folders; live sources are whole.");
  }
  return live === COST_EXPLORER ? { kind: "cost-explorer" } : athenaPlace(live);
};
