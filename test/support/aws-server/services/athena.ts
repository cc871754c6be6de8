import { AwsFault } from "../fault.ts";
import { hashText } from "../noise.ts";
import { pageOf } from "../paging.ts";
import { type Input, type JsonHandlers, sizeOf, textOf } from "../request.ts";

interface TableColumn {
  readonly name: string;
  /** As the Glue catalog says it. */
  readonly type: string;
}

/** What stands behind Athena: tables, and what answers SQL. */
export interface AthenaBackend {
  readonly table: (
    database: string,
    table: string,
  ) => Promise<{ readonly columns: readonly TableColumn[]; readonly partitions: readonly TableColumn[] } | undefined>;
  /** Throws what Athena gives as the reason of a failure. */
  readonly query: (sql: string) => Promise<{
    readonly names: readonly string[];
    readonly rows: readonly (readonly (string | null)[])[];
    readonly scannedBytes: number;
  }>;
}

interface Execution {
  readonly id: string;
  readonly sql: string;
  readonly answer: ReturnType<AthenaBackend["query"]>;
  polls: number;
  stopped: boolean;
}

const invalid = (message: string): AwsFault => new AwsFault("InvalidRequestException", message);

const required = (input: Input, name: string): string => {
  const value = textOf(input, name);
  if (value === undefined || value === "") throw invalid(`${name} is required`);
  return value;
};

const glueColumns = (columns: readonly TableColumn[]) => columns.map(({ name, type }) => ({ Name: name, Type: type }));

const statistics = (scannedBytes: number) => ({
  DataScannedInBytes: scannedBytes,
  EngineExecutionTimeInMillis: 10,
  ResultReuseInformation: { ReusedPreviousResult: false },
});

const executionOf = async (execution: Execution) => {
  execution.polls += 1;
  const base = { QueryExecutionId: execution.id, Query: execution.sql, StatementType: "DML" };
  if (execution.stopped)
    return { ...base, Status: { State: "CANCELLED", StateChangeReason: "Query cancelled by user" } };
  if (execution.polls < 3) return { ...base, Status: { State: execution.polls === 1 ? "QUEUED" : "RUNNING" } };
  try {
    const { scannedBytes } = await execution.answer;
    return { ...base, Status: { State: "SUCCEEDED" }, Statistics: statistics(scannedBytes) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const detail = { ErrorCategory: 2, ErrorType: 1006, Retryable: false, ErrorMessage: reason };
    return { ...base, Status: { State: "FAILED", StateChangeReason: reason, AthenaError: detail } };
  }
};

const resultsOf = async ({ answer }: Execution, input: Input) => {
  const { names, rows } = await answer;
  const { items, next } = pageOf([names, ...rows], sizeOf(input, "MaxResults", 1000, 1000), textOf(input, "NextToken"));
  return {
    ResultSet: {
      Rows: items.map((row) => ({ Data: row.map((value) => (value === null ? {} : { VarCharValue: value })) })),
      ResultSetMetadata: { ColumnInfo: names.map((name) => ({ Name: name, Type: "varchar" })) },
    },
    NextToken: next,
  };
};

const nothing: AthenaBackend = {
  table: async () => undefined,
  query: async () => {
    throw new Error("SYNTAX_ERROR: there is no table");
  },
};

/** Operations of Athena that run a query and give its result. */
export const athenaHandlers = (backend: AthenaBackend = nothing): JsonHandlers => {
  const executions = new Map<string, Execution>();
  const byToken = new Map<string, string>();
  const find = (input: Input): Execution => {
    const found = executions.get(required(input, "QueryExecutionId"));
    if (found === undefined) throw invalid("QueryExecution was not found");
    return found;
  };
  return {
    GetTableMetadata: async (input) => {
      const [database, name] = [required(input, "DatabaseName"), required(input, "TableName")];
      const table = await backend.table(database, name);
      if (table === undefined)
        throw new AwsFault("MetadataException", `EntityNotFoundException: Table ${name} not found.`);
      const [columns, partitions] = [glueColumns(table.columns), glueColumns(table.partitions)];
      return {
        TableMetadata: { Name: name, TableType: "EXTERNAL_TABLE", Columns: columns, PartitionKeys: partitions },
      };
    },
    StartQueryExecution: (input) => {
      const sql = required(input, "QueryString");
      const token = required(input, "ClientRequestToken");
      if (token.length < 32) throw invalid("ClientRequestToken is too short");
      const output = (input["ResultConfiguration"] as { OutputLocation?: string } | undefined)?.OutputLocation;
      if (output === undefined && textOf(input, "WorkGroup") === "primary") {
        throw invalid(
          "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.",
        );
      }
      const id = byToken.get(token) ?? `query-${executions.size}-${hashText(token)}`;
      if (!executions.has(id)) {
        const answer = backend.query(sql);
        answer.catch(() => undefined);
        executions.set(id, { id, sql, answer, polls: 0, stopped: false });
      }
      byToken.set(token, id);
      return { QueryExecutionId: id };
    },
    GetQueryExecution: async (input) => ({ QueryExecution: await executionOf(find(input)) }),
    GetQueryResults: async (input) => resultsOf(find(input), input),
    StopQueryExecution: (input) => {
      find(input).stopped = true;
      return {};
    },
  };
};
