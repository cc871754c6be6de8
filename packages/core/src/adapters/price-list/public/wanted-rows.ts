import type { RegionBook } from "../../../domain/pricing/book.ts";
import { priceQueries } from "../items/price-queries.ts";
import type { CsvRecord } from "./csv-scanner.ts";

/** Whether a row with this usage type and operation is kept. */
export type IsWanted = (usageType: string, operation: string) => boolean;

/**
 * The same for rows of a table. Rows of one item follow one another: what was decided of the row before holds for the
 * next one with the same cells, without a text being made of them.
 */
export const rowFilter = (isWanted: IsWanted, usageType: number, operation: number): ((row: CsvRecord) => boolean) => {
  let decided: { readonly usage: Uint8Array; readonly operation: Uint8Array; readonly wanted: boolean } | undefined;
  return (row) => {
    if (decided !== undefined && row.has(usageType, decided.usage) && row.has(operation, decided.operation))
      return decided.wanted;
    const wanted = isWanted(row.text(usageType), row.text(operation));
    decided = { usage: row.bytes(usageType), operation: row.bytes(operation), wanted };
    return wanted;
  };
};

/** Which rows of a service matter. */
export interface WantedRows {
  /** Says in one text what is kept: rows that were kept for another one do not do. */
  readonly fingerprint: string;
  readonly isWanted: IsWanted;
}

/** Rises where readers keep more of a row, or read it otherwise, than before. */
const READER = 1;

const LINUX_INSTANCE = /(?:^|-)BoxUsage:/;
const TRANSFER_AWAY = /-AWS-Out-Bytes$/;

/** Everything of Amazon ECS is kept: it is little, and what a region is called in usage types is read from it. */
const EVERYTHING: WantedRows = { fingerprint: `${READER} *`, isWanted: () => true };

/** Rows that Savings Plans are read from. */
export const wantedPlanRows = (region: string): WantedRows => ({
  fingerprint: `${READER} plans ${region}`,
  isWanted: (usageType, operation) =>
    LINUX_INSTANCE.test(usageType) ? operation === "RunInstances" || operation === "" : usageType.includes("-Fargate-"),
});

const extraOf = (serviceCode: string): IsWanted => {
  if (serviceCode === "AmazonEC2") {
    return (usageType, operation) => operation === "RunInstances" && LINUX_INSTANCE.test(usageType);
  }
  if (serviceCode === "AWSDataTransfer") return (usageType) => TRANSFER_AWAY.test(usageType);
  return () => false;
};

/** Rows of a service that prices of the book's region are read from. */
export const wantedRows = (book: RegionBook | undefined, serviceCode: string): WantedRows => {
  if (serviceCode === "AmazonECS" || book === undefined) return EVERYTHING;
  const usageTypes = new Set(
    priceQueries(book)
      .filter((query) => query.serviceCode === serviceCode)
      .flatMap(({ filters }) => filters.filter(({ field }) => field === "usagetype").map(({ value }) => value)),
  );
  const isExtra = extraOf(serviceCode);
  return {
    fingerprint: `${READER} ${[...usageTypes].sort().join(" ")}`,
    isWanted: (usageType, operation) => usageTypes.has(usageType) || isExtra(usageType, operation),
  };
};
