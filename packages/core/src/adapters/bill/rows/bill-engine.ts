import type { BillRow } from "./cells.ts";

export type BillQuestion = "coverage" | "charges" | "history" | "hours" | "resources";

/** Answers SQL over a bill: DuckDB over files, Amazon Athena over a table. */
export interface BillEngine {
  /** Rows in any order, in batches; every cell as text, in the order of the columns. */
  readonly ask: (question: BillQuestion, sql: string) => AsyncIterable<readonly BillRow[]>;
}
