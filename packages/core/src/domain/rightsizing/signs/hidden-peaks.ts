import { hourRow } from "../../demand/day-usage.ts";
import { hasMetric, type UsageDemand } from "../../demand/demand-window.ts";

/** What single minutes may have needed within averages over several. */
export interface HiddenPeaks {
  readonly periodMinutes: number;
  /**
   * Percent of the task size that one minute may have used in a usual hour: all that the highest average of the hour has
   * beyond the lowest came from one minute of it. At most 100 or the highest average.
   */
  readonly minute: number;
}

const LONGEST_KNOWN = 2;

/** Peaks that averages may hide; undefined where the points are a minute apart or maxima are given. */
export const hiddenPeaksOf = (demand: UsageDemand): HiddenPeaks | undefined => {
  const periodMinutes = usualPeriod(demand);
  if (periodMinutes <= LONGEST_KNOWN || hasMetric(demand, "cpuMaximum")) return undefined;
  const minutes: number[] = [];
  for (const day of demand.days) {
    const [highs, lows] = [hourRow(day, "cpuFirst"), hourRow(day, "cpuLowest")];
    for (let hour = 0; hour < highs.length; hour++) {
      const [high, low] = [highs[hour] as number, lows[hour] as number];
      if (high >= 0 && low >= 0) minutes.push(low + (high - low) * periodMinutes);
    }
  }
  if (minutes.length === 0) return undefined;
  const usual = Float64Array.from(minutes).sort()[Math.floor(minutes.length / 2)] as number;
  return { periodMinutes, minute: Math.min(100, usual) };
};

const usualPeriod = ({ days }: UsageDemand): number => {
  const periods = days.map(({ periodMinutes }) => periodMinutes).sort((a, b) => a - b);
  return periods[Math.floor(periods.length / 2)] ?? 0;
};
