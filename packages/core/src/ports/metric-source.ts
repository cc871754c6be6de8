import type { MetricPoint } from "../domain/demand/metric-point.ts";
import type { Issue } from "../domain/issues/issue.ts";

/** Takes one point of a service. The point is filled anew for the next one: what is to be kept is copied. */
export type PointSink = (service: string, point: MetricPoint) => void;

/** Where utilization comes from. Points of one service come together, the oldest first. */
export interface MetricSource {
  /** Gives every point to the sink; what could not be read is in the issues. */
  read(sink: PointSink): Promise<readonly Issue[]>;
}
