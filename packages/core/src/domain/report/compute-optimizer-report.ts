import type { Reason } from "../issues/issue.ts";
import type { ComputeOptimizerAdvice } from "../rightsizing/compute-optimizer-advice.ts";
import type { Projection } from "../rightsizing/projection.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";

/** How a size would have done on the newest days. */
export interface SizeOnUnseenDays {
  readonly size: TaskSize;
  /** Share of the points with more CPU than the size has, 0 to 1; null where CPU was not measured. */
  readonly shareShortOfCpu: number | null;
  readonly overMemory: boolean | null;
}

/** What Compute Optimizer recommends, as it says it, and how it compares with our advice. */
export interface BesideComputeOptimizer extends Omit<ComputeOptimizerAdvice, "service" | "refreshed"> {
  /** ISO 8601. */
  readonly refreshed: string | null;
  /** What the days looked at would have been at its size. */
  readonly projected: Projection | null;
  /** Both on the newest 30 % of the days; ours is made without them, its size may have seen them. */
  readonly backtest: { readonly ours: SizeOnUnseenDays | null; readonly theirs: SizeOnUnseenDays | null } | null;
  /** Why the two differ; empty where they recommend the same. */
  readonly differences: readonly Reason[];
}
