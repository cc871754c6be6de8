import type { Column } from "@aws-sdk/client-athena";
import { BorderError, isBorderError } from "../../../domain/issues/border-error.ts";
import type { BillReading, BillRequest, BillSource } from "../../../ports/bill-source.ts";
import { quoted } from "../../../schema/problems.ts";
import type { BillEngine } from "../../bill/rows/bill-engine.ts";
import { readBillTable } from "../../bill/rows/read-bill-table.ts";
import { chargesSql } from "../../bill/sql/charges.ts";
import { coverageSql } from "../../bill/sql/coverage.ts";
import { billTable, type TableColumn } from "../../bill/table/bill-format.ts";
import type { BillTable } from "../../bill/table/bill-table.ts";
import { identifier } from "../../bill/table/sql-text.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { scanCost, scanDetail } from "./athena-cost.ts";
import { type AthenaPlace, type AthenaSession, type FinishedQuery, runQuery } from "./athena-query.ts";
import { resultPages } from "./athena-results.ts";

/** Coverage, charges, hours and resources. */
const MOST_QUERIES = 4;
const NAME = /^[\p{L}\p{N}_-]{1,255}$/u;
const LOCATION = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/.*)?$/;

const invalidPlace = (detail: string, hint: string): BorderError =>
  new BorderError(detail, { code: "invalid-bill-source", source: "user", hint });

/** Names go into SQL and requests: anything but letters, digits, hyphens and underscores is refused. */
const checkPlace = ({ database, table, outputLocation }: AthenaPlace): void => {
  for (const name of [database, table]) {
    if (!NAME.test(name)) {
      throw invalidPlace(`${quoted(name)} is no name of a database or table`, "Name both as athena://DATABASE.TABLE.");
    }
  }
  if (outputLocation !== undefined && !LOCATION.test(outputLocation)) {
    throw invalidPlace(`${quoted(outputLocation)} is no place in S3`, "For example s3://my-results/ecs-cost/.");
  }
};

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/output location/i, "Name a place for results (s3://BUCKET/PREFIX/), or a workgroup that has one."],
  [/not found|does not exist|EntityNotFound/i, "Check the names, the region and the profile."],
];

const explained = (error: unknown): unknown => {
  if (!isBorderError(error) || error.code !== "aws-refused") return error;
  const hint = HINTS.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.hint;
  const { message, code, source, cause } = error;
  return new BorderError(message, { code, source, cause, ...(hint === undefined ? {} : { hint }) });
};

interface TableShape {
  readonly columns: readonly TableColumn[];
  readonly partitions: readonly TableColumn[];
}

const columnsOf = (call: AwsCall, columns: readonly Column[] | undefined): readonly TableColumn[] => {
  if (columns === undefined || columns === null) return [];
  if (!Array.isArray(columns)) throw malformedAnswer(call, "its columns are no list");
  return columns.map(({ Name: name, Type: type }: Column) => {
    if (typeof name !== "string") throw malformedAnswer(call, "a column has no name");
    return { name, type: typeof type === "string" ? type : "" };
  });
};

const readShape = async ({ aws, client, region, database, table }: AthenaSession): Promise<TableShape> => {
  const { GetTableMetadataCommand } = await import("@aws-sdk/client-athena");
  const call = { action: "athena:GetTableMetadata", region };
  const command = new GetTableMetadataCommand({
    CatalogName: "AwsDataCatalog",
    DatabaseName: database,
    TableName: table,
  });
  return aws.call(call, async (abortSignal) => {
    const { TableMetadata: metadata } = await client.send(command, { abortSignal });
    return { columns: columnsOf(call, metadata?.Columns), partitions: columnsOf(call, metadata?.PartitionKeys) };
  });
};

const tableOf = async (session: AthenaSession): Promise<BillTable> => {
  const { database, table } = session;
  const { columns, partitions } = await readShape(session);
  const from = `${identifier(database)}.${identifier(table)}`;
  return billTable(from, [...columns, ...partitions], `${database}.${table}`, partitions);
};

const engineOf = (session: AthenaSession, finished: FinishedQuery[]): BillEngine => ({
  ask: async function* (_question, sql) {
    const query = await runQuery(session, sql);
    finished.push(query);
    session.aws.observe({
      code: "athena-progress",
      done: finished.length,
      queries: MOST_QUERIES,
      scannedBytes: finished.reduce((total, { scannedBytes }) => total + scannedBytes, 0),
    });
    yield* resultPages(session, query.id);
  },
});

const readBill = async (aws: Aws, place: AthenaPlace, request: BillRequest): Promise<BillReading> => {
  const session: AthenaSession = { ...place, aws, client: await aws.clients.athena(place.region) };
  const finished: FinishedQuery[] = [];
  try {
    const table = await tableOf(session);
    const source = `athena://${place.database}.${place.table}`;
    const reading = await readBillTable(engineOf(session, finished), table, request, source);
    return { ...reading, readingCost: { usd: scanCost(finished), detail: scanDetail(finished) } };
  } catch (error) {
    throw explained(error);
  }
};

/**
 * A bill in a table of the Glue catalog, read by Amazon Athena with the SQL that DuckDB reads files with. Actions:
 * athena:GetTableMetadata, StartQueryExecution, GetQueryExecution, GetQueryResults, StopQueryExecution.
 *
 * @throws {BorderError} `invalid-bill-source` where a name cannot be one.
 */
export const athenaBill = (aws: Aws, place: AthenaPlace): BillSource => {
  checkPlace(place);
  return { read: (request) => readBill(aws, place, request) };
};

/**
 * The SQL that a reading begins with: what the table holds, and its charges. What else it asks depends on what these say. Only the
 * columns of the table are asked for, which AWS does not bill. Action: athena:GetTableMetadata.
 */
export const planAthena = async (aws: Aws, place: AthenaPlace, request: BillRequest): Promise<readonly string[]> => {
  checkPlace(place);
  const session: AthenaSession = { ...place, aws, client: await aws.clients.athena(place.region) };
  try {
    const table = await tableOf(session);
    return [coverageSql(table), chargesSql(table, request)];
  } catch (error) {
    throw explained(error);
  }
};
