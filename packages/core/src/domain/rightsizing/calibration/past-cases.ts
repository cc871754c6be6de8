import { type DayWindows, dayWindows, levelExceededFor } from "../../demand/day-windows.ts";
import type { UsageDemand } from "../../demand/demand-window.ts";
import type { TaskSize } from "../../sizing/fargate-sizes.ts";
import { type SizeGrid, smallerCpu } from "../../sizing/size-grid.ts";
import { type Origin, rollingOrigins } from "./origins.ts";
import { cpuScale, excessOf, type MemoryScale, memoryExcess, memoryScale } from "./scales.ts";

/** What the days after an origin would have needed of CPU, by the days before it. */
export interface CpuCase {
  /** The demand was too small up to this factor of the level; Infinity where the highest seen was too. */
  readonly factor: number;
  /** How far the days after went beyond the level, and beyond the highest, in spreads. */
  readonly beyondLevel: number;
  readonly beyondHighest: number;
}

/** The same of memory. */
export interface MemoryCase {
  /** Highest value of the days after over the highest before, less 1. */
  readonly ratio: number;
  /** The same in spreads of the daily highest values. */
  readonly spreads: number;
  /** What a chance over the days judged has to be multiplied by for a month after all days. */
  readonly toMonth: number;
}

/** What the own past of a service says of the margin that its size needs. */
export interface PastCases {
  readonly cpu: readonly CpuCase[];
  readonly memory: readonly MemoryCase[];
}

export const NO_CASES: PastCases = { cpu: [], memory: [] };

/** A service whose past is looked at. */
export interface PastSubject {
  readonly current: TaskSize;
  /** Undefined where a size may be anything. */
  readonly grid: SizeGrid | undefined;
  /** The days that CPU is sized on, and all that are known, which memory is sized on. */
  readonly demand: UsageDemand;
  readonly history: UsageDemand;
  /** Share of the time that CPU may be short, 0 to 1. */
  readonly share: number;
}

/** Sizes the service at each origin of its past and compares with the days after. */
export const pastCases = (subject: PastSubject): PastCases => ({
  cpu: cpuCases(subject),
  memory: memoryCases(subject.history),
});

const cpuCases = (subject: PastSubject): readonly CpuCase[] => {
  const { demand, share } = subject;
  const origins = rollingOrigins(demand.days.length);
  if (origins.length === 0) return [];
  const windows = dayWindows(demand, "cpu");
  return origins.flatMap((origin) => cpuCase(subject, windows, origin, share) ?? []);
};

const cpuCase = (
  subject: PastSubject,
  windows: DayWindows,
  { day, ahead }: Origin,
  share: number,
): CpuCase | undefined => {
  const scale = cpuScale(windows, 0, day, share);
  const needed = levelExceededFor(windows, day, day + ahead, share);
  if (scale === undefined || needed === undefined) return undefined;
  const tooSmall = tooSmallUpTo(subject, needed, memoryBefore(subject.demand, day));
  const factor = tooSmall >= scale.highest ? Number.POSITIVE_INFINITY : tooSmall / scale.base;
  return { factor, ...excessOf(scale, needed) };
};

/** The most percent that is still rounded up to a size with too little CPU; 0 where memory alone forces enough. */
const tooSmallUpTo = ({ grid, current }: PastSubject, needed: number, memoryPercent: number): number => {
  if (grid === undefined) return needed * (1 - 1e-9);
  const memory = (memoryPercent / 100) * current.memory;
  return (smallerCpu(grid, { cpu: (needed / 100) * current.cpu, memory }) / current.cpu) * 100;
};

const memoryBefore = ({ days }: UsageDemand, day: number): number => {
  let highest = 0;
  for (let i = 0; i < day; i++) highest = Math.max(highest, dayHighestMemory(days[i]));
  return highest;
};

const dayHighestMemory = (day: UsageDemand["days"][number] | undefined): number =>
  day === undefined ? -1 : Math.max(day.metrics.memory.maximum, day.metrics.memoryMaximum.maximum);

/** Highest memory of each day that has a value, in percent. */
export const dailyMemory = ({ days }: UsageDemand): readonly number[] =>
  days.map(dayHighestMemory).filter((value) => value >= 0);

const DAYS_OF_A_MONTH = 30;

/**
 * The chance that the highest of `ahead` days passes that of `days` days before grows as ahead / (days + ahead) where the days
 * are alike, which turns the chance of an origin into that of a month after all days.
 */
const memoryCases = (history: UsageDemand): readonly MemoryCase[] => {
  const daily = dailyMemory(history);
  const month = DAYS_OF_A_MONTH / (daily.length + DAYS_OF_A_MONTH);
  return rollingOrigins(daily.length).map(({ day, ahead }) => {
    const scale: MemoryScale = memoryScale(daily.slice(0, day));
    const highest = Math.max(...daily.slice(day, day + ahead));
    return { ...memoryExcess(scale, highest), toMonth: month / (ahead / (day + ahead)) };
  });
};
