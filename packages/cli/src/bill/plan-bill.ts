import { Decimal } from "@ecs-cost/core/estimate";
import { openSession } from "../aws/session.ts";
import type { Cell } from "../render/document/document.ts";
import type { Result } from "../render/document/result.ts";
import type { AthenaBillPlace } from "./bill-place.ts";
import { type BillQuestion, requestOf } from "./bill-question.ts";
import { athenaPlaceOf } from "./live-bill.ts";

/** What reading a bill would ask for. */
interface BillPlan {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  /** Pages of Cost Explorer at least; null elsewhere. */
  readonly pages: number | null;
  /** USD at least; null where it depends on what is scanned. */
  readonly cost: Decimal | null;
  readonly detail: string;
  readonly files: readonly string[];
  readonly sql: readonly string[];
}

/** What the bill would be asked, and what that costs, without asking it. */
export const planBill = async (question: BillQuestion): Promise<Result> => resultOf(question, await planOf(question));

const planOf = async (question: BillQuestion): Promise<BillPlan> => {
  const { place } = question;
  const { from, to, tagKeys } = requestOf(question);
  const nothing = { from, to, pages: null, cost: null, files: [], sql: [] };
  if (place.kind === "files") {
    const files = [...place.paths];
    return {
      ...nothing,
      source: files.join(", "),
      cost: new Decimal(0),
      detail: "files are read where they are",
      files,
    };
  }
  const core = await import("@ecs-cost/core/aws");
  if (place.kind === "cost-explorer") {
    const { requests, usd } = core.planCostExplorer({ tagKeys });
    const detail = `at least ${requests} pages at $${core.COST_EXPLORER_PAGE_PRICE}; what the first ones say decides on further ones`;
    return { ...nothing, source: "cost-explorer", pages: requests, cost: new Decimal(usd), detail };
  }
  return {
    ...nothing,
    source: `athena://${place.database}.${place.table}`,
    detail: `$${core.ATHENA_TB_PRICE} for each TB that is scanned, at least 10 MB a query`,
    sql: await athenaSql(place, question),
  };
};

/** The SQL needs the columns of the table; AWS tells them for nothing. */
const athenaSql = async (place: AthenaBillPlace, question: BillQuestion): Promise<readonly string[]> => {
  const { core, aws } = await openSession(question.profile);
  return core.planAthena(aws, await athenaPlaceOf(place, question), requestOf(question));
};

const resultOf = ({ month }: BillQuestion, plan: BillPlan): Result => {
  const { source, from, to, pages, cost, detail, sql } = plan;
  const dollars = cost === null ? "by what is scanned" : `$${cost.toFixed()}`;
  const rows: readonly (readonly Cell[])[] = [
    ["Bill", source],
    ["From", from],
    ["To", `${to} (exclusive), as far as there is a bill`],
    ...(pages === null ? [] : [["Pages", `${pages} at least`]]),
    ["Cost", dollars],
    ["Priced", detail],
  ];
  return {
    json: () => ({ schemaVersion: 1, command: "review", dryRun: true, month, currency: "USD", reading: plan }),
    document: () => ({
      title: `Reading the bill of ${month}: ${dollars}`,
      blocks: [
        { kind: "table", columns: [{ header: "What" }, { header: "Is", cutTo: 40 }], rows },
        { kind: "lines", heading: "SQL that it begins with", lines: sql },
        { kind: "lines", lines: ["Nothing was read: the same command without --dry-run reads it."] },
      ],
    }),
    sheet: () => ({
      header: ["month", "source", "from", "to", "pages", "cost"],
      rows: [[month, source, from, to, pages === null ? "" : String(pages), cost?.toFixed() ?? ""]],
    }),
  };
};
