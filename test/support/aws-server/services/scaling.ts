import { chance } from "../noise.ts";
import { pageOf } from "../paging.ts";
import { type CallContext, type Input, type JsonHandlers, regionOf, sizeOf, textOf, textsOf } from "../request.ts";

const DIMENSION = "ecs:service:DesiredCount";

const scaled = (context: CallContext) =>
  regionOf(context).clusters.flatMap((cluster) =>
    cluster.services
      .filter(({ arn, daemon }) => !daemon && chance(`${arn}:scaled`, context.account.seed) < 0.5)
      .map((service) => ({ id: `service/${cluster.name}/${service.name}`, service })),
  );

const paged = <T>(input: Input, all: readonly T[]) =>
  pageOf(all, sizeOf(input, "MaxResults", 50, 50), textOf(input, "NextToken"));

/** Operations of Application Auto Scaling that describe. */
export const scalingHandlers: JsonHandlers = {
  DescribeScalableTargets: (input, context) => {
    const ids = textsOf(input, "ResourceIds");
    const all = scaled(context).filter(({ id }) => ids.length === 0 || ids.includes(id));
    const { items, next } = paged(input, all);
    return {
      ScalableTargets: items.map(({ id, service }) => ({
        ServiceNamespace: "ecs",
        ResourceId: id,
        ScalableDimension: DIMENSION,
        MinCapacity: 1,
        MaxCapacity: service.desired * 3 + 3,
        RoleARN: "arn:aws:iam::123456789012:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/x",
        CreationTime: context.account.now - 86_400,
      })),
      NextToken: next,
    };
  },
  DescribeScheduledActions: (input, context) => {
    const every = scaled(context).filter((_, at) => at % 3 === 0);
    const { items, next } = paged(input, every);
    return {
      ScheduledActions: items.map(({ id }) => ({
        ScheduledActionName: "evening",
        ScheduledActionARN: `arn:aws:autoscaling:${context.region}:123456789012:scheduledAction:x:resource/ecs/${id}:scheduledActionName/evening`,
        ServiceNamespace: "ecs",
        ResourceId: id,
        ScalableDimension: DIMENSION,
        Schedule: "cron(0 20 * * ? *)",
        Timezone: "Europe/Berlin",
        ScalableTargetAction: { MinCapacity: 0 },
        CreationTime: context.account.now - 86_400,
      })),
      NextToken: next,
    };
  },
  DescribeScalingPolicies: (input, context) => {
    const { items, next } = paged(input, scaled(context));
    return {
      ScalingPolicies: items.map(({ id }) => ({
        PolicyARN: `arn:aws:autoscaling:${context.region}:123456789012:scalingPolicy:x:resource/ecs/${id}:policyName/cpu`,
        PolicyName: "cpu",
        ServiceNamespace: "ecs",
        ResourceId: id,
        ScalableDimension: DIMENSION,
        PolicyType: "TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
        },
        Alarms: [],
        CreationTime: context.account.now - 86_400,
      })),
      NextToken: next,
    };
  },
};
