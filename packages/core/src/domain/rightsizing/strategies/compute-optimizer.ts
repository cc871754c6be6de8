import { hasMetric } from "../../demand/demand-window.ts";
import { percentileOf } from "../../demand/quantile.ts";
import { percentileSpec } from "../headroom.ts";
import { defineStrategy, demandInPercent, usedQuantile } from "../strategy.ts";

/**
 * The rule that AWS states for ECS in Compute Optimizer: the 99.5th percentile of the Maximum statistic, no headroom.
 * Where the series has no maxima, the averages stand in and the reason says so.
 *
 * @see https://github.com/awslabs/mcp (recommendation template of ECS services), checked on 2026-11-20
 */
export const computeOptimizer = defineStrategy({
  id: "compute-optimizer",
  summary: "p99.5 of the maximum of CPU and memory without headroom, as AWS states for ECS.",
  settings: { percentile: percentileSpec(99.5, "Percentile of CPU and memory.") },
  needs: [],
  advise: (demand, current, settings) => {
    const cpuMetric = hasMetric(demand, "cpuMaximum") ? "cpuMaximum" : "cpu";
    const memoryMetric = hasMetric(demand, "memoryMaximum") ? "memoryMaximum" : "memory";
    const cpu = percentileOf(demand, cpuMetric, settings.percentile);
    const memory = percentileOf(demand, memoryMetric, settings.percentile);
    const averaged = (cpu !== undefined && cpuMetric === "cpu") || (memory !== undefined && memoryMetric === "memory");
    return demandInPercent(
      current,
      cpu,
      memory,
      [
        ...usedQuantile(cpuMetric, `p${settings.percentile}`, cpu),
        ...usedQuantile(memoryMetric, `p${settings.percentile}`, memory),
      ],
      averaged ? [{ code: "averages-only", detail: "The series has no maxima; averages stand in for them." }] : [],
    );
  },
});
