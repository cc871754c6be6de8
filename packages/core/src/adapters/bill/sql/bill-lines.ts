import type { BillTable } from "../table/bill-table.ts";
import { curLines } from "./cur-lines.ts";
import { focusLines } from "./focus-lines.ts";

/** What the lines of a bill say, as SQL expressions over the columns of its table. Null where the table cannot tell. */
export interface BillLines {
  /** Texts that make up the kind of the line, in the order in which `chargeKind` takes them. */
  readonly lineType: readonly string[];
  /** First day of the billing period; null where only the usage tells. */
  readonly period: LineTime | null;
  readonly start: LineTime;
  readonly end: LineTime | null;
  readonly currency: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly service: string;
  readonly usageType: string;
  readonly operation: string | null;
  readonly unit: string | null;
  readonly resource: string | null;
  readonly cluster: string | null;
  readonly ecsService: string | null;
  readonly tag: (key: string) => string | null;
  /** Decimals, null or not. */
  readonly quantity: string;
  readonly cost: string;
  /** Given the alias of the cost, so that it is not computed twice. */
  readonly effectiveCost: (cost: string) => string;
  readonly onDemandCost: string | null;
  /** True of usage that a Savings Plan or a reservation paid. */
  readonly covered: string;
  /** True of usage, paid by a commitment or not. */
  readonly usage: string;
  readonly split: SplitLines | null;
  /** What the table lacks, and what is not known for it. */
  readonly gaps: readonly string[];
  readonly amortised: boolean;
}

/** A point in time as SQL. */
export interface LineTime {
  /** A date or text of ten characters: fit to group by. */
  readonly day: string;
  /** Text that begins `YYYY-MM-DD HH` or `YYYY-MM-DDTHH`, of this expression or of its grouped form. */
  readonly hourKey: string;
  readonly hourText: (hourKey: string) => string;
  /** A date or text of seven characters: fit to group by. */
  readonly month: string;
  /** True where it is not midnight. */
  readonly withinDay: string;
  readonly from: (isoDate: string) => string;
  readonly before: (isoDate: string) => string;
}

/** Split cost allocation of ECS tasks. */
export interface SplitLines {
  /** True of the lines that divide the cost of an instance. */
  readonly is: string;
  readonly parent: string;
  readonly cost: string;
  readonly unusedCost: string;
  readonly quantity: string;
  readonly onDemandCost: string | null;
}

/** The expressions of a bill's table. */
export const billLines = (table: BillTable): BillLines =>
  table.format.startsWith("focus") ? focusLines(table) : curLines(table);
