import { pointsOf, type UsageDemand } from "../demand/demand-window.ts";
import { peakOf } from "../demand/quantile.ts";
import type { Reason } from "../issues/issue.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import type { SettingValues } from "./settings.ts";
import type { AnyStrategy, StrategyAdvice, StrategyContext } from "./strategy.ts";

/** What a strategy asks for, with the present size in a dimension of which nothing is known. */
export type WholeDemand = Extract<StrategyAdvice, { readonly kind: "demand" }> & TaskSize;
export type WholeAdvice = Exclude<StrategyAdvice, { readonly kind: "demand" }> | WholeDemand;

/**
 * What the strategy asks for; the present size in a dimension that was not measured. Withheld where there are too few
 * points, neither was measured or a series that the strategy needs has no values.
 */
export const adviseDemand = (
  demand: UsageDemand,
  current: TaskSize,
  { strategy, minPoints }: { readonly strategy: AnyStrategy; readonly minPoints: number },
  settings: SettingValues,
  context: StrategyContext,
): WholeAdvice => {
  const points = pointsOf(demand);
  const missing = strategy.needs.find((metric) => peakOf(demand, metric) === undefined);
  if (points === 0) return { kind: "withheld", reason: NO_VALUES };
  if (missing !== undefined) {
    return { kind: "withheld", reason: { code: "no-metrics", detail: `The series has no value of ${missing}.` } };
  }
  if (points >= minPoints) return keepingUnmeasured(strategy.advise(demand, current, settings, context), current);
  const detail = `${points} points of utilization; ${minPoints} are needed.`;
  return { kind: "withheld", reason: { code: "too-few-points", detail } };
};

const keepingUnmeasured = (advice: StrategyAdvice, current: TaskSize): WholeAdvice => {
  if (advice.kind === "withheld") return advice;
  const { cpu, memory, reasons } = advice;
  if (cpu === undefined && memory === undefined) return { kind: "withheld", reason: NO_VALUES };
  const kept = [...(cpu === undefined ? [CPU_KEPT] : []), ...(memory === undefined ? [MEMORY_KEPT] : [])];
  return { ...advice, cpu: cpu ?? current.cpu, memory: memory ?? current.memory, reasons: [...kept, ...reasons] };
};

const NO_VALUES: Reason = { code: "no-metrics", detail: "The days looked at have no value of CPU or memory." };

const CPU_KEPT: Reason = {
  code: "cpu-not-measured",
  detail: "The days looked at have no value of CPU: it is never made less than it is, and only memory is advised on.",
};
const MEMORY_KEPT: Reason = {
  code: "memory-not-measured",
  detail: "The days looked at have no value of memory: it is never made less than it is, and only CPU is advised on.",
};
