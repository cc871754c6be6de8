import { percentileOf } from "../../demand/quantile.ts";
import { cpuHeadroomSpec, memoryHeadroomSpec, percentileSpec, withHeadroom } from "../headroom.ts";
import { defineStrategy, demandInPercent, usedQuantile } from "../strategy.ts";

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
  needs: [],
  advise: (demand, current, settings) => {
    const cpu = percentileOf(demand, "cpu", settings.cpuPercentile);
    const memory = percentileOf(demand, "memory", settings.memoryPercentile);
    return demandInPercent(
      current,
      withHeadroom(cpu, settings.cpuHeadroom),
      withHeadroom(memory, settings.memoryHeadroom),
      [
        ...usedQuantile("cpu", `p${settings.cpuPercentile}`, cpu),
        ...usedQuantile("memory", `p${settings.memoryPercentile}`, memory),
      ],
    );
  },
});
