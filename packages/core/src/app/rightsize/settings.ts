import {
  EXTRA_ADVICE,
  type ExtraAdviceCode,
  type RightsizeSettingsReport,
} from "../../domain/report/rightsize-report.ts";
import { DEFAULT_LOOKBACK_DAYS, DEFAULT_MIN_POINTS } from "../../domain/rightsizing/advise-sizes.ts";
import type { PastCases } from "../../domain/rightsizing/calibration/past-cases.ts";
import type { CalibrationPool } from "../../domain/rightsizing/calibration/pool.ts";
import type { ComputeOptimizerAdvice } from "../../domain/rightsizing/compute-optimizer-advice.ts";
import { resolveSettings, type SettingValues } from "../../domain/rightsizing/settings.ts";
import { findStrategy, STRATEGIES } from "../../domain/rightsizing/strategies/strategies.ts";
import type { AnyStrategy } from "../../domain/rightsizing/strategy.ts";
import type { TargetTracking } from "../../domain/rightsizing/target-tracking.ts";
import type { TaskSize } from "../../domain/sizing/fargate-sizes.ts";
import { Decimal } from "../../domain/units/decimal.ts";
import type { CostSettings } from "../context/cost-context.ts";

/** What the caller may set about advice on task sizes. */
export interface RightsizeSettings extends CostSettings {
  /** Id of a strategy; the first of `strategies` unless given. */
  readonly strategy?: string;
  /** Strategies to choose from and to compare; those of the library unless given. */
  readonly strategies?: readonly AnyStrategy[];
  /** Settings of the strategy that differ from its defaults. */
  readonly strategySettings?: Readonly<Record<string, number | undefined>>;
  /** Fewest minutes with CPU and with memory values; 100 unless given. */
  readonly minPoints?: number;
  /** Newest days with points to look at; 14 unless given. */
  readonly lookbackDays?: number;
  /** A smaller size that saves less, in percent of the tasks' cost or in USD a month, is not advised. */
  readonly minSaving?: { readonly percent?: number; readonly usd?: string };
  /** Only these sizes, instead of all that can be had. */
  readonly allowSizes?: readonly TaskSize[];
  /** Target tracking by `cluster/name`, as Application Auto Scaling has it, instead of what the inventory says. */
  readonly scaling?: ReadonlyMap<string, readonly TargetTracking[]>;
  /** Advice beside the task size; all unless given. */
  readonly advise?: readonly ExtraAdviceCode[];
  /** Recommendations of AWS Compute Optimizer, to be shown beside the advice. */
  readonly computeOptimizer?: readonly ComputeOptimizerAdvice[];
  /** Puts every strategy beside the chosen one. */
  readonly compareStrategies?: boolean;
  /** Judges the strategies on the newest days: the first part to size on, the rest to judge; true is 7 : 3 of all days. */
  readonly backtest?: boolean | { readonly trainDays: number; readonly testDays: number };
}

/** The settings with their defaults in place. */
export interface RightsizePlan {
  readonly strategy: AnyStrategy;
  readonly values: SettingValues;
  readonly strategies: readonly AnyStrategy[];
  readonly minPoints: number;
  readonly lookbackDays: number;
  readonly minSaving: { readonly percent: number; readonly usd: Decimal };
  readonly allowSizes: readonly TaskSize[] | undefined;
  readonly advise: readonly ExtraAdviceCode[];
  readonly scaling: ReadonlyMap<string, readonly TargetTracking[]>;
  /** What the past of the account's services says; each service has its own alone without it. */
  readonly account?: AccountPast;
}

/** What the past of the services says of margins: for advice, and for a backtest on the first part of their days alone. */
export interface AccountPast {
  readonly pool: CalibrationPool;
  readonly past: ReadonlyMap<string, PastCases>;
  readonly backtestPool: CalibrationPool;
}

/**
 * Settles the settings.
 *
 * @throws {RangeError} where a strategy or a setting is unknown or out of range.
 */
export const settlePlan = (settings: RightsizeSettings): RightsizePlan => {
  const strategies = settings.strategies ?? STRATEGIES;
  const strategy = settings.strategy === undefined ? strategies[0] : findStrategy(settings.strategy, strategies);
  if (strategy === undefined) {
    throw new RangeError(
      `There is no strategy ${settings.strategy}; known are ${strategies.map(({ id }) => id).join(", ")}.`,
    );
  }
  const resolved = resolveSettings(strategy.settings, settings.strategySettings);
  if (!resolved.ok) throw new RangeError(resolved.problems.join(" "));
  return {
    strategy,
    values: resolved.values,
    strategies,
    minPoints: settings.minPoints ?? DEFAULT_MIN_POINTS,
    lookbackDays: settings.lookbackDays ?? DEFAULT_LOOKBACK_DAYS,
    minSaving: { percent: settings.minSaving?.percent ?? 0, usd: new Decimal(settings.minSaving?.usd ?? 0) },
    allowSizes: settings.allowSizes,
    advise: EXTRA_ADVICE.filter((code) => settings.advise?.includes(code) ?? true),
    scaling: settings.scaling ?? new Map(),
  };
};

/** The settings as the report echoes them. */
export const settingsReport = (plan: RightsizePlan): RightsizeSettingsReport => ({
  strategy: plan.strategy.id,
  settings: plan.values,
  minPoints: plan.minPoints,
  lookbackDays: plan.lookbackDays,
  minSaving: { percent: plan.minSaving.percent, usd: plan.minSaving.usd.toFixed() },
  allowSizes: plan.allowSizes ?? null,
  advise: plan.advise,
});
