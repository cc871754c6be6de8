import { hasMetric, type UsageDemand } from "../../demand/demand-window.ts";
import { peakOf, percentileOf, recentPercentile } from "../../demand/quantile.ts";
import type { Reason } from "../../issues/issue.ts";
import type { TaskSize } from "../../sizing/fargate-sizes.ts";
import { cpuHeadroomSpec, memoryHeadroomSpec, percentileSpec, withHeadroom } from "../headroom.ts";
import type { SettingValues } from "../settings.ts";
import { defineStrategy, demandInPercent, type UsedQuantile } from "../strategy.ts";
import { risingReason, sureRise } from "../sure-rise.ts";

const SETTINGS = {
  cpuPercentile: percentileSpec(99, "Percentile of CPU utilization: throttling above it is accepted."),
  cpuHeadroom: cpuHeadroomSpec(0),
  memoryHeadroom: memoryHeadroomSpec(10),
  halfLifeDays: { default: 7, min: 0.5, max: 365, unit: "days", help: "Age at which a day of CPU counts half." },
  tailWeight: {
    default: 0.2,
    min: 0,
    max: 2,
    unit: "factor",
    help: "How much of the distance from p95 to the CPU percentile is added beyond it.",
  },
  loadMargin: {
    default: 2,
    min: 0,
    max: 20,
    unit: "square root of CPU units",
    help: "Times the square root of the CPU demand, added to it: the spread of load grows with its square root.",
  },
  hotTaskPercentile: percentileSpec(50, "Percentile of the maximum CPU of any task that is held too; 0 looks away."),
  trendDays: { default: 7, min: 0, max: 90, unit: "days", help: "How far ahead a sure rise is carried on." },
} as const;

type Settings = SettingValues<typeof SETTINGS>;

const TAIL_FROM = 95;
const FULL_WEEK = 7;
/** Percent: a task that uses this much may need more than was seen. */
const SATURATED = 99;
/** Percentile: a task that is saturated from here on, a tenth of the time, gets more than was ever seen. */
const STARVED_FROM = 90;
const SATURATED_REASON: Reason = {
  code: "saturated",
  detail: "The tasks use all of their CPU at times: what they would need is not known, and may be more.",
};
const HOT_TASK_REASON: Reason = {
  code: "hot-task",
  detail: "One task regularly needs more CPU than the average over the tasks shows.",
};
/**
 * The default before sizes were calibrated. CPU may be short for a percent of the time, so it takes a recent percentile, stretched by the shape of the
 * tail and the spread of load; memory may never be short, so it takes the highest value and a margin. Both margins grow
 * where less than a week was seen; both levels follow a sure rise.
 */
export const tailAware = defineStrategy({
  id: "tail-aware",
  summary: "Recent p99 of CPU stretched by its tail, highest memory plus 10 %, both with any sure rise carried on.",
  settings: SETTINGS,
  needs: [],
  advise: (demand, current, settings) => {
    const cpu = cpuPercent(demand, current, settings);
    const memory = memoryPercent(demand, settings);
    return demandInPercent(
      current,
      cpu?.percent,
      memory?.percent,
      [...(cpu?.quantiles ?? []), ...(memory?.quantiles ?? [])],
      [...(cpu?.reasons ?? []), ...(memory?.reasons ?? [])],
    );
  },
});

interface DimensionDemand {
  readonly percent: number;
  readonly quantiles: readonly UsedQuantile[];
  readonly reasons: readonly Reason[];
}

/** Figures of the CPU series, in percent. */
interface CpuFigures {
  readonly recent: number;
  readonly body: number;
  readonly peak: number;
  readonly hottest: number;
  readonly saturated: boolean;
}

