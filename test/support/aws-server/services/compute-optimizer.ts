import { pageOf } from "../paging.ts";
import { type CallContext, type JsonHandlers, regionOf, textOf } from "../request.ts";

const PAGE = 4;

/** The least size for each service on Fargate, as if it were far too large. */
const recommendations = (context: CallContext) => {
  const { clusters, taskDefinitions } = regionOf(context);
  return clusters.flatMap(({ services }) =>
    services.flatMap(({ arn, launch, taskDefinitionArn }) => {
      const definition = taskDefinitions.get(taskDefinitionArn);
      if (launch === "EC2" || definition === undefined) return [];
      return [
        {
          serviceArn: arn,
          currentServiceConfiguration: { cpu: definition.cpu, memory: definition.memory },
          lookbackPeriodInDays: 14,
          lastRefreshTimestamp: context.account.now - 86_400,
          finding: "Overprovisioned",
          findingReasonCodes: ["CPUOverprovisioned"],
          serviceRecommendationOptions: [{ cpu: 256, memory: 512 }],
        },
      ];
    }),
  );
};

/** Operations of Compute Optimizer that read. */
export const computeOptimizerHandlers: JsonHandlers = {
  GetECSServiceRecommendations: (input, context) => {
    const { items, next } = pageOf(recommendations(context), PAGE, textOf(input, "nextToken"));
    return { ecsServiceRecommendations: items, errors: [], nextToken: next };
  },
};
