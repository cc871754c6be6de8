import type { Origin, RegionBook } from "../book.ts";
import { onDemandOverSizes } from "../derived/on-demand-over-sizes.ts";
import type { DerivationSettings, Rated } from "../derived/rated.ts";

/** The row of a name, never what every object inherits. */
export const rowOf = <T>(rows: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  rows !== undefined && Object.hasOwn(rows, name) ? rows[name] : undefined;

/** The origin at a place of the book; a place that the book lacks is undated and nameless. */
export const originOf = (book: RegionBook, place: number): Origin =>
  book.origins[place] ?? { asOf: "undated", source: "" };

/** USD per hour on demand, read or derived from other sizes. */
export const onDemandRate = (
  book: RegionBook,
  instanceType: string,
  settings: DerivationSettings,
): Rated | undefined => {
  const row = rowOf(book.ec2.onDemand, instanceType);
  if (row === undefined) return onDemandOverSizes(book, instanceType, settings);
  return { rate: row[0], ...originOf(book, row[1]), assumptions: [] };
};
