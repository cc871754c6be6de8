import { dayWindows } from "../demand/day-windows.ts";
import type { UsageDemand } from "../demand/demand-window.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import { dailyMemory } from "./calibration/past-cases.ts";
import type { Calibration } from "./calibration/pool.ts";
import { cpuChance, type MemoryChance, memoryChance } from "./calibration/remaining-risk.ts";
import { cpuScale, memoryScale } from "./calibration/scales.ts";
import type { Projection } from "./projection.ts";
import { countedDays, type Signs, STARVED_SHARE, startsAnew } from "./signs/signs.ts";

/** How likely the tasks are to run short at a size; unknown where what they need was never seen. */
export const RISK_LEVELS = ["low", "medium", "high", "unknown"] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** The risk that remains at a size, from how the past would have gone; chances are 0 to 1. */
export interface SizeRisk {
  readonly level: RiskLevel;
  /** Chance that CPU is short for more than `allowedShare` of the time in the days to come; null where it was not measured. */
  readonly cpu: { readonly allowedShare: number; readonly chance: number } | null;
  /** Chance in a month that a task needs more memory than it has; null where it was not measured. */
  readonly memory: { readonly chance: number } | null;
  /** Chance that either happens in the days that past cases judge, about a third of those known: `level` follows it. */
  readonly chance: number;
  /** Times that this service's past was judged, and that of all services, which it counts among. */
  readonly ownCases: number;
  readonly allCases: number;
  readonly services: number;
  /** What makes the risk worse than the chances say. */
  readonly doubts: readonly string[];
}

/** A size and everything that its risk follows from. */
export interface RiskQuestion {
  readonly demand: UsageDemand;
  readonly history: UsageDemand;
  readonly calibration: Calibration;
  readonly signs: Signs;
  readonly projected: Projection;
  /** Percent of the present size that a task has at the size, a tracked load included. */
  readonly room: TaskSize;
  /** Share of the time, 0 to 1, in which CPU may be short. */
  readonly share: number;
}

/** Chances below the first are low, below the second medium. */
const MEDIUM_FROM = 0.02;
const HIGH_FROM = 0.06;

/** The risk that remains at a size; null where neither CPU nor memory was measured. */
export const sizeRisk = (question: RiskQuestion): SizeRisk | null => {
  const { calibration, share } = question;
  const cpu = chanceOfCpu(question);
  const memory = chanceOfMemory(question);
  if (cpu === undefined && memory === undefined) return null;
  const chance = 1 - (1 - (cpu ?? 0)) * (1 - (memory?.soon ?? 0));
  const doubts = doubtsOf(question);
  return {
    level: levelOf(question, chance, doubts.length > 0),
    cpu: cpu === undefined ? null : { allowedShare: share, chance: cpu },
    memory: memory === undefined ? null : { chance: memory.month },
    chance,
    ownCases: Math.max(calibration.own.cpu.length, calibration.own.memory.length),
    allCases: Math.max(calibration.pool.cpu.length, calibration.pool.memory.length),
    services: calibration.pool.services,
    doubts,
  };
};

/** Cases of the days before a step speak of another level. */
const chanceOfCpu = ({ demand, calibration, room, share, signs }: RiskQuestion): number | undefined => {
  const windows = dayWindows(countedDays(demand, signs), "cpu");
  const scale = cpuScale(windows, 0, windows.days, share);
  const { own } = calibration;
  const known = startsAnew(signs.level) ? { ...calibration, own: { ...own, cpu: [] } } : calibration;
  return scale === undefined ? undefined : cpuChance(known, scale, room.cpu);
};

const chanceOfMemory = ({ history, calibration, room }: RiskQuestion): MemoryChance | undefined => {
  const daily = dailyMemory(history);
  return daily.length === 0 ? undefined : memoryChance(calibration, memoryScale(daily), room.memory);
};

/** Days before a step speak of another level, so that what they used says nothing of this one. */
const levelOf = (question: RiskQuestion, chance: number, doubted: boolean): RiskLevel => {
  const { signs, projected, share } = question;
  if (signs.saturation.cpu >= STARVED_SHARE) return "unknown";
  const shortOfCpu = !startsAnew(signs.level) && (projected.cpu?.shareAbove ?? 0) > share;
  const seen = (projected.memory?.shareAbove ?? 0) > 0 || shortOfCpu;
  const killed = signs.saturation.memory && signs.sawTooth !== undefined;
  if (seen || killed || chance >= HIGH_FROM) return "high";
  return doubted || chance >= MEDIUM_FROM ? "medium" : "low";
};

/** Days on a new level below which it is too new to be sure of. */
const NEW_LEVEL_DAYS = 7;

const doubtsOf = ({ signs, room, share }: RiskQuestion): string[] => [
  ...(signs.saturation.cpu > share ? ["CPU reached its limit"] : []),
  ...(signs.saturation.memory ? ["memory reached its limit"] : []),
  ...(signs.sawTooth === undefined ? [] : ["memory climbs and falls"]),
  ...(signs.level !== undefined && signs.level.daysAfter < NEW_LEVEL_DAYS ? ["the level changed a few days ago"] : []),
  ...(signs.hiddenPeaks !== undefined && signs.hiddenPeaks.minute > room.cpu ? ["averages may hide peaks"] : []),
  ...(signs.fractions ? ["the unit of CPU is in doubt"] : []),
];
