import type { GetQueryResultsOutput } from "@aws-sdk/client-athena";
import type { BillRow } from "../../bill/rows/cells.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { AthenaSession } from "./athena-query.ts";

const PAGE_ROWS = 1000;
/** How often a page is asked for again where its token leads nowhere new. */
const MOST_REPEATS = 3;

interface ResultPage {
  readonly rows: readonly BillRow[];
  readonly next: string | undefined;
}

const pageOf = (call: AwsCall, { ResultSet: set, NextToken: next }: GetQueryResultsOutput): ResultPage => {
  const width = set?.ResultSetMetadata?.ColumnInfo?.length;
  if (width === undefined || !Array.isArray(set?.Rows)) throw malformedAnswer(call, "it has no rows or no columns");
  const rows = set.Rows.map(({ Data: data }): BillRow => {
    if (!Array.isArray(data) || data.length !== width)
      throw malformedAnswer(call, "a row has too few or too many values");
    return data.map(({ VarCharValue: value }) => {
      if (value === undefined || value === null) return null;
      if (typeof value !== "string") throw malformedAnswer(call, "a value is no text");
      return value;
    });
  });
  if (next !== undefined && next !== null && typeof next !== "string")
    throw malformedAnswer(call, "its token is no text");
  return { rows, next: next === undefined || next === null || next === "" ? undefined : next };
};

/** Rows of a query that succeeded, page by page; the line of names that comes first is left out. */
export const resultPages = async function* (session: AthenaSession, id: string): AsyncGenerator<readonly BillRow[]> {
  const { GetQueryResultsCommand } = await import("@aws-sdk/client-athena");
  const call: AwsCall = { action: "athena:GetQueryResults", region: session.region };
  const seen = new Set<string>();
  let token: string | undefined;
  for (let repeats = 0; ; ) {
    const command = new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: token, MaxResults: PAGE_ROWS });
    const page = await session.aws.call(call, async (abortSignal) =>
      pageOf(call, await session.client.send(command, { abortSignal })),
    );
    if (page.next !== undefined && seen.has(page.next)) {
      repeats += 1;
      if (repeats > MOST_REPEATS) throw malformedAnswer(call, "its pages repeat");
      continue;
    }
    yield token === undefined ? page.rows.slice(1) : page.rows;
    if (page.next === undefined) return;
    seen.add(page.next);
    token = page.next;
  }
};
