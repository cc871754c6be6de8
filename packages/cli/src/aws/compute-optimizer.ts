import type { ComputeOptimizerAdvice } from "@ecs-cost/core";
import { usageError } from "../program/usage-error.ts";
import { openSession } from "./session.ts";

const LIVE = "aws";

/** Recommendations of Compute Optimizer out of files, or of the live account where the source is `aws`. */
export const readAdvice = async (
  sources: readonly string[],
  region: string,
  profile: string | undefined,
): Promise<readonly ComputeOptimizerAdvice[] | undefined> => {
  if (sources.length === 0) return undefined;
  if (!sources.includes(LIVE)) {
    const { readComputeOptimizer } = await import("@ecs-cost/core/compute-optimizer");
    return readComputeOptimizer(sources);
  }
  if (sources.length > 1) {
    throw usageError(`--compute-optimizer ${LIVE} stands alone`, `For a file of that name write ./${LIVE}.`);
  }
  const { core, aws } = await openSession(profile);
  return core.readRecommendations(aws, region);
};
