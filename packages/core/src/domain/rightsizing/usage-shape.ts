import { hourRow } from "../demand/day-usage.ts";
import type { UsageDemand } from "../demand/demand-window.ts";

const HOURS_PER_DAY = 24;

/** Highest values of equal parts of the days looked at, in percent of the task size; null where a part has no point. */
export const shapeOf = (
  demand: UsageDemand,
  parts: number,
): { readonly cpu: readonly (number | null)[]; readonly memory: readonly (number | null)[] } => ({
  cpu: peaksOf(demand, "cpuPeak", parts),
  memory: peaksOf(demand, "memoryPeak", parts),
});

const peaksOf = ({ days }: UsageDemand, row: "cpuPeak" | "memoryPeak", parts: number): readonly (number | null)[] => {
  const first = days[0]?.day ?? 0;
  const hours = ((days.at(-1)?.day ?? first) - first + 1) * HOURS_PER_DAY;
  const peaks = Array.from({ length: Math.min(parts, hours) }, (): number | null => null);
  for (const day of days) {
    hourRow(day, row).forEach((value, hour) => {
      if (value < 0) return;
      const at = Math.floor((((day.day - first) * HOURS_PER_DAY + hour) * peaks.length) / hours);
      peaks[at] = Math.max(peaks[at] ?? 0, roundUp(value));
    });
  }
  return peaks;
};

/** To a hundredth: single-precision peaks have no more to say. */
const roundUp = (value: number): number => Math.round(value * 100) / 100;
