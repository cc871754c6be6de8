import type { ComputeOptimizerAdvice } from "../../domain/rightsizing/compute-optimizer-advice.ts";
import type { TaskSize } from "../../domain/sizing/fargate-sizes.ts";
import { isRecord, type JsonRecord, listOf, recordsOf, textOf } from "../metrics/json/record.ts";
import { parseMetricTime, secondsOfEpoch } from "../metrics/table/metric-time.ts";

const ARN = /^arn:[^:]*:ecs:([^:]*):([^:]*):service\/(.+)$/;

/** Account, region and `cluster/name` of the ARN of a service; undefined where it is none. */
export const serviceOfArn = (arn: string) => {
  const [, region = "", account = "", service] = ARN.exec(arn.trim()) ?? [];
  return service === undefined ? undefined : { service, region: region || null, account: account || null };
};

/** A recommendation as the API gives it; undefined where it names no service. */
export const adviceOfRecord = (record: JsonRecord): ComputeOptimizerAdvice | undefined => {
  const place = serviceOfArn(textOf(record["serviceArn"]));
  if (place === undefined) return undefined;
  const current = isRecord(record["currentServiceConfiguration"]) ? record["currentServiceConfiguration"] : {};
  const [option = {}] = recordsOf(record["serviceRecommendationOptions"]);
  const saving = isRecord(option["savingsOpportunity"]) ? option["savingsOpportunity"] : {};
  const monthly = isRecord(saving["estimatedMonthlySavings"]) ? saving["estimatedMonthlySavings"] : {};
  return {
    ...place,
    finding: textOf(record["finding"]) || null,
    reasonCodes: listOf(record["findingReasonCodes"]).map(textOf),
    current: sizeOf(current["cpu"], current["memory"]),
    recommended: sizeOf(option["cpu"], option["memory"]),
    monthlySaving: textOf(monthly["value"]) || null,
    currency: textOf(monthly["currency"]) || null,
    lookbackDays: numberOf(record["lookbackPeriodInDays"]),
    refreshed: timeOf(record["lastRefreshTimestamp"]),
    scaling: textOf(current["autoScalingConfiguration"]) || null,
  };
};

export const sizeOf = (cpu: unknown, memory: unknown): TaskSize | null => {
  const size = { cpu: numberOf(cpu) ?? 0, memory: numberOf(memory) ?? 0 };
  return size.cpu > 0 && size.memory > 0 ? size : null;
};

export const numberOf = (value: unknown): number | null => {
  const text = textOf(value).trim();
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : number;
};

export const timeOf = (value: unknown): number | null => {
  if (value instanceof Date) return Math.floor(value.getTime() / 1000);
  if (typeof value === "number") return secondsOfEpoch(value);
  return parseMetricTime(textOf(value))?.seconds ?? null;
};
