import type { EpochSeconds } from "../domain/demand/timestamp.ts";
import type { Issue } from "../domain/issues/issue.ts";

/**
 * Takes one point of a service. Utilization in percent of the task size; NaN stands for a value that is not given, for
 * tasks as well.
 */
export type PointSink = (
  service: string,
  time: EpochSeconds,
  cpu: number,
  memory: number,
  cpuMaximum: number,
  memoryMaximum: number,
  tasks: number,
) => void;

/** Where utilization comes from. Points of one service come together, the oldest first. */
export interface MetricSource {
  /** Gives every point to the sink; what could not be read is in the issues. */
  read(sink: PointSink): Promise<readonly Issue[]>;
}
