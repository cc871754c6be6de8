import { hourRow } from "../../demand/day-usage.ts";
import type { UsageDemand } from "../../demand/demand-window.ts";
import { meanOf, peakOf, percentileOf, shareAbove } from "../../demand/quantile.ts";

/** CPU that is needed for minutes now and then, as by tasks that start, and hardly at all between. */
export interface Bursts {
  /** Hours that hold one, and the minutes that one lasts. */
  readonly count: number;
  readonly minutes: number;
  /** Percent of the task size: during one, and at p95. */
  readonly cpu: number;
  readonly usual: number;
}

const LEAST_CPU = 20;
const LEAST_RATIO = 3;
const LONGEST_MINUTES = 20;
const MOST_HOURS = 0.15;

/** Short bursts of CPU in a few of the hours; undefined without them. */
export const burstsOf = (demand: UsageDemand): Bursts | undefined => {
  const [peak, usual] = [peakOf(demand, "cpu"), percentileOf(demand, "cpu", 95)];
  if (peak === undefined || usual === undefined || peak < LEAST_CPU || peak < LEAST_RATIO * Math.max(usual, 1)) {
    return undefined;
  }
  const least = (peak + usual) / 2;
  const highest = demand.days.flatMap((day) => Array.from(hourRow(day, "cpuFirst")).filter((value) => value >= 0));
  const count = highest.filter((value) => value > least).length;
  const total = demand.days.reduce((sum, day) => sum + day.metrics.cpu.count * Math.max(1, day.periodMinutes), 0);
  const minutes = count === 0 ? 0 : (shareAbove(demand, "cpu", least) * total) / count;
  if (count < 2 || minutes > LONGEST_MINUTES || count > MOST_HOURS * highest.length) return undefined;
  return { count, minutes, cpu: peak, usual: Math.min(usual, meanOf(demand, "cpu") ?? usual) };
};
