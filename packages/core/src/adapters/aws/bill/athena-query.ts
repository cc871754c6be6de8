import { createHash } from "node:crypto";
import type { AthenaClient, QueryExecution } from "@aws-sdk/client-athena";
import { BorderError } from "../../../domain/issues/border-error.ts";
import { malformedAnswer, withoutSecrets } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import type { BilledQuery } from "./athena-cost.ts";

export interface AthenaPlace {
  readonly region: string;
  readonly database: string;
  readonly table: string;
  /** Default `primary`. */
  readonly workgroup?: string;
  /** `s3://BUCKET/PREFIX/` for results, where the workgroup has none. */
  readonly outputLocation?: string;
  /** Minutes for which the result of an equal query is used again instead of scanning; default 60, 0 for never. */
  readonly reuseMinutes?: number;
  /** Ends the reading; a query that runs is stopped. */
  readonly signal?: AbortSignal;
}

/** A place in Athena with what is needed to call it. */
export interface AthenaSession extends AthenaPlace {
  readonly aws: Aws;
  readonly client: AthenaClient;
}

const REUSE_MINUTES = 60;
const FIRST_POLL_MS = 250;
const LONGEST_POLL_MS = 5000;
/** How often a query is started that Athena says may be repeated. */
const MOST_STARTS = 3;

const callOf = ({ region }: AthenaPlace, action: string) => ({ action: `athena:${action}`, region });

const stopped = (): BorderError => new BorderError("reading the bill was stopped", { code: "stopped", source: "user" });

/** One token for each start, the same however often its request has to be repeated. */
const tokenOf = ({ aws }: AthenaSession, sql: string): string =>
  createHash("sha256").update(`${aws.timing.now()} ${aws.timing.random()} ${sql}`).digest("hex");

const start = async (session: AthenaSession, sql: string): Promise<string> => {
  const { aws, client, database, workgroup, outputLocation, reuseMinutes = REUSE_MINUTES } = session;
  const { StartQueryExecutionCommand } = await import("@aws-sdk/client-athena");
  const command = new StartQueryExecutionCommand({
    QueryString: sql,
    ClientRequestToken: tokenOf(session, sql),
    QueryExecutionContext: { Database: database, Catalog: "AwsDataCatalog" },
    WorkGroup: workgroup ?? "primary",
    ...(outputLocation === undefined ? {} : { ResultConfiguration: { OutputLocation: outputLocation } }),
    ...(reuseMinutes === 0
      ? {}
      : {
          ResultReuseConfiguration: {
            ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes },
          },
        }),
  });
  const call = callOf(session, "StartQueryExecution");
  return aws.call(call, async (abortSignal) => {
    const { QueryExecutionId: id } = await client.send(command, { abortSignal });
    if (typeof id !== "string" || id === "") throw malformedAnswer(call, "it names no query");
    return id;
  });
};

const stateOf = async (session: AthenaSession, id: string): Promise<QueryExecution> => {
  const { GetQueryExecutionCommand } = await import("@aws-sdk/client-athena");
  const call = callOf(session, "GetQueryExecution");
  return session.aws.call(call, async (abortSignal) => {
    const answer = await session.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }), { abortSignal });
    const state = answer.QueryExecution?.Status?.State;
    const scanned = answer.QueryExecution?.Statistics?.DataScannedInBytes ?? 0;
    if (typeof state !== "string" || typeof scanned !== "number") throw malformedAnswer(call, "it tells no state");
    return answer.QueryExecution ?? {};
  });
};

const stop = async (session: AthenaSession, id: string): Promise<void> => {
  const { StopQueryExecutionCommand } = await import("@aws-sdk/client-athena");
  await session.aws.call(callOf(session, "StopQueryExecution"), async (abortSignal) =>
    session.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }), { abortSignal }),
  );
};

const checkStopped = ({ signal }: AthenaSession): void => {
  if (signal?.aborted === true) throw stopped();
};

/** Polls until the query has ended; one that nobody waits for any more is stopped, for it costs. */
const ended = async (session: AthenaSession, id: string): Promise<QueryExecution> => {
  try {
    for (let wait = FIRST_POLL_MS; ; wait = Math.min(LONGEST_POLL_MS, wait * 2)) {
      checkStopped(session);
      const execution = await stateOf(session, id);
      const state = execution.Status?.State;
      if (state === "SUCCEEDED" || state === "FAILED" || state === "CANCELLED") return execution;
      await session.aws.timing.sleep(wait);
    }
  } catch (error) {
    await stop(session, id).catch(() => undefined);
    throw error;
  }
};

const failed = (place: AthenaPlace, { Status: status }: QueryExecution): BorderError => {
  const reason = status?.AthenaError?.ErrorMessage ?? status?.StateChangeReason ?? "no reason is given";
  const isCancelled = status?.State === "CANCELLED";
  return new BorderError(
    `Athena ${isCancelled ? "cancelled" : "could not finish"} a query over ${place.database}.${place.table}: ${withoutSecrets(reason.split("\n")[0] ?? "").slice(0, 300)}`,
    {
      code: isCancelled ? "query-cancelled" : "query-failed",
      source: "aws",
      hint: isCancelled
        ? "Someone stopped the query, or the workgroup limits what a query may scan."
        : "Check that the table fits its files and that the role may read them; docs/iam.md lists what is needed.",
    },
  );
};

/** A query that succeeded. */
export interface FinishedQuery extends BilledQuery {
  readonly id: string;
}

/**
 * Runs a query to its end.
 *
 * @throws {BorderError} `query-failed`, `query-cancelled`, `stopped`, and what a refused call gives.
 */
export const runQuery = async (session: AthenaSession, sql: string): Promise<FinishedQuery> => {
  for (let starts = 1; ; starts++) {
    checkStopped(session);
    const id = await start(session, sql);
    const execution = await ended(session, id);
    if (execution.Status?.State === "SUCCEEDED") {
      return {
        id,
        scannedBytes: execution.Statistics?.DataScannedInBytes ?? 0,
        reused: execution.Statistics?.ResultReuseInformation?.ReusedPreviousResult === true,
      };
    }
    const mayRepeat = execution.Status?.State === "FAILED" && execution.Status.AthenaError?.Retryable === true;
    if (!mayRepeat || starts === MOST_STARTS) throw failed(session, execution);
    await session.aws.timing.sleep(LONGEST_POLL_MS * starts);
  }
};
