import { dayWindows } from "../../demand/day-windows.ts";
import { hasMetric, type UsageDemand } from "../../demand/demand-window.ts";
import { percentileOf } from "../../demand/quantile.ts";
import type { Reason } from "../../issues/issue.ts";
import type { TaskSize } from "../../sizing/fargate-sizes.ts";
import { cpuFactor, memoryRatio } from "../calibration/margins.ts";
import { dailyMemory, pastCases } from "../calibration/past-cases.ts";
import { EMPTY_POOL } from "../calibration/pool.ts";
import { type CpuScale, cpuScale, memoryScale } from "../calibration/scales.ts";
import { cpuHeadroomSpec, memoryHeadroomSpec, percentileSpec, withHeadroom } from "../headroom.ts";
import type { SettingValues } from "../settings.ts";
import { countedDays, type Signs, STARVED_SHARE, signsOf, startsAnew } from "../signs/signs.ts";
import { defineStrategy, demandInPercent, type StrategyContext, type UsedQuantile } from "../strategy.ts";
import { risingReason, sureRise } from "../sure-rise.ts";

const SETTINGS = {
  riskCpu: {
    default: 1,
    min: 0.05,
    max: 50,
    unit: "percent",
    help: "Share of the time in which CPU may be short. It holds for all but as many services: 1 % of them at 1 %.",
  },
  riskMemory: {
    default: 5,
    min: 0.1,
    max: 100,
    unit: "percent",
    help: "Chance in a month that a task needs more memory than it has and is killed.",
  },
  cpuHeadroom: cpuHeadroomSpec(0),
  memoryHeadroom: memoryHeadroomSpec(0),
  hotTaskPercentile: percentileSpec(50, "Percentile of the maximum CPU of any task that is held too; 0 looks away."),
  trendDays: { default: 7, min: 0, max: 90, unit: "days", help: "How far ahead a sure rise is carried on." },
} as const;

type Settings = SettingValues<typeof SETTINGS>;

/**
 * The default. The user says what may go wrong; the margin over what was seen is the smallest that would have kept to it at
 * the rolling origins of this service's past and, where that is short, of the account's.
 */
export const riskAware = defineStrategy({
  id: "default",
  summary:
    "The risk that you allow, with the margin that the past of the service and of the account would have needed.",
  settings: SETTINGS,
  needs: [],
  advise: (demand, current, settings, context = alone(demand, current, settings)) => {
    const cpu = cpuDemand(demand, settings, context);
    const memory = memoryDemand(settings, context);
    return demandInPercent(
      current,
      cpu?.percent,
      memory?.percent,
      [...(cpu?.quantiles ?? []), ...(memory?.quantiles ?? [])],
      [...(cpu?.reasons ?? []), ...(memory?.reasons ?? [])],
    );
  },
});

/** A service of which nothing but the days looked at is known. */
const alone = (demand: UsageDemand, current: TaskSize, { riskCpu }: Settings): StrategyContext => {
  const own = pastCases({ current, grid: undefined, demand, history: demand, share: riskCpu / 100 });
  return { history: demand, calibration: { pool: EMPTY_POOL, own }, signs: signsOf(demand, demand) };
};

interface DimensionDemand {
  readonly percent: number;
  readonly quantiles: readonly UsedQuantile[];
  readonly reasons: readonly Reason[];
}

/** Percent of a task that does nothing. */
const SMALLEST_BASE = 0.02;

const HOT_TASK: Reason = {
  code: "hot-task",
  detail: "One task regularly needs more CPU than the average over the tasks shows.",
};

