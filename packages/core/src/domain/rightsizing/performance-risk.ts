import type { Projection } from "./projection.ts";

/** How likely the tasks are to run short at a size, on the load that was seen. */
export type PerformanceRisk = "low" | "medium" | "high";

/** Share of the time that a task may be short of CPU. */
const SHORT_OF_CPU = 0.01;
/** Percent of the memory above which little is left for what was not seen. */
const FULL_MEMORY = 95;

/**
 * High where memory would have been exceeded, or CPU for more than a percent of the time; medium where CPU would have
 * been exceeded at all, or memory reached 95 %. Null where a series is missing.
 */
export const performanceRisk = ({ cpu, memory }: Projection): PerformanceRisk | null => {
  if (cpu === null || memory === null) return null;
  if (memory.shareAbove > 0 || cpu.shareAbove > SHORT_OF_CPU) return "high";
  return cpu.shareAbove > 0 || memory.peak >= FULL_MEMORY ? "medium" : "low";
};
