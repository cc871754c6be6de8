import { type MetricPoint, pointOf } from "./metric-point.ts";
import type { EpochSeconds } from "./timestamp.ts";
import { addPoint as add, type ServiceUsage } from "./usage.ts";

/**
 * Adds one point to the state of a service.
 *
 * @example addPoint(usage, pointOf(1_790_000_000, { cpu: 41.5, memory: 62 }))
 */
export function addPoint(usage: ServiceUsage, point: MetricPoint): void;
/** @deprecated Give a point; values in percent of the task size, NaN where not given. Goes with the next release. */
export function addPoint(
  usage: ServiceUsage,
  time: EpochSeconds,
  cpu: number,
  memory: number,
  cpuMaximum: number,
  memoryMaximum: number,
  tasks: number,
): void;
export function addPoint(usage: ServiceUsage, first: MetricPoint | EpochSeconds, ...values: number[]): void {
  const [cpu = NaN, memory = NaN, cpuMaximum = NaN, memoryMaximum = NaN, tasks = NaN] = values;
  add(usage, typeof first === "number" ? pointOf(first, { cpu, memory, cpuMaximum, memoryMaximum, tasks }) : first);
}
