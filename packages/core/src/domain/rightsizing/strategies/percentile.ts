import { percentileOf } from "../../demand/quantile.ts";
import { cpuHeadroomSpec, memoryHeadroomSpec, percentileSpec, withHeadroom } from "../headroom.ts";
import { defineStrategy, demandInPercent, withheldWithout } from "../strategy.ts";

/** A percentile of the averages of each, plus a fixed headroom. */
export const percentile = defineStrategy({
  id: "percentile",
  summary: "A percentile of CPU and memory plus a fixed headroom.",
  settings: {
    cpuPercentile: percentileSpec(99, "Percentile of CPU utilization."),
    cpuHeadroom: cpuHeadroomSpec(10),
    memoryPercentile: percentileSpec(100, "Percentile of memory utilization; 100 is the highest value."),
    memoryHeadroom: memoryHeadroomSpec(10),
  },
  needs: ["cpu", "memory"],
  advise: (demand, current, settings) => {
    const cpu = percentileOf(demand, "cpu", settings.cpuPercentile);
    const memory = percentileOf(demand, "memory", settings.memoryPercentile);
    if (cpu === undefined) return withheldWithout("cpu");
    if (memory === undefined) return withheldWithout("memory");
    return demandInPercent(
      current,
      withHeadroom(cpu, settings.cpuHeadroom),
      withHeadroom(memory, settings.memoryHeadroom),
      [
        { metric: "cpu", statistic: `p${settings.cpuPercentile}`, percent: cpu },
        { metric: "memory", statistic: `p${settings.memoryPercentile}`, percent: memory },
      ],
    );
  },
});
