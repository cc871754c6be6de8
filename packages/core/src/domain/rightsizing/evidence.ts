import { type Confidence, confidenceOf, continuityOf, gapsOf, type StartUp, startUpOf } from "../demand/continuity.ts";
import { measuredMinutes, sparser, timeRange, type UsageDemand } from "../demand/demand-window.ts";
import { seasonOf } from "../demand/season.ts";
import { isoTime } from "../demand/timestamp.ts";
import type { ServiceUsage } from "../demand/usage.ts";
import type { SettingValues } from "./settings.ts";
import type { UsedQuantile } from "./strategy.ts";

/** What advice rests on; the same for any order of the points. */
export interface SizeEvidence {
  readonly strategy: string;
  readonly settings: SettingValues;
  /** Minutes with a CPU value and with a memory value: the fewer of the two, or those of the only one that was measured. */
  readonly points: number;
  readonly cpuPoints: number;
  readonly memoryPoints: number;
  readonly days: number;
  /** ISO 8601; null without points. */
  readonly from: string | null;
  readonly to: string | null;
  readonly periodMinutes: number;
  /** Share of distances between points that are not the period, 0 to 1. */
  readonly otherPeriods: number;
  readonly gaps: number;
  readonly missingMinutes: number;
  readonly coverage: number;
  /** Points whose minute was given before; values below zero, left out; values above 100 %, kept. */
  readonly repeated: number;
  readonly negative: number;
  readonly above100: number;
  /** Points older than the days that are kept. */
  readonly tooOld: number;
  readonly quantiles: readonly UsedQuantile[];
  readonly startUp: StartUp;
  /** Share of the variance of hourly peaks that the hour of the day and of the week explain, 0 to 1. */
  readonly season: {
    readonly cpuDaily: number;
    readonly cpuWeekly: number;
    readonly memoryDaily: number;
    readonly memoryWeekly: number;
  };
  readonly confidence: Confidence;
}

/** Evidence of one service over the days that advice looks at. */
export const evidenceOf = (
  usage: ServiceUsage,
  demand: UsageDemand,
  strategy: string,
  settings: SettingValues,
  quantiles: readonly UsedQuantile[],
): SizeEvidence => {
  const range = timeRange(demand);
  const minutes = measuredMinutes(demand);
  const found = gapsOf(demand);
  const continuity = continuityOf(demand, found);
  const { periodMinutes, otherPeriods, gaps, missingMinutes, coverage } = continuity;
  const total = (key: "repeated" | "negative" | "above100"): number =>
    demand.days.reduce((sum, day) => sum + day[key], 0);
  const cpu = seasonOf(demand, "cpu");
  const memory = seasonOf(demand, "memory");
  return {
    strategy,
    settings,
    points: sparser(minutes),
    cpuPoints: minutes.cpu,
    memoryPoints: minutes.memory,
    days: demand.days.length,
    from: range === undefined ? null : isoTime(range.from),
    to: range === undefined ? null : isoTime(range.to),
    periodMinutes,
    otherPeriods,
    gaps,
    missingMinutes,
    coverage,
    repeated: total("repeated"),
    negative: total("negative"),
    above100: total("above100"),
    tooOld: usage.tooOld,
    quantiles,
    startUp: startUpOf(demand, found),
    season: {
      cpuDaily: cpu.daily,
      cpuWeekly: cpu.weekly,
      memoryDaily: memory.daily,
      memoryWeekly: memory.weekly,
    },
    confidence: confidenceOf(demand, continuity),
  };
};
