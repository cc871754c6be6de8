import * as z from "zod/mini";
import { EC2_PURCHASES } from "../domain/pricing/purchase.ts";
import { cpuSize, flag, keys, list, maybe, memorySize, quantity, text, whole, word } from "./leaves.ts";

const natGateways = keys(
  {
    count: whole(0, 1000, "NAT gateways that run all month"),
    gb: maybe(quantity("GB that they process in a month")),
    type: maybe(word(["zonal", "regional"], "A regional gateway is billed per Availability Zone; default zonal")),
    publicIpv4Addresses: maybe(
      whole(0, 10_000, "Public IPv4 addresses that they hold together; default one for each, 0 for private gateways"),
    ),
  },
  "NAT gateways of the VPC",
);

const vpcEndpoint = keys(
  {
    service: text("Service of the endpoint, for example ecr.dkr, logs or s3"),
    type: maybe(
      word(["interface", "gateway"], "Kind of endpoint; default gateway for s3 and dynamodb, otherwise interface"),
    ),
    azs: maybe(whole(1, 20, "Availability Zones of an interface endpoint: each is billed by the hour")),
    gb: maybe(quantity("GB through the endpoint in a month")),
  },
  "A VPC endpoint",
);

const loadBalancer = keys(
  {
    name: text("Name of the load balancer"),
    type: word(["application", "network"], "Kind of load balancer"),
    newConnectionsPerSecond: maybe(quantity("New connections a second, average of the month")),
    activeConnections: maybe(quantity("Active connections, sampled by the minute, average of the month")),
    processedGbPerHour: maybe(quantity("GB processed an hour, average of the month")),
    ruleEvaluationsPerSecond: maybe(quantity("Rule evaluations a second, average of the month; application only")),
    publicIpv4Addresses: maybe(whole(0, 1000, "Public IPv4 addresses that it holds; default 0, an internal one")),
    services: maybe(list(text("Name of a service"), "Services behind it, which share its cost")),
  },
  "A load balancer",
);

const daemon = keys(
  { cpu: cpuSize("CPU of the daemon task"), memory: memorySize("Memory of the daemon task") },
  "A task that runs once on every instance",
);

const instanceType = z
  .string({ error: "must be an instance type such as m7g.large" })
  .check(z.regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, { error: "must be an instance type such as m7g.large" }));

const ec2 = keys(
  {
    instanceTypes: maybe(list(instanceType, "Instance types to choose from; default every current type")),
    targetCapacity: maybe(whole(1, 100, "Target of managed scaling in percent; default 100")),
    eniTrunking: maybe(flag("Whether awsvpcTrunking is on; default false")),
    azs: maybe(whole(1, 20, "Availability Zones that the fleet spreads over; default 1")),
    minInstances: maybe(whole(0, 100_000, "Instances that run whatever the load; default 0")),
    memoryOverheadPercent: maybe(quantity("Share of an instance's memory that the OS keeps, in percent; default 5")),
    rootVolumeGiB: maybe(whole(0, 65_536, "GiB of the root volume (gp3) of each instance; default 30")),
    daemons: maybe(list(daemon, "Tasks that run once on every instance")),
    purchase: maybe(word(EC2_PURCHASES, "How the instances are bought; default on-demand")),
  },
  "How a fleet of EC2 instances is built",
);

const capacityProvider = keys(
  {
    name: text("Name of the capacity provider, as strategies spell it"),
    cluster: maybe(text("The only cluster that has it; default any")),
    type: word(["auto-scaling-group", "managed-instances"], "What starts its instances"),
    purchase: maybe(
      word(
        EC2_PURCHASES,
        "How its instances are bought; for managed-instances on-demand (default) or spot, else by default spot where the name says so, else ec2.purchase",
      ),
    ),
    instanceTypes: maybe(list(instanceType, "Instance types that it may start; default ec2.instanceTypes")),
    targetCapacity: maybe(
      whole(1, 100, "Target of its managed scaling in percent; default ec2.targetCapacity; auto-scaling-group only"),
    ),
  },
  "A capacity provider other than Fargate's",
);

const insights = (description: string) => word(["off", "standard", "enhanced"], description);

const cluster = keys(
  { name: text("Name of the cluster"), containerInsights: insights("Container Insights of this cluster") },
  "A cluster by itself",
);

/** What belongs to the cluster or VPC. */
export const sharedSchema = keys(
  {
    natGateways: maybe(natGateways),
    vpcEndpoints: maybe(list(vpcEndpoint, "VPC endpoints")),
    loadBalancers: maybe(list(loadBalancer, "Load balancers")),
    containerInsights: maybe(insights("Container Insights of every cluster that clusters does not name; default off")),
    clusters: maybe(list(cluster, "Clusters whose Container Insights differs from the others")),
    ec2: maybe(ec2),
    capacityProviders: maybe(list(capacityProvider, "Capacity providers other than Fargate's that strategies name")),
  },
  "What belongs to the cluster or VPC; divided over services on request",
);
