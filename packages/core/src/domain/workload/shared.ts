import type { InstanceGroup } from "./instance-group.ts";
import type { InstanceRequirements } from "./instance-requirements.ts";
import type { ServiceLogs } from "./service.ts";

/** What belongs to the cluster or VPC rather than to one service. Quantities are decimal strings per month. */
export interface SharedInfrastructure {
  readonly natGateways?: NatGateways;
  readonly vpcEndpoints: readonly VpcEndpoint[];
  readonly loadBalancers: readonly LoadBalancer[];
  /** Container Insights of every cluster that `clusters` does not name. */
  readonly containerInsights: InsightsMode;
  /** Clusters of which Container Insights is known one by one. */
  readonly clusters?: readonly ClusterInsights[];
  readonly ec2: Ec2Settings;
  /** Instances that Auto Scaling groups keep, as far as an input tells. */
  readonly instanceGroups?: readonly InstanceGroup[];
  /** Capacity providers other than Fargate's, as far as an input tells what they are. */
  readonly capacityProviders?: readonly CapacityProvider[];
  /** What else a plan or template holds that has a price of its own. */
  readonly resources?: readonly MeteredResource[];
  /** Log groups whose use is given by themselves, and not by the services that write to them. */
  readonly logGroups?: readonly LogGroup[];
}

export interface LogGroup {
  readonly name: string;
  readonly logs: ServiceLogs;
  /** How a plan or template names it. */
  readonly address?: string;
}

export type InsightsMode = "off" | "standard" | "enhanced";

export interface ClusterInsights {
  readonly name: string;
  readonly containerInsights: InsightsMode;
}

/** Container Insights of a cluster. */
export const insightsOf = (
  shared: Pick<SharedInfrastructure, "clusters" | "containerInsights">,
  cluster: string,
): InsightsMode => shared.clusters?.find(({ name }) => name === cluster)?.containerInsights ?? shared.containerInsights;

/** A resource that is billed by one price: an elastic address, a secret, an alarm. */
export interface MeteredResource {
  /** How a plan or template names it. */
  readonly address: string;
  /** Price key, for example `ipv4.hour`. */
  readonly key: string;
  /** Quantity in an hour or in a month, as a decimal string. */
  readonly quantity: string;
  readonly per: "hour" | "month";
}

/** What a capacity provider other than Fargate's starts instances with. */
export type InstanceProviderType = "auto-scaling-group" | "managed-instances";

/** A capacity provider of the user's own. */
export interface CapacityProvider {
  readonly name: string;
  /** The only cluster that has it; every cluster may where not given. */
  readonly cluster?: string;
  readonly type: InstanceProviderType;
  /** Purchase option id without `ec2-`; not known where not given. */
  readonly purchase?: string;
  /** Types that it may start; those of `ec2` where not given. */
  readonly instanceTypes?: readonly string[];
  /** What its instances have to be like; anything where not given. */
  readonly requirements?: InstanceRequirements;
  /** GiB of the volume of each instance; that of `ec2` where not given. */
  readonly volumeGiB?: number;
  /** Managed scaling target, 1 to 100 percent; that of `ec2` where not given. */
  readonly targetCapacity?: number;
  /** How a plan or template names it. */
  readonly address?: string;
}

export interface NatGateways {
  readonly count: number;
  readonly gb: string;
  /** A regional gateway is billed per active Availability Zone. */
  readonly type: "zonal" | "regional";
  /** Public IPv4 addresses that they hold together; one for each where not given. */
  readonly publicIpv4Addresses?: number;
  /** How plans and templates name them. */
  readonly addresses?: readonly string[];
}

export interface VpcEndpoint {
  readonly service: string;
  readonly type: "interface" | "gateway";
  readonly azs: number;
  readonly gb: string;
  /** How a plan or template names it. */
  readonly address?: string;
}

/** Rates are averages over the month. */
export interface LoadBalancer {
  readonly name: string;
  readonly type: "application" | "network";
  readonly newConnectionsPerSecond: string;
  readonly activeConnections: string;
  readonly processedGbPerHour: string;
  readonly ruleEvaluationsPerSecond: string;
  readonly publicIpv4Addresses: number;
  readonly services: readonly string[];
  /** How a plan or template names it. */
  readonly address?: string;
}

export interface DaemonTask {
  readonly cpu: number;
  readonly memory: number;
}

/** How an EC2 fleet is built. */
export interface Ec2Settings {
  /** Allowed types; empty allows every current type. */
  readonly instanceTypes: readonly string[];
  /** Managed scaling target, 1 to 100 percent. */
  readonly targetCapacity: number;
  readonly eniTrunking: boolean;
  readonly azs: number;
  readonly minInstances: number;
  /** Share of an instance's memory that the OS keeps, as a decimal string in percent. */
  readonly memoryOverheadPercent: string;
  readonly rootVolumeGiB: number;
  /** What instances of a provider have to be like, beside the list of types. */
  readonly requirements?: InstanceRequirements;
  readonly daemons: readonly DaemonTask[];
  /** Purchase option id without `ec2-`, for example `on-demand`, `standard-ri-1y-no-upfront`. */
  readonly purchase: string;
  /** Names of settings that the user gave; the others are assumptions. */
  readonly given: readonly string[];
}
