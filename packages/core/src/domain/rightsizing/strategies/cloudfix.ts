import { highestHourlyP99 } from "../../demand/quantile.ts";
import { withHeadroom } from "../headroom.ts";
import { defineStrategy, demandInPercent, usedQuantile } from "../strategy.ts";

/**
 * The rule that CloudFix publishes for Fargate: the highest of the hourly p99, plus 20 %.
 *
 * @see https://support.cloudfix.com/article/132615, checked on 2026-11-20
 */
export const cloudfix = defineStrategy({
  id: "cloudfix",
  summary: "Highest hourly p99 of CPU and memory plus 20 %, as CloudFix publishes.",
  settings: { buffer: { default: 20, min: 0, max: 400, unit: "percent", help: "Added to both." } },
  needs: [],
  advise: (demand, current, settings) => {
    const cpu = highestHourlyP99(demand, "cpu");
    const memory = highestHourlyP99(demand, "memory");
    return demandInPercent(current, withHeadroom(cpu, settings.buffer), withHeadroom(memory, settings.buffer), [
      ...usedQuantile("cpu", "highest hourly p99", cpu),
      ...usedQuantile("memory", "highest hourly p99", memory),
    ]);
  },
});
