import type { Assumption } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

const TRACES_PER_UNIT = 1_000_000;

const FREE_TRACES: Assumption = {
  code: "xray-free-traces",
  detail: "The 100,000 traces that X-Ray records free each month are not taken off: other workloads may use them.",
};

/**
 * Millions of traces that X-Ray records.
 * @see https://aws.amazon.com/xray/pricing/ checked 2026-11-20
 */
export const traceUsage = (service: Service): Overhead => {
  const usages = usageOf("xray.per_million", new Decimal(service.extras.tracesPerMonth).div(TRACES_PER_UNIT));
  return overheadOf(usages, usages.length > 0 ? [FREE_TRACES] : []);
};
