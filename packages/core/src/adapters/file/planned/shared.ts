import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { DEFAULT_EC2 } from "../../../domain/workload/defaults.ts";
import { decimalText } from "../../../domain/workload/quantity.ts";
import type {
  ClusterInsights,
  Ec2Settings,
  InsightsMode,
  LoadBalancer,
  NatGateways,
  VpcEndpoint,
} from "../../../domain/workload/shared.ts";
import { nameOfCluster } from "./clusters.ts";
import type { NamedShared } from "./draft.ts";
import { plannedGroups } from "./instance-groups.ts";
import type { Joined } from "./joined.ts";
import {
  known,
  type PlannedEndpoint,
  type PlannedLoadBalancer,
  type PlannedNatGateway,
  type PlannedResource,
  UNKNOWN,
} from "./planned.ts";
import { plannedProviders, providerIssues } from "./providers.ts";

/** Shared infrastructure of the planned resources, and what is to be told about it. */
export interface PlannedShared {
  readonly named: NamedShared;
  readonly issues: readonly Issue[];
  readonly assumptions: readonly Assumption[];
}

type Severity = Issue["severity"];

const open = ({ address }: PlannedResource, detail: string, severity: Severity = "info"): Issue => ({
  code: "unknown-cost",
  severity,
  subject: address,
  detail: `${detail}; a usage file can give it`,
});

const text = (value: string | number | undefined): string => (value === undefined ? "0" : decimalText(value));

interface Read<T> {
  readonly items: readonly T[];
  readonly issues: readonly Issue[];
}

const readAll = <T, R>(all: readonly R[], read: (item: R) => Read<T>): Read<T> => {
  const each = all.map(read);
  return { items: each.flatMap(({ items }) => items), issues: each.flatMap(({ issues }) => issues) };
};

const readGateway = (joined: Joined, gateway: PlannedNatGateway): Read<NatGateways> => {
  const usage = joined.usageOf(gateway);
  const gb = usage.gb === undefined ? [open(gateway, "gb that it processes is not known; its hours are priced")] : [];
  const each = known(gateway.addresses) ?? 1;
  const found = (count: number): NatGateways => ({
    ...{ count, gb: text(usage.gb), type: gateway.type },
    ...{ publicIpv4Addresses: each * count, addresses: [gateway.address] },
  });
  if (gateway.type === "zonal") return { items: [found(1)], issues: gb };
  if (usage.azs !== undefined) return { items: [found(usage.azs)], issues: gb };
  const detail = "azs that a regional NAT gateway is active in is not known, so it is not priced";
  return { items: [], issues: [open(gateway, detail, "warning")] };
};

const joinGateways = (all: readonly NatGateways[]): NatGateways | undefined => {
  const [first] = all;
  if (first === undefined) return undefined;
  const gb = all.reduce<Decimal>((sum, item) => sum.plus(item.gb), new Decimal(0));
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    ...{ gb: gb.toFixed(), type: first.type, addresses: all.flatMap(({ addresses = [] }) => addresses) },
    publicIpv4Addresses: all.reduce((sum, { count, publicIpv4Addresses = count }) => sum + publicIpv4Addresses, 0),
  };
};

/** Gateways of two types are not billed alike, and shared infrastructure holds those of one. */
const mixedGateways = (all: readonly NatGateways[]): readonly Issue[] =>
  new Set(all.map(({ type }) => type)).size < 2
    ? []
    : [
        {
          code: "unknown-cost",
          severity: "warning",
          subject: "natGateways",
          detail: "there are zonal and regional NAT gateways; all are priced as those of the first",
        },
      ];

const readEndpoint = (joined: Joined, endpoint: PlannedEndpoint): Read<VpcEndpoint> => {
  const usage = joined.usageOf(endpoint);
  const service = (known(endpoint.service) ?? endpoint.address).replace(/^com\.amazonaws\.[a-z0-9-]+\./, "");
  const { address } = endpoint;
  if (endpoint.type === "gateway") {
    return { items: [{ service, type: "gateway", azs: 0, gb: "0", address }], issues: [] };
  }
  const azs = usage.azs ?? known(endpoint.azs) ?? 0;
  const zones =
    azs === 0 ? [open(endpoint, "azs that it is in is not known, so its hours are not priced", "warning")] : [];
  const gb =
    usage.gb === undefined ? [open(endpoint, "gb that goes through it is not known; its hours are priced")] : [];
  const item: VpcEndpoint = { service, type: "interface", azs, gb: text(usage.gb), address };
  return { items: [item], issues: zones.length > 0 ? zones : gb };
};

