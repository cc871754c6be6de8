import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { DEFAULT_EC2 } from "../../../domain/workload/defaults.ts";
import type {
  ClusterInsights,
  Ec2Settings,
  LoadBalancer,
  SharedInfrastructure,
  VpcEndpoint,
} from "../../../domain/workload/shared.ts";
import { providersOf } from "./capacity-providers.ts";
import type { RegionFacts } from "./region-facts.ts";

type Insights = SharedInfrastructure["containerInsights"];

const INSIGHTS: Readonly<Record<string, Insights>> = { enabled: "standard", enhanced: "enhanced" };

/** Container Insights of a cluster. */
export const insightsOf = ({ cluster }: RegionFacts["clusters"][number]): Insights => {
  const setting = cluster.settings?.find(({ name }) => name === "containerInsights")?.value;
  return INSIGHTS[setting ?? ""] ?? "off";
};

const clustersOf = ({ clusters }: RegionFacts): readonly ClusterInsights[] =>
  clusters.flatMap((each) => {
    const containerInsights = insightsOf(each);
    return containerInsights === "off" ? [] : [{ name: each.name, containerInsights }];
  });

const natGatewaysOf = ({ network }: RegionFacts): Pick<SharedInfrastructure, "natGateways"> => {
  const { natGateways } = network;
  if (natGateways.length === 0) return {};
  const isRegional = natGateways.every(({ regional }) => regional);
  const publicIpv4Addresses = natGateways.reduce((sum, { addresses }) => sum + addresses, 0);
  const type = isRegional ? "regional" : "zonal";
  return { natGateways: { count: natGateways.length, gb: "0", type, publicIpv4Addresses } };
};

const endpointsOf = ({ network }: RegionFacts): readonly VpcEndpoint[] =>
  network.endpoints.map(({ service, type, zones }) => ({
    service,
    type,
    azs: type === "interface" ? Math.max(1, zones) : 0,
    gb: "0",
  }));

const balancersOf = ({ loadBalancers }: RegionFacts): readonly LoadBalancer[] =>
  loadBalancers.map(({ name, type, internetFacing, zones, services }) => ({
    name,
    type,
    newConnectionsPerSecond: "0",
    activeConnections: "0",
    processedGbPerHour: "0",
    ruleEvaluationsPerSecond: "0",
    publicIpv4Addresses: internetFacing ? zones : 0,
    services,
  }));

/** How the EC2 fleet of the region is built, by the instances that are registered. */
const ec2Of = ({ clusters, providers }: RegionFacts): Ec2Settings => {
  const instances = clusters.flatMap((each) => each.instances);
  if (instances.length === 0) return DEFAULT_EC2;
  const types = [...new Set(instances.map(({ instanceType }) => instanceType))].filter((type) => type !== "").sort();
  const zones = new Set(instances.map(({ zone }) => zone)).size;
  const targets = new Set(providers.flatMap(({ targetCapacity }) => targetCapacity ?? []));
  const [target] = targets;
  const found: Partial<Ec2Settings> = {
    azs: Math.max(1, zones),
    eniTrunking: instances.some(({ eniTrunking }) => eniTrunking),
    ...(types.length === 0 ? {} : { instanceTypes: types }),
    ...(targets.size === 1 && target !== undefined ? { targetCapacity: target } : {}),
  };
  return { ...DEFAULT_EC2, ...found, given: Object.keys(found).sort() };
};

/** What belongs to the clusters and VPCs of a region. */
export const sharedOf = (facts: RegionFacts): SharedInfrastructure => ({
  ...natGatewaysOf(facts),
  vpcEndpoints: endpointsOf(facts),
  loadBalancers: balancersOf(facts),
  containerInsights: "off",
  ...(clustersOf(facts).length === 0 ? {} : { clusters: clustersOf(facts) }),
  ec2: ec2Of(facts),
  ...capacityProvidersOf(facts),
});

const capacityProvidersOf = ({ providers, clusters }: RegionFacts): Pick<SharedInfrastructure, "capacityProviders"> => {
  const capacityProviders = providersOf(providers, clusters);
  return capacityProviders.length === 0 ? {} : { capacityProviders };
};

const unknown = (region: string, detail: string): Issue => ({
  code: "unknown-cost",
  severity: "warning",
  subject: region,
  detail,
});

/** Parts of the shared infrastructure whose cost depends on traffic. */
export type TrafficPart = "natGateways" | "vpcEndpoints" | "loadBalancers";

const trafficIssues = ({ region, network, loadBalancers }: RegionFacts): readonly (readonly [TrafficPart, Issue])[] => {
  const hasInterfaces = network.endpoints.some(({ type }) => type === "interface");
  const all: readonly (readonly [TrafficPart, boolean, string])[] = [
    [
      "natGateways",
      network.natGateways.length > 0,
      "how many GB the NAT gateways process is not known: set shared.natGateways.gb",
    ],
    [
      "vpcEndpoints",
      hasInterfaces,
      "how many GB go through the VPC endpoints is not known: set gb of shared.vpcEndpoints",
    ],
    [
      "loadBalancers",
      loadBalancers.length > 0,
      "the traffic of the load balancers is not known: set their rates in shared.loadBalancers",
    ],
  ];
  return all.flatMap(([part, isThere, detail]) => (isThere ? [[part, unknown(region, detail)] as const] : []));
};

/** What an inventory cannot tell about shared infrastructure; `measured` names the parts whose traffic is known. */
export const sharedIssues = (facts: RegionFacts, measured: readonly TrafficPart[] = []): readonly Issue[] =>
  trafficIssues(facts).flatMap(([part, issue]) => (measured.includes(part) ? [] : [issue]));

/** What was taken for granted about shared infrastructure. */
export const sharedAssumptions = ({ loadBalancers, network }: RegionFacts): readonly Assumption[] => [
  ...(loadBalancers.some(({ internetFacing }) => internetFacing)
    ? [
        {
          code: "load-balancer-addresses",
          detail: "A load balancer that faces the internet holds one public IPv4 address in each Availability Zone",
        },
      ]
    : []),
  ...(network.vpcs === undefined && network.natGateways.length + network.endpoints.length > 0
    ? [
        {
          code: "gateways-of-every-vpc",
          detail:
            "Which VPCs tasks run in is not known: NAT gateways and endpoints of every VPC of the region are counted",
        },
      ]
    : []),
];
