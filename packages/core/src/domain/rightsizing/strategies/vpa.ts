import type { UsageDemand } from "../../demand/demand-window.ts";
import { recentDays, recentPercentile } from "../../demand/quantile.ts";
import { percentileSpec, withHeadroom } from "../headroom.ts";
import { defineStrategy, demandInPercent, usedQuantile } from "../strategy.ts";

/**
 * The target of the Kubernetes vertical pod autoscaler: p90 of CPU points and p90 of the daily memory peaks, both with
 * weights that halve every day, plus 15 %. Weights are by whole days here. Its published minimum of a pod (25
 * millicores, 250 MB) is below the smallest task that Fargate runs.
 *
 * @see https://github.com/kubernetes/autoscaler (vertical-pod-autoscaler), checked on 2026-11-20
 */
export const vpa = defineStrategy({
  id: "vpa",
  summary: "Decayed p90 of CPU and of daily memory peaks plus 15 %, as the vertical pod autoscaler targets.",
  settings: {
    percentile: percentileSpec(90, "Percentile of CPU points and of daily memory peaks."),
    margin: { default: 15, min: 0, max: 400, unit: "percent", help: "Added to both." },
    halfLifeDays: { default: 1, min: 0.1, max: 365, unit: "days", help: "Age at which a day counts half." },
  },
  needs: [],
  advise: (demand, current, settings) => {
    const cpu = recentPercentile(demand, "cpu", settings.percentile, settings.halfLifeDays);
    const memory = recentDailyPeak(demand, settings.percentile, settings.halfLifeDays);
    const decay = `half-life ${settings.halfLifeDays} d`;
    return demandInPercent(current, withHeadroom(cpu, settings.margin), withHeadroom(memory, settings.margin), [
      ...usedQuantile("cpu", `p${settings.percentile}, ${decay}`, cpu),
      ...usedQuantile("memory", `p${settings.percentile} of daily peaks, ${decay}`, memory),
    ]);
  },
});

const recentDailyPeak = (demand: UsageDemand, percent: number, halfLifeDays: number): number | undefined => {
  const peaks = recentDays(demand, halfLifeDays)
    .filter(({ day }) => day.metrics.memory.count > 0)
    .map(({ day, weight }) => ({ peak: day.metrics.memory.maximum, weight }))
    .sort((a, b) => a.peak - b.peak);
  const total = peaks.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { peak, weight } of peaks) {
    below += weight;
    if (below * 100 >= percent * total * (1 - 1e-12)) return peak;
  }
  return peaks.at(-1)?.peak;
};
