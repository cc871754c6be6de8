import type { BillTable } from "../table/bill-table.ts";
import type { AmountColumn } from "./amount.ts";
import { curLines } from "./cur-lines.ts";
import { focusLines } from "./focus-lines.ts";

/** A point in time as SQL. */
export interface LineTime {
  readonly ref: string;
  /** A date, or text of ten characters: fit to group by. */
  readonly day: string;
  /** A date, or text of seven characters: fit to group by. */
  readonly month: string;
  readonly from: (isoDate: string) => string;
  readonly before: (isoDate: string) => string;
}

/** Split cost allocation of ECS tasks. */
export interface SplitLines {
  /** True of the lines that divide the cost of an instance. */
  readonly is: string;
  readonly parent: string;
  readonly cost: AmountColumn;
  readonly unusedCost: AmountColumn | null;
  readonly quantity: AmountColumn | null;
  readonly onDemandCost: AmountColumn | null;
}

/** What is known of the lines of a period, so that a question need not look for what there is not. */
export interface KnownLines {
  readonly hasSplit: boolean;
  /** Types of the lines, as `lineType` says them, joined by line feeds; null where they are not known. */
  readonly lineTypes: readonly string[] | null;
  /** Lines that say their cost net of the discounts of a contract. */
  readonly netLines: number;
}

export const UNKNOWN_LINES: KnownLines = { hasSplit: true, lineTypes: null, netLines: 0 };

/** What commitments cost where they are spread over what they covered. */
export interface EffectiveCost {
  /** Whether few lines have the amounts. */
  readonly sparse: boolean;
  /** Amounts that it is made of, by the name of their sum, and types of lines that have them; null is all. */
  readonly amounts: Readonly<
    Record<string, { readonly column: AmountColumn; readonly lineTypes: readonly string[] | null }>
  >;
  /** From the sums of lines of one type: the names of `lineType` and the sums by name, cost among them. */
  readonly of: (lineTypes: readonly string[], sum: (name: string) => string) => string;
}

/** What the lines of a bill say, as SQL expressions over the columns of its table. Null where the table cannot tell. */
export interface BillLines {
  /** Texts that make up the type of the line, in the order in which its kind is found from them. */
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
  readonly quantity: AmountColumn;
  readonly cost: AmountColumn;
  readonly effectiveCost: EffectiveCost;
  readonly onDemandCost: AmountColumn | null;
  /** Of the texts of `lineType`: true of usage that a Savings Plan or a reservation paid. */
  readonly covered: (lineTypes: readonly string[]) => string;
  /** Of the texts of `lineType`: true of usage, paid by a commitment or not. */
  readonly usage: (lineTypes: readonly string[]) => string;
  readonly split: SplitLines | null;
  /** What the cost is net of: the cost before the discounts of a contract, which have lines of their own; null where it is not net. */
  readonly unblended: AmountColumn | null;
  /** Net cost as it stands in the table; null where it has none. */
  readonly net: string | null;
  /** Columns that the table lacks to spread commitments over what they covered, where lines are of these types; null is any. */
  readonly gaps: (lineTypes: readonly string[] | null) => readonly string[];
}

/** The expressions of a bill's table. */
export const billLines = (table: BillTable): BillLines =>
  table.format.startsWith("focus") ? focusLines(table) : curLines(table);
