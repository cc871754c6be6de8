import {
  type Confidence,
  type Continuity,
  confidenceOf,
  continuityOf,
  gapsOf,
  type StartUp,
  startUpOf,
} from "../demand/continuity.ts";
import { measuredMinutes, sparser, timeRange, type UsageDemand } from "../demand/demand-window.ts";
import { seasonOf } from "../demand/season.ts";
import { isoTime } from "../demand/timestamp.ts";
import type { ServiceUsage } from "../demand/usage.ts";
import type { SettingValues } from "./settings.ts";
import { type Signs, STARVED_SHARE } from "./signs/signs.ts";
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
  /** The same as a number, 0 to 1: the share of a week that was seen, less where the series leaves doubts. */
  readonly confidenceShare: number;
}

/** Evidence of one service over the days that advice looks at. */
export const evidenceOf = (
  usage: ServiceUsage,
  demand: UsageDemand,
  strategy: string,
  settings: SettingValues,
  quantiles: readonly UsedQuantile[],
  signs?: Signs,
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
    ...doubted(demand, continuity, signs),
  };
};

const FULL_WEEK = 7;
const NEW_LEVEL_DAYS = 3;
/** What a doubt leaves of the confidence. */
const SHARES = { high: 1, medium: 0.6, low: 0.3 } as const;

/** Confidence from length and coverage, at most what the shape of the series allows. */
const doubted = (
  demand: UsageDemand,
  continuity: Continuity,
  signs: Signs | undefined,
): Pick<SizeEvidence, "confidence" | "confidenceShare"> => {
  const known = confidenceOf(demand, continuity);
  const most = signs === undefined ? "high" : mostConfidence(signs);
  const confidence = SHARES[most] < SHARES[known] ? most : known;
  const seen = Math.min(1, demand.days.length / FULL_WEEK) * continuity.coverage;
  return { confidence, confidenceShare: Math.min(seen, SHARES[most]) };
};

const mostConfidence = ({ level, saturation, sawTooth, fractions }: Signs): Confidence => {
  const unknown = saturation.cpu >= STARVED_SHARE || fractions;
  if (unknown || (level !== undefined && level.daysAfter < NEW_LEVEL_DAYS)) return "low";
  const open = saturation.memory || sawTooth !== undefined;
  return open || (level !== undefined && level.daysAfter < FULL_WEEK) ? "medium" : "high";
};
