import type { UsageDemand } from "../../demand/demand-window.ts";
import { type Bursts, burstsOf } from "./bursts.ts";
import { mayBeFractions } from "./fractions.ts";
import { type HiddenPeaks, hiddenPeaksOf } from "./hidden-peaks.ts";
import { type LevelChange, levelChangeOf } from "./level-change.ts";
import { type Saturation, saturationOf } from "./saturation.ts";
import { type SawTooth, sawToothOf } from "./saw-tooth.ts";
import { type SteadyMemory, steadyMemoryOf } from "./steady-memory.ts";

/** What the shape of the series says beyond its figures; undefined where it does not show. */
export interface Signs {
  readonly level: LevelChange | undefined;
  readonly saturation: Saturation;
  readonly sawTooth: SawTooth | undefined;
  readonly bursts: Bursts | undefined;
  readonly hiddenPeaks: HiddenPeaks | undefined;
  readonly steadyMemory: SteadyMemory | undefined;
  /** Whether CPU may be given as a fraction of 1 instead of percent. */
  readonly fractions: boolean;
}

/** Signs of the days looked at; memory is looked at over all that are known. */
export const signsOf = (demand: UsageDemand, history: UsageDemand): Signs => ({
  level: levelChangeOf(demand),
  saturation: saturationOf(demand, history),
  sawTooth: sawToothOf(demand),
  bursts: burstsOf(demand),
  hiddenPeaks: hiddenPeaksOf(demand),
  steadyMemory: steadyMemoryOf(demand),
  fractions: mayBeFractions(demand),
});

/** Share of the time at its limit from which on what CPU a task would use is not known. */
export const STARVED_SHARE = 0.1;
/** Days on a new level from which on they are enough to size on. */
export const SETTLED_DAYS = 4;

/** Whether the CPU of the days before a step counts no more: a higher level at once, a lower one when it has lasted. */
export const startsAnew = (level: LevelChange | undefined): level is LevelChange =>
  level !== undefined && (level.ratio > 1 || level.daysAfter >= SETTLED_DAYS);

/** The days on the level that holds now. */
export const countedDays = (demand: UsageDemand, { level }: Signs): UsageDemand =>
  startsAnew(level) ? { days: demand.days.filter(({ day }) => day >= level.day) } : demand;
