import type { StrategyItem } from "../../workload/service.ts";

/** A service and the strategy to give it. */
export interface ServiceStrategy {
  readonly name: string;
  readonly cluster: string;
  readonly strategy: readonly StrategyItem[];
}
