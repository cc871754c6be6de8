import { peakOf, percentileOf } from "../../demand/quantile.ts";
import { memoryHeadroomSpec, percentileSpec, withHeadroom } from "../headroom.ts";
import { defineStrategy, demandInPercent, usedQuantile } from "../strategy.ts";

/**
 * The default of Robusta KRR (`simple`): p95 of CPU, highest memory plus 15 %.
 *
 * @see https://github.com/robusta-dev/krr, checked on 2026-11-20
 */
export const krrSimple = defineStrategy({
  id: "krr-simple",
  summary: "p95 of CPU and the highest memory plus 15 %, the default of KRR.",
  settings: {
    cpuPercentile: percentileSpec(95, "Percentile of CPU utilization."),
    memoryHeadroom: memoryHeadroomSpec(15),
  },
  needs: [],
  advise: (demand, current, settings) => {
    const cpu = percentileOf(demand, "cpu", settings.cpuPercentile);
    const memory = peakOf(demand, "memory");
    return demandInPercent(current, cpu, withHeadroom(memory, settings.memoryHeadroom), [
      ...usedQuantile("cpu", `p${settings.cpuPercentile}`, cpu),
      ...usedQuantile("memory", "highest", memory),
    ]);
  },
});
