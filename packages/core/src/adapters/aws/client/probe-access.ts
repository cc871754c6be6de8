import { BorderError } from "../../../domain/issues/border-error.ts";
import type { AwsErrorCode } from "./aws-error.ts";
import type { Aws } from "./open-aws.ts";

/** Whether one action is allowed. */
export interface AccessProbe {
  /** As IAM spells it. */
  readonly action: string;
  readonly region: string;
  readonly allowed: boolean;
  /** Why not, where it is not. */
  readonly code?: AwsErrorCode;
  readonly detail?: string;
  readonly hint?: string;
}

type Probe = (aws: Aws, region: string, abortSignal: AbortSignal) => Promise<unknown>;

const PROBES: Readonly<Record<string, Probe>> = {
  "ecs:ListClusters": async (aws, region, abortSignal) => {
    const { ListClustersCommand } = await import("@aws-sdk/client-ecs");
    return (await aws.clients.ecs(region)).send(new ListClustersCommand({ maxResults: 1 }), { abortSignal });
  },
  "application-autoscaling:DescribeScalableTargets": async (aws, region, abortSignal) => {
    const { DescribeScalableTargetsCommand } = await import("@aws-sdk/client-application-auto-scaling");
    const command = new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs", MaxResults: 1 });
    return (await aws.clients.scaling(region)).send(command, { abortSignal });
  },
  "events:ListRules": async (aws, region, abortSignal) => {
    const { ListRulesCommand } = await import("@aws-sdk/client-eventbridge");
    return (await aws.clients.eventBridge(region)).send(new ListRulesCommand({ Limit: 1 }), { abortSignal });
  },
  "scheduler:ListSchedules": async (aws, region, abortSignal) => {
    const { ListSchedulesCommand } = await import("@aws-sdk/client-scheduler");
    return (await aws.clients.scheduler(region)).send(new ListSchedulesCommand({ MaxResults: 1 }), { abortSignal });
  },
  "elasticloadbalancing:DescribeLoadBalancers": async (aws, region, abortSignal) => {
    const { DescribeLoadBalancersCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    return (await aws.clients.loadBalancing(region)).send(new DescribeLoadBalancersCommand({ PageSize: 1 }), {
      abortSignal,
    });
  },
  "ec2:DescribeNatGateways": async (aws, region, abortSignal) => {
    const { DescribeNatGatewaysCommand } = await import("@aws-sdk/client-ec2");
    return (await aws.clients.ec2(region)).send(new DescribeNatGatewaysCommand({ MaxResults: 5 }), { abortSignal });
  },
  "logs:DescribeLogGroups": async (aws, region, abortSignal) => {
    const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    return (await aws.clients.logs(region)).send(new DescribeLogGroupsCommand({ limit: 1 }), { abortSignal });
  },
  "cloudwatch:GetMetricData": async (aws, region, abortSignal) => {
    const { GetMetricDataCommand } = await import("@aws-sdk/client-cloudwatch");
    const end = new Date(aws.timing.now());
    const stat = { Metric: { Namespace: "AWS/ECS", MetricName: "CPUUtilization" }, Period: 3600, Stat: "Average" };
    const command = new GetMetricDataCommand({
      MetricDataQueries: [{ Id: "probe", MetricStat: stat }],
      StartTime: new Date(end.getTime() - 3_600_000),
      EndTime: end,
    });
    return (await aws.clients.cloudwatch(region)).send(command, { abortSignal });
  },
  "pricing:GetProducts": async (aws, _, abortSignal) => {
    const { GetProductsCommand } = await import("@aws-sdk/client-pricing");
    const command = new GetProductsCommand({ ServiceCode: "AmazonECS", MaxResults: 1 });
    return (await aws.clients.pricing("us-east-1")).send(command, { abortSignal });
  },
  "savingsplans:DescribeSavingsPlansOfferingRates": async (aws, _, abortSignal) => {
    const { DescribeSavingsPlansOfferingRatesCommand } = await import("@aws-sdk/client-savingsplans");
    const command = new DescribeSavingsPlansOfferingRatesCommand({ products: ["Fargate"], maxResults: 1 });
    return (await aws.clients.savingsPlans("us-east-1")).send(command, { abortSignal });
  },
};

const GLOBAL = ["pricing:", "savingsplans:"];

const regionOf = (action: string, region: string): string =>
  GLOBAL.some((prefix) => action.startsWith(prefix)) ? "us-east-1" : region;

const probe = async (aws: Aws, action: string, send: Probe, home: string): Promise<AccessProbe> => {
  const region = regionOf(action, home);
  try {
    await aws.call({ action, region }, (abortSignal) => send(aws, region, abortSignal));
    return { action, region, allowed: true };
  } catch (error) {
    if (!(error instanceof BorderError)) throw error;
    const { code, message, hint } = error;
    return {
      action,
      region,
      allowed: false,
      code: code as AwsErrorCode,
      detail: message,
      ...(hint === undefined ? {} : { hint }),
    };
  }
};

/**
 * Tries one cheap call of each service that commands use, and tells which are allowed; never throws for a refusal.
 * Costs $0.00001 for the one metric that it asks for. Cost Explorer is left out: each of its calls costs $0.01.
 */
export const probeAccess = async (aws: Aws, region: string): Promise<readonly AccessProbe[]> =>
  Promise.all(Object.entries(PROBES).map(([action, send]) => probe(aws, action, send, region)));
