import { Decimal } from "../../../domain/units/decimal.ts";

/** USD for a TB that Athena scans in us-east-1 and most regions (Athena pricing, checked 2026-11-20); assumed for all. */
export const ATHENA_TB_PRICE = "5";

const MB = 1024 * 1024;
const MB_IN_TB = MB;
const LEAST_MB = 10;

/** A query that ended, as far as it is billed. */
export interface BilledQuery {
  readonly scannedBytes: number;
  /** Whether Athena gave the result of an earlier run, which scans nothing. */
  readonly reused: boolean;
}

const billedMegabytes = ({ scannedBytes, reused }: BilledQuery): number =>
  reused ? 0 : Math.max(LEAST_MB, Math.ceil(scannedBytes / MB));

/** USD for queries, each rounded up to whole MB and to at least 10. */
export const scanCost = (queries: readonly BilledQuery[]): string => {
  const megabytes = queries.reduce((total, query) => total + billedMegabytes(query), 0);
  return new Decimal(ATHENA_TB_PRICE).times(megabytes).div(MB_IN_TB).toFixed();
};

/** Bytes as people read them. */
const sizeText = (bytes: number): string => {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** power;
  return `${power === 0 ? size : size.toFixed(1)} ${units[power]}`;
};

/** One line on what queries scanned and at which price. */
export const scanDetail = (queries: readonly BilledQuery[]): string => {
  const bytes = queries.reduce((total, { scannedBytes, reused }) => total + (reused ? 0 : scannedBytes), 0);
  const reused = queries.filter((query) => query.reused).length;
  const again = reused === 0 ? "" : `, ${reused} of them answered from an earlier run`;
  return `${queries.length} queries of Athena${again}, ${sizeText(bytes)} scanned at an assumed $${ATHENA_TB_PRICE} a TB and at least ${LEAST_MB} MB a query`;
};
