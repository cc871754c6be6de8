import type { Assumption, Issue } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { LogClass, Service, ServiceLogs } from "../workload/service.ts";
import type { LogGroup } from "../workload/shared.ts";
import { joinOverheads, type Overhead, overheadOf, usageOf } from "./overhead.ts";

const HOURS_PER_DAY = 24;

/** Classes of which a price is known. */
const INGEST_KEYS: Readonly<Partial<Record<LogClass, string>>> = {
  standard: "logs.ingest_gb",
  "infrequent-access": "logs.ingest_ia_gb",
};

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

const noPrice = (subject: string, name: string): Issue => ({
  code: "unknown-cost",
  severity: "warning",
  subject,
  detail: `Its logs are of class ${name.toUpperCase()}, of which no price is known; they are not included.`,
});

/**
 * GB of logs ingested, by class, and GB-months stored once the retention time is full: GB a month x days / days of the
 * month. `subject` is what writes them, `label` names them on the line.
 * @see https://aws.amazon.com/cloudwatch/pricing/ "Logs", checked 2026-11-20
 *
 * @example 100 GB a month kept for 30 days, 730 h //=> 98.630136986301 GB-months
 */
const usageOfLogs = (logs: ServiceLogs, hours: Decimal, subject: string, label?: string): Overhead => {
  if (new Decimal(logs.gbPerMonth).isZero()) return overheadOf([]);
  const key = INGEST_KEYS[logs.class];
  if (key === undefined) return overheadOf([], [], [noPrice(subject, logs.class)]);
  const ingested = usageOf(key, logs.gbPerMonth, label);
  if (logs.retentionDays === undefined) return overheadOf(ingested, [], [neverExpires(subject)]);
  const stored = new Decimal(logs.gbPerMonth).times(logs.retentionDays).times(HOURS_PER_DAY).div(hours);
  return overheadOf([...ingested, ...usageOf("logs.store_gb_month", stored, label)], [COMPRESSION]);
};

/** Logs of one service. */
export const logUsage = ({ logs, id }: Service, hours: Decimal): Overhead =>
  logs === undefined ? overheadOf([]) : usageOfLogs(logs, hours, id);

/** Logs of groups that no service is known to write to, or whose use is given by themselves. */
export const logGroupUsage = (groups: readonly LogGroup[] | undefined, hours: Decimal): Overhead =>
  joinOverheads((groups ?? []).map(({ name, logs }) => usageOfLogs(logs, hours, name, name)));
