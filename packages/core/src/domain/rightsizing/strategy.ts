import type { UsageMetric } from "../demand/day-usage.ts";
import type { UsageDemand } from "../demand/demand-window.ts";
import type { Reason } from "../issues/issue.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import type { CpuUnits, MiB } from "../units/size.ts";
import type { Calibration } from "./calibration/pool.ts";
import type { SettingSpecs, SettingValues } from "./settings.ts";
import type { Signs } from "./signs/signs.ts";

/** A figure of the series that advice rests on. */
export interface UsedQuantile {
  readonly metric: UsageMetric;
  /** What it is, for example `p99, half-life 7 days`. */
  readonly statistic: string;
  /** Percent of the current task size. */
  readonly percent: number;
}

/** What a task needs, before it is rounded up to a size that can be had; or why that cannot be said. */
export type StrategyAdvice =
  | {
      readonly kind: "demand";
      /** Undefined where nothing of it was measured: the task keeps what it has. */
      readonly cpu: CpuUnits | undefined;
      readonly memory: MiB | undefined;
      readonly quantiles: readonly UsedQuantile[];
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: "withheld"; readonly reason: Reason };

/** What is known of a service beyond the days looked at. */
export interface StrategyContext {
  /** All days that are kept, those looked at among them. */
  readonly history: UsageDemand;
  readonly calibration: Calibration;
  readonly signs: Signs;
}

/**
 * A rule that turns utilization into what a task needs. It is data and one pure function: it never sees prices, sizes
 * that can be had or the clock; of other services it knows what their past would have needed.
 */
export interface Strategy<Specs extends SettingSpecs = SettingSpecs> {
  readonly id: string;
  readonly summary: string;
  readonly settings: Specs;
  /** Series without any of which it withholds; a strategy that can do with CPU or memory alone needs none. */
  readonly needs: readonly UsageMetric[];
  readonly advise: (
    demand: UsageDemand,
    current: TaskSize,
    settings: SettingValues<Specs>,
    context?: StrategyContext,
  ) => StrategyAdvice;
}

/** A strategy with its settings hidden, as lists and commands use it; `settings` are checked by `resolveSettings`. */
export interface AnyStrategy extends Omit<Strategy, "advise"> {
  readonly advise: (
    demand: UsageDemand,
    current: TaskSize,
    settings: SettingValues,
    context?: StrategyContext,
  ) => StrategyAdvice;
}

/** Fits any strategy into a list of strategies; keeps the types of its settings inside. */
export const defineStrategy = <const Specs extends SettingSpecs>(strategy: Strategy<Specs>): AnyStrategy => ({
  ...strategy,
  advise: (demand, current, settings, context) =>
    strategy.advise(demand, current, settings as SettingValues<Specs>, context),
});

/** Advice from percentages of the current size, undefined where a series has no values. */
export const demandInPercent = (
  current: TaskSize,
  cpuPercent: number | undefined,
  memoryPercent: number | undefined,
  quantiles: readonly UsedQuantile[],
  reasons: readonly Reason[] = [],
): StrategyAdvice => ({
  kind: "demand",
  cpu: cpuPercent === undefined ? undefined : (cpuPercent / 100) * current.cpu,
  memory: memoryPercent === undefined ? undefined : (memoryPercent / 100) * current.memory,
  quantiles,
  reasons,
});

/** A figure that advice rests on; none where the series has no values. */
export const usedQuantile = (metric: UsageMetric, statistic: string, percent: number | undefined): UsedQuantile[] =>
  percent === undefined ? [] : [{ metric, statistic, percent }];
