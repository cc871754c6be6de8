import type { StrategyItem } from "../../workload/service.ts";

/** A service and the strategy to give it. A base of 0 is not written: ECS lets only one provider name a base. */
export interface ServiceStrategy {
  readonly name: string;
  readonly cluster: string;
  readonly strategy: readonly StrategyItem[];
}