const cpuFigures = (demand: UsageDemand, settings: Settings): CpuFigures | undefined => {
  const recent = recentPercentile(demand, "cpu", settings.cpuPercentile, settings.halfLifeDays);
  const body = recentPercentile(demand, "cpu", TAIL_FROM, settings.halfLifeDays);
  const peak = peakOf(demand, "cpu");
  if (recent === undefined || body === undefined || peak === undefined) return undefined;
  const hottest = hottestTask(demand, settings.hotTaskPercentile);
  return { recent, body, peak, hottest, saturated: recent >= SATURATED };
};

const cpuPercent = (demand: UsageDemand, current: TaskSize, settings: Settings): DimensionDemand | undefined => {
  const figures = cpuFigures(demand, settings);
  if (figures === undefined) return undefined;
  const { recent, body, hottest } = figures;
  const level = Math.max(recent + settings.tailWeight * Math.max(0, recent - body), hottest);
  const spread = level + shortHistory(demand) * spreadOfLoad(level, current, settings);
  const rise = sureRise(demand, "cpu", settings.cpuPercentile, settings.trendDays, level);
  return {
    percent: withHeadroom(heldByPeak(demand, figures, spread) + rise, settings.cpuHeadroom),
    quantiles: cpuQuantiles(figures, settings),
    reasons: [
      ...(rise > 0 ? [risingReason("CPU", rise, settings.trendDays)] : []),
      ...(figures.saturated ? [SATURATED_REASON] : []),
      ...(hottest > recent ? [HOT_TASK_REASON] : []),
    ],
  };
};

/** Percent of the size for a level of load in percent. */
const spreadOfLoad = (level: number, { cpu }: TaskSize, { loadMargin }: Settings): number =>
  cpu === 0 ? 0 : (100 * loadMargin * Math.sqrt((level / 100) * cpu)) / cpu;

/** Not above the highest CPU seen, unless too little was seen or the task was held down by its size. */
const heldByPeak = (demand: UsageDemand, { recent, hottest, peak, saturated }: CpuFigures, spread: number): number => {
  const starved = saturated && (percentileOf(demand, "cpu", STARVED_FROM) ?? 0) >= SATURATED;
  const known = demand.days.length >= FULL_WEEK || saturated;
  return known && !starved ? Math.max(recent, hottest, Math.min(spread, peak)) : spread;
};

const cpuQuantiles = ({ recent, body, peak, hottest }: CpuFigures, settings: Settings): UsedQuantile[] => {
  const decay = `half-life ${settings.halfLifeDays} d`;
  const averages: UsedQuantile[] = [
    { metric: "cpu", statistic: `p${settings.cpuPercentile}, ${decay}`, percent: recent },
    { metric: "cpu", statistic: `p${TAIL_FROM}, ${decay}`, percent: body },
    { metric: "cpu", statistic: "highest", percent: peak },
  ];
  if (hottest <= recent) return averages;
  return [...averages, { metric: "cpuMaximum", statistic: `p${settings.hotTaskPercentile}`, percent: hottest }];
};

const hottestTask = (demand: UsageDemand, percent: number): number =>
  percent > 0 && hasMetric(demand, "cpuMaximum") ? (percentileOf(demand, "cpuMaximum", percent) ?? 0) : 0;

const memoryPercent = (demand: UsageDemand, settings: Settings): DimensionDemand | undefined => {
  const average = peakOf(demand, "memory");
  if (average === undefined) return undefined;
  const highest = Math.max(average, peakOf(demand, "memoryMaximum") ?? 0);
  const rise = sureRise(demand, "memory", 100, settings.trendDays, highest);
  const headroom = settings.memoryHeadroom * shortHistory(demand);
  const metric = highest > average ? "memoryMaximum" : "memory";
  return {
    percent: withHeadroom(highest + rise, headroom),
    quantiles: [{ metric, statistic: "highest", percent: highest }],
    reasons: rise > 0 ? [risingReason("Memory", rise, settings.trendDays)] : [],
  };
};

/** 1 from a week on; below it grows with the square root, as the error of an estimate does. */
const shortHistory = ({ days }: UsageDemand): number => Math.sqrt(Math.max(1, FULL_WEEK / Math.max(1, days.length)));