const cpuDemand = (demand: UsageDemand, settings: Settings, context: StrategyContext): DimensionDemand | undefined => {
  const { riskCpu, trendDays, cpuHeadroom } = settings;
  const share = riskCpu / 100;
  const counted = countedDays(demand, context.signs);
  const windows = dayWindows(counted, "cpu");
  const scale = cpuScale(windows, 0, windows.days, share);
  if (scale === undefined) return undefined;
  const level = levelOf(scale, counted.days.length, cpuFactor(context.calibration, share), context.signs);
  const hottest = hottestTask(counted, settings.hotTaskPercentile);
  const rise = sureRise(counted, "cpu", 100 - riskCpu, trendDays, scale.base);
  const rising = scale.base + rise > level;
  const percent = Math.max(level, hottest, scale.base + rise);
  const quantiles: UsedQuantile[] = [
    { metric: "cpu", statistic: `p${100 - riskCpu}`, percent: scale.base },
    { metric: "cpu", statistic: "highest", percent: scale.highest },
    { metric: "cpu", statistic: "with the margin of the past", percent: level },
  ];
  const hot: UsedQuantile = { metric: "cpuMaximum", statistic: `p${settings.hotTaskPercentile}`, percent: hottest };
  return {
    percent: scale.highest <= SMALLEST_BASE ? 0 : withHeadroom(percent, cpuHeadroom),
    quantiles: hottest > level ? [...quantiles, hot] : quantiles,
    reasons: [...(rising ? [risingReason("CPU", rise, trendDays)] : []), ...(hottest > level ? [HOT_TASK] : [])],
  };
};

/** A week tells how high the peaks are; of fewer days the highest may be passed by this factor. */
const BEYOND_HIGHEST = [1.5, 1.5, 1.25, 1.1];
const FULL_WEEK = 7;
/** What stood at its limit gets more than was seen. */
const BEYOND_LIMIT = 1.25;

/** Never beyond the highest CPU seen, unless it is known from a few days or was held down by the size. */
const levelOf = ({ base, highest }: CpuScale, days: number, factor: number, { level, saturation }: Signs): number => {
  const recent = startsAnew(level) ? Math.sqrt(Math.max(1, FULL_WEEK / days)) : 1;
  const asked = base * (1 + (factor - 1) * recent);
  const most = highest * (BEYOND_HIGHEST[days] ?? 1);
  const held = Math.max(base, Math.min(asked, most));
  return saturation.cpu >= STARVED_SHARE ? Math.max(held, highest * BEYOND_LIMIT) : held;
};

const hottestTask = (demand: UsageDemand, percent: number): number =>
  percent > 0 && hasMetric(demand, "cpuMaximum") ? (percentileOf(demand, "cpuMaximum", percent) ?? 0) : 0;

/** Days from which on the spread of the daily highest values is known. */
const FEWEST_DAYS = 4;
/** A margin beyond so many spreads, and a little, buys nothing. */
const MOST_SPREADS = 2;
const LEAST_SHARE = 0.02;

const memoryDemand = (
  settings: Settings,
  { history, calibration, signs }: StrategyContext,
): DimensionDemand | undefined => {
  const daily = dailyMemory(history);
  if (daily.length === 0) return undefined;
  const { highest, spread } = memoryScale(daily);
  const ratio = memoryRatio(calibration, settings.riskMemory / 100);
  const margin =
    daily.length < FEWEST_DAYS
      ? ratio * highest * Math.sqrt(FULL_WEEK / daily.length)
      : Math.min(ratio * highest, MOST_SPREADS * spread + LEAST_SHARE * highest);
  const rise = signs.sawTooth === undefined ? sureRise(history, "memory", 100, settings.trendDays, highest) : 0;
  const level = Math.max(highest + Math.max(margin, rise), signs.saturation.memory ? highest * BEYOND_LIMIT : 0);
  return {
    percent: Math.max(withHeadroom(level, settings.memoryHeadroom), keptMemory(signs)),
    quantiles: [
      {
        metric: hasMetric(history, "memoryMaximum") ? "memoryMaximum" : "memory",
        statistic: "highest",
        percent: highest,
      },
      { metric: "memory", statistic: "with the margin of the past", percent: level },
    ],
    reasons: rise > margin ? [risingReason("Memory", rise, settings.trendDays)] : [],
  };
};

/** Percent of the size that is kept where what was measured does not say what is needed. */
const keptMemory = ({ steadyMemory, sawTooth }: Signs): number =>
  steadyMemory !== undefined || sawTooth !== undefined ? 100 : 0;
