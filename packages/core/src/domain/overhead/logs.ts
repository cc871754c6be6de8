import type { Assumption, Issue } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

const HOURS_PER_DAY = 24;

const INGEST_KEYS = { standard: "logs.ingest_gb", "infrequent-access": "logs.ingest_ia_gb" } as const;

const COMPRESSION: Assumption = {
  code: "log-compression",
  detail:
    "Stored logs are taken to be as large as the ingested ones and to have filled their retention time. AWS bills the " +
    "compressed size, so their storage is an upper bound.",
};

const neverExpires = (subject: string): Issue => ({
  code: "unknown-cost",
  severity: "info",
  subject,
  detail:
    "Its logs never expire, so their storage grows every month; it is not included. Set retentionDays to include it.",
});

/**
 * GB of logs ingested, by class, and GB-months stored once the retention time is full: GB a month x days / days of the
 * month.
 * @see https://aws.amazon.com/cloudwatch/pricing/ "Logs", checked 2026-11-20
 *
 * @example 100 GB a month kept for 30 days, 730 h //=> 98.630136986301 GB-months
 */
export const logUsage = (service: Service, hours: Decimal): Overhead => {
  const logs = service.logs;
  if (logs === undefined || new Decimal(logs.gbPerMonth).isZero()) return overheadOf([]);
  const ingested = usageOf(INGEST_KEYS[logs.class], logs.gbPerMonth);
  if (logs.retentionDays === undefined) return overheadOf(ingested, [], [neverExpires(service.id)]);
  const stored = new Decimal(logs.gbPerMonth).times(logs.retentionDays).times(HOURS_PER_DAY).div(hours);
  return overheadOf([...ingested, ...usageOf("logs.store_gb_month", stored)], [COMPRESSION]);
};