const readBalancer = (
  joined: Joined,
  names: ReadonlyMap<string, string>,
  balancer: PlannedLoadBalancer,
): Read<LoadBalancer> => {
  const { type } = balancer;
  if (type !== "application" && type !== "network") {
    return { items: [], issues: [open(balancer, `it is of type ${type}, which is not priced`, "warning")] };
  }
  const usage = joined.usageOf(balancer);
  const azs = usage.azs ?? known(balancer.azs);
  const rates = [usage.newConnectionsPerSecond, usage.activeConnections, usage.processedGbPerHour];
  const hasRates = [...rates, usage.ruleEvaluationsPerSecond].some((rate) => rate !== undefined);
  const facing = balancer.internetFacing;
  const item: LoadBalancer = {
    name: known(balancer.name) ?? balancer.address,
    type,
    newConnectionsPerSecond: text(usage.newConnectionsPerSecond),
    activeConnections: text(usage.activeConnections),
    processedGbPerHour: text(usage.processedGbPerHour),
    ruleEvaluationsPerSecond: text(usage.ruleEvaluationsPerSecond),
    publicIpv4Addresses: facing === true ? (azs ?? 0) : 0,
    services: [...new Set(balancer.services.flatMap((key) => names.get(key) ?? []))],
    address: balancer.address,
  };
  const addresses = facing === UNKNOWN || (facing === true && azs === undefined);
  return {
    items: [item],
    issues: [
      ...(hasRates
        ? []
        : [open(balancer, "its traffic (newConnectionsPerSecond and the like) is not known; its hours are priced")]),
      ...(addresses
        ? [open(balancer, "azs that it is in is not known, so its public addresses are not priced", "warning")]
        : []),
    ],
  };
};

const INSIGHTS: ReadonlyMap<unknown, InsightsMode> = new Map([
  ["enabled", "standard"],
  ["enhanced", "enhanced"],
]);

const readInsights = (joined: Joined): Read<ClusterInsights> =>
  readAll(
    joined.inputs.flatMap(({ clusters }) => clusters),
    (cluster) => ({
      items: [{ name: nameOfCluster(cluster), containerInsights: INSIGHTS.get(cluster.insights) ?? "off" }],
      issues:
        cluster.insights === UNKNOWN
          ? [
              open(
                cluster,
                "whether Container Insights is on is not known before deployment; it is not included",
                "warning",
              ),
            ]
          : [],
    }),
  );

const isInstanceType = (text: string): boolean => /^[a-z0-9-]+\.[a-z0-9-]+$/.test(text);

const ec2Of = (joined: Joined): Ec2Settings => {
  const providers = joined.inputs
    .flatMap(({ capacityProviders }) => capacityProviders)
    .filter(({ kind }) => kind === "auto-scaling-group");
  const targets = new Set(providers.flatMap(({ targetCapacity }) => known(targetCapacity) ?? []));
  const [target] = targets;
  const isOne = targets.size === 1 && target !== undefined && target >= 1 && target <= 100;
  const instanceTypes = [...new Set(providers.flatMap((provider) => provider.instanceTypes))]
    .filter(isInstanceType)
    .sort();
  const found: Partial<Ec2Settings> = {
    ...(isOne ? { targetCapacity: target } : {}),
    ...(instanceTypes.length > 0 ? { instanceTypes } : {}),
  };
  return { ...DEFAULT_EC2, ...found, given: Object.keys(found).sort() };
};

const ADDRESSES: Assumption = {
  code: "load-balancer-addresses",
  detail: "A load balancer that faces the internet holds one public IPv4 address in each Availability Zone",
};

const ZONES: Assumption = {
  code: "subnet-per-zone",
  detail: "Each subnet of an endpoint or load balancer is taken to be in an Availability Zone of its own",
};

/** What the planned resources share; `names` are those of their services, by key. */
export const plannedShared = (joined: Joined, names: ReadonlyMap<string, string>): PlannedShared => {
  const gateways = readAll(
    joined.inputs.flatMap(({ natGateways }) => natGateways),
    (gateway) => readGateway(joined, gateway),
  );
  const endpoints = readAll(
    joined.inputs.flatMap((input) => input.endpoints),
    (endpoint) => readEndpoint(joined, endpoint),
  );
  const balancers = readAll(
    joined.inputs.flatMap(({ loadBalancers }) => loadBalancers),
    (balancer) => readBalancer(joined, names, balancer),
  );
  const insights = readInsights(joined);
  const clusters = insights.items.filter(({ containerInsights }) => containerInsights !== "off");
  const capacityProviders = plannedProviders(joined);
  const { groups, ...ofGroups } = plannedGroups(joined);
  const natGateways = joinGateways(gateways.items);
  const facing = balancers.items.some(({ publicIpv4Addresses }) => publicIpv4Addresses > 0);
  const zoned = facing || endpoints.items.some(({ azs }) => azs > 0);
  return {
    named: {
      shared: {
        ...(natGateways === undefined ? {} : { natGateways }),
        vpcEndpoints: endpoints.items,
        loadBalancers: balancers.items,
        containerInsights: "off",
        ...(clusters.length === 0 ? {} : { clusters }),
        ec2: ec2Of(joined),
        ...(capacityProviders.length === 0 ? {} : { capacityProviders }),
        ...(groups.length === 0 ? {} : { instanceGroups: groups }),
      },
      given: ["natGateways", "containerInsights", "ec2"],
      planned: true,
      place: () => ({ file: joined.inputs[0]?.file ?? "" }),
    },
    issues: [
      ...gateways.issues,
      ...mixedGateways(gateways.items),
      ...endpoints.issues,
      ...balancers.issues,
      ...insights.issues,
      ...providerIssues(joined, groups),
      ...ofGroups.issues,
    ],
    assumptions: [...ofGroups.assumptions, ...(facing ? [ADDRESSES] : []), ...(zoned ? [ZONES] : [])],
  };
};
