import type { Decimal } from "@ecs-cost/core";

/** A value of a compact report: a decimal is money, null is not known, an empty text is nothing. */
export type CompactValue = string | number | boolean | Decimal | null;

/** Rows of one kind; there is no table where there are no rows. */
export interface CompactTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CompactValue[])[];
}

/** A report in few words, for programs that pay by the word. */
export interface Compact {
  readonly command: string;
  readonly head: readonly (readonly [key: string, value: CompactValue])[];
  readonly tables: readonly CompactTable[];
}
