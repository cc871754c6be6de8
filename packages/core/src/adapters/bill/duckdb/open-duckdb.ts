import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { BorderError } from "../../../domain/issues/border-error.ts";
import type { BillRow } from "../rows/cells.ts";
import { literal } from "../table/sql-text.ts";

const MEMORY_LIMIT = "1GB";

/** An embedded database of this process; nothing of it outlives `close`. */
export interface DuckDb {
  readonly run: (sql: string) => Promise<void>;
  /** Rows in batches; every cell must be a text. */
  readonly rows: (sql: string) => AsyncIterable<readonly BillRow[]>;
  /** Percent of the running statement that is done; negative where not known. */
  readonly progress: () => number;
  /** A private folder for what does not fit into memory. */
  readonly folder: string;
  /** Ends the running statement, which fails. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

const load = async (): Promise<typeof import("@duckdb/node-api")> => {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    throw new BorderError("reading bill files needs DuckDB, which is not installed", {
      code: "missing-duckdb",
      source: "user",
      hint: "Install the package @duckdb/node-api beside @ecs-cost/core, or read the bill with cost-explorer or athena://.",
      cause,
    });
  }
};

/** No extension is fetched, no order is kept that nobody asked for, times are UTC. */
const settings = (folder: string): Record<string, string> => ({
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
  memory_limit: MEMORY_LIMIT,
  temp_directory: join(folder, "spill"),
  preserve_insertion_order: "false",
});

async function* rowsOf(connection: DuckDBConnection, sql: string): AsyncIterable<readonly BillRow[]> {
  const result = await connection.stream(sql);
  for await (const rows of result.yieldRowsJs()) yield rows as BillRow[];
}

/** DuckDB's own ELEMENT_AT gives a list; the one of Trino, which the questions are written for, gives the value. */
const ELEMENT_AT = "CREATE TEMP MACRO element_at(entries, entry_key) AS MAP_EXTRACT_VALUE(entries, entry_key)";

/** From here on only these files and the private folder can be opened, and no setting can be changed. */
const lockDown = (folder: string, readable: readonly string[]): string =>
  [
    `SET allowed_paths = [${readable.map(literal).join(", ")}]`,
    `SET allowed_directories = [${literal(folder)}]`,
    "SET enable_external_access = false",
    "SET lock_configuration = true",
  ].join("; ");

/**
 * Opens an embedded DuckDB that can read some files. It works in memory, at most 1 GB, and in a private folder that `close` removes.
 *
 * @throws {BorderError} `missing-duckdb` where the optional package is not installed.
 */
export const openDuckDb = async (readable: readonly string[]): Promise<DuckDb> => {
  const { DuckDBInstance } = await load();
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bill-"));
  const remove = (): void => {
    process.off("exit", remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  try {
    const instance = await DuckDBInstance.create(":memory:", settings(folder));
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(ELEMENT_AT);
    await connection.run(lockDown(folder, readable));
    return {
      run: async (sql) => {
        await connection.run(sql);
      },
      rows: (sql) => rowsOf(connection, sql),
      progress: () => connection.progress.percentage,
      folder,
      interrupt: () => connection.interrupt(),
      close: () => {
        connection.closeSync();
        instance.closeSync();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
};
