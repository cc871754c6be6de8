import type { ComputeOptimizerAdvice } from "../../../domain/rightsizing/compute-optimizer-advice.ts";
import { adviceOfRecord } from "../../compute-optimizer/advice-of-record.ts";
import { isRecord } from "../../metrics/json/record.ts";
import type { Aws } from "../client/open-aws.ts";
import { allPages } from "../client/paged.ts";

/** What the account must allow. */
export const GET_RECOMMENDATIONS = "compute-optimizer:GetECSServiceRecommendations";

/** Recommendations for all ECS services of the account in a region; Compute Optimizer has them of Fargate alone. */
export const readRecommendations = async (aws: Aws, region: string): Promise<readonly ComputeOptimizerAdvice[]> => {
  const { GetECSServiceRecommendationsCommand } = await import("@aws-sdk/client-compute-optimizer");
  const client = await aws.clients.computeOptimizer(region);
  const records = await allPages(aws, { action: GET_RECOMMENDATIONS, region }, (token) => async (abortSignal) => {
    const command = new GetECSServiceRecommendationsCommand(token === undefined ? {} : { nextToken: token });
    const answer = await client.send(command, { abortSignal });
    return { items: answer.ecsServiceRecommendations, next: answer.nextToken };
  });
  return records.flatMap((record) => (isRecord(record) ? (adviceOfRecord(record) ?? []) : []));
};
