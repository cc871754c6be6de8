import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { AthenaClient } from "@aws-sdk/client-athena";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { ComputeOptimizerClient } from "@aws-sdk/client-compute-optimizer";
import type { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ECSClient, ECSClientConfig } from "@aws-sdk/client-ecs";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { PricingClient } from "@aws-sdk/client-pricing";
import type { SavingsplansClient } from "@aws-sdk/client-savingsplans";
import type { SchedulerClient } from "@aws-sdk/client-scheduler";

/** A client of each service, made for a region when it is first asked for. */
export interface AwsClients {
  ecs(region: string): Promise<ECSClient>;
  cloudwatch(region: string): Promise<CloudWatchClient>;
  logs(region: string): Promise<CloudWatchLogsClient>;
  ec2(region: string): Promise<EC2Client>;
  loadBalancing(region: string): Promise<ElasticLoadBalancingV2Client>;
  scaling(region: string): Promise<ApplicationAutoScalingClient>;
  eventBridge(region: string): Promise<EventBridgeClient>;
  scheduler(region: string): Promise<SchedulerClient>;
  pricing(region: string): Promise<PricingClient>;
  savingsPlans(region: string): Promise<SavingsplansClient>;
  costExplorer(region: string): Promise<CostExplorerClient>;
  athena(region: string): Promise<AthenaClient>;
  computeOptimizer(region: string): Promise<ComputeOptimizerClient>;
}

/** Where credentials and endpoints come from; what is left out the SDK finds in its own chain. */
export interface ClientSettings {
  /** Name of a profile in the AWS configuration files. */
  readonly profile?: string;
  /** Instead of the endpoints of AWS; `AWS_ENDPOINT_URL` works as well. */
  readonly endpoint?: string;
  readonly credentials?: NonNullable<ECSClientConfig["credentials"]>;
  /** Milliseconds to connect. */
  readonly connectionTimeout?: number;
}

/** Once for each region, however often it is asked for. */
const perRegion = <T>(make: (region: string) => Promise<T>): ((region: string) => Promise<T>) => {
  const made = new Map<string, Promise<T>>();
  return (region) => {
    const known = made.get(region) ?? make(region);
    made.set(region, known);
    return known;
  };
};

/** The SDK itself tries once: calls are repeated by `openAws`, which knows the clock. */
const configOf = (settings: ClientSettings, region: string) => ({
  region,
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: settings.connectionTimeout ?? 5000,
    httpsAgent: { maxSockets: 64 },
    httpAgent: { maxSockets: 64 },
  },
  ...(settings.profile === undefined ? {} : { profile: settings.profile }),
  ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
  ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
});

/** Clients of the AWS SDK; each package is loaded when its first client is made. */
export const createClients = (settings: ClientSettings = {}): AwsClients => {
  const config = (region: string) => configOf(settings, region);
  return {
    ecs: perRegion(async (region) => new (await import("@aws-sdk/client-ecs")).ECSClient(config(region))),
    cloudwatch: perRegion(
      async (region) => new (await import("@aws-sdk/client-cloudwatch")).CloudWatchClient(config(region)),
    ),
    logs: perRegion(
      async (region) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(config(region)),
    ),
    ec2: perRegion(async (region) => new (await import("@aws-sdk/client-ec2")).EC2Client(config(region))),
    loadBalancing: perRegion(async (region) => {
      const { ElasticLoadBalancingV2Client } = await import("@aws-sdk/client-elastic-load-balancing-v2");
      return new ElasticLoadBalancingV2Client(config(region));
    }),
    scaling: perRegion(async (region) => {
      const { ApplicationAutoScalingClient } = await import("@aws-sdk/client-application-auto-scaling");
      return new ApplicationAutoScalingClient(config(region));
    }),
    eventBridge: perRegion(
      async (region) => new (await import("@aws-sdk/client-eventbridge")).EventBridgeClient(config(region)),
    ),
    scheduler: perRegion(
      async (region) => new (await import("@aws-sdk/client-scheduler")).SchedulerClient(config(region)),
    ),
    pricing: perRegion(async (region) => new (await import("@aws-sdk/client-pricing")).PricingClient(config(region))),
    savingsPlans: perRegion(
      async (region) => new (await import("@aws-sdk/client-savingsplans")).SavingsplansClient(config(region)),
    ),
    costExplorer: perRegion(
      async (region) => new (await import("@aws-sdk/client-cost-explorer")).CostExplorerClient(config(region)),
    ),
    computeOptimizer: perRegion(
      async (region) => new (await import("@aws-sdk/client-compute-optimizer")).ComputeOptimizerClient(config(region)),
    ),
    athena: perRegion(async (region) => new (await import("@aws-sdk/client-athena")).AthenaClient(config(region))),
  };
};
