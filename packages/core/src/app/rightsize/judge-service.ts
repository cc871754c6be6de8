import type { BesideComputeOptimizer } from "../../domain/report/compute-optimizer-report.ts";
import type { SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import { shapeOf } from "../../domain/rightsizing/usage-shape.ts";
import type { ServiceCost } from "../estimate/service-costs.ts";
import { type BacktestedService, backtestService } from "./backtest-usage.ts";
import { besideComputeOptimizer } from "./beside-compute-optimizer.ts";
import { adviceByStrategy } from "./compare-strategies.ts";
import { type ExtraChange, extraChanges } from "./extra-advice.ts";
import type { RightsizePlan, RightsizeSettings } from "./settings.ts";
import { adviceOn, type RightsizeSubject } from "./subject.ts";

/** Everything that the series of a service says; the series itself, by far the largest part, is left behind. */
export interface JudgedService {
  readonly cost: ServiceCost;
  readonly size: SizeAdvice;
  readonly changes: readonly ExtraChange[];
  readonly shape: ReturnType<typeof shapeOf> | null;
  /** One for each strategy of the plan where strategies are compared. */
  readonly byStrategy: readonly SizeAdvice[];
  readonly backtested: BacktestedService | undefined;
  /** Undefined where there are no recommendations of Compute Optimizer, null where it has none of the service. */
  readonly beside: BesideComputeOptimizer | null | undefined;
}

const SHAPE_PARTS = 28;

/** Looks at the series of a service once, for whatever the settings ask. */
export const judgeService = (
  subject: RightsizeSubject,
  plan: RightsizePlan,
  { compareStrategies = false, backtest = false, computeOptimizer }: RightsizeSettings,
): JudgedService => {
  const size = adviceOn(subject, plan);
  return {
    cost: subject.cost,
    size,
    changes: extraChanges(subject, size, plan),
    shape: subject.window === undefined ? null : shapeOf(subject.window, SHAPE_PARTS),
    byStrategy: compareStrategies ? adviceByStrategy(subject, plan) : [],
    backtested: backtest === false ? undefined : backtestService(subject, plan, backtest),
    beside:
      computeOptimizer === undefined
        ? undefined
        : (besideComputeOptimizer(subject, size, plan, computeOptimizer) ?? null),
  };
};
