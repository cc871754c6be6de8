import type { ServiceUsage } from "./usage.ts";

/**
 * Measured utilization by service, named `name` or `cluster/name`. A `Map` is one; a source too large to be held gives the
 * series of a service when it is asked for, the same each time.
 */
export interface UsageByService {
  /** Names in their order, each once. */
  keys(): Iterable<string>;
  get(name: string): ServiceUsage | undefined;
}
