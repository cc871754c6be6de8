import type { AttributeValue } from "../../domain/report/diff-report.ts";
import type { InstanceGroup } from "../../domain/workload/instance-group.ts";
import type {
  CapacityProvider,
  Ec2Settings,
  LoadBalancer,
  SharedInfrastructure,
  VpcEndpoint,
} from "../../domain/workload/shared.ts";

/** A part of what services share. */
export interface SharedAttribute {
  readonly name: string;
  readonly show: (shared: SharedInfrastructure) => AttributeValue;
  readonly take: (shared: SharedInfrastructure, from: SharedInfrastructure) => SharedInfrastructure;
}

const natText = ({ natGateways }: SharedInfrastructure): AttributeValue =>
  natGateways === undefined
    ? null
    : `${natGateways.count} ${natGateways.type}, ${natGateways.gb} GB, ${natGateways.publicIpv4Addresses ?? natGateways.count} addresses`;

const listText = <T>(list: readonly T[], textOf: (entry: T) => string): AttributeValue =>
  list.length === 0 ? null : list.map(textOf).join("; ");

const endpointText = ({ service, type, azs, gb }: VpcEndpoint): string =>
  type === "gateway" ? `${service} gateway` : `${service} in ${azs} AZs, ${gb} GB`;

const balancerText = (balancer: LoadBalancer): string =>
  `${balancer.name} ${balancer.type}, ${balancer.newConnectionsPerSecond} new and ${balancer.activeConnections} active ` +
  `connections, ${balancer.processedGbPerHour} GB and ${balancer.ruleEvaluationsPerSecond} rules, ` +
  `${balancer.publicIpv4Addresses} addresses`;

const providerText = (provider: CapacityProvider): string => {
  const { name, cluster, type, purchase, instanceTypes = [], targetCapacity } = provider;
  const parts = [
    `${cluster === undefined ? "" : `${cluster}/`}${name} ${type}`,
    ...(purchase === undefined ? [] : [purchase]),
    ...(instanceTypes.length === 0 ? [] : [`of ${instanceTypes.join(", ")}`]),
    ...(targetCapacity === undefined ? [] : [`at ${targetCapacity} %`]),
  ];
  return parts.join(" ");
};

const groupText = ({
  cluster,
  name,
  managed,
  min,
  max,
  desired,
  instanceTypes,
  purchase,
  volumes,
}: InstanceGroup): string => {
  const count = managed ? `${min} to ${max ?? "any number of"}` : String(desired);
  const gib = volumes.reduce((total, volume) => total + volume.gib, 0);
  return `${cluster === undefined ? "" : `${cluster}/`}${name} ${count} ${instanceTypes.join(" or ")} ${purchase}, ${gib} GiB each`;
};

const ofEc2 = (key: keyof Ec2Settings): SharedAttribute => ({
  name: `shared.ec2.${key}`,
  show: ({ ec2 }) => (typeof ec2[key] === "object" ? JSON.stringify(ec2[key]) : (ec2[key] as AttributeValue)),
  take: (shared, { ec2 }) => ({ ...shared, ec2: { ...shared.ec2, [key]: ec2[key] } }),
});

/** In the order in which a difference takes them over. */
export const SHARED_ATTRIBUTES: readonly SharedAttribute[] = [
  {
    name: "shared.natGateways",
    show: natText,
    take: ({ natGateways: _, ...shared }, { natGateways }) =>
      natGateways === undefined ? shared : { ...shared, natGateways },
  },
  {
    name: "shared.vpcEndpoints",
    show: ({ vpcEndpoints }) => listText(vpcEndpoints, endpointText),
    take: (shared, { vpcEndpoints }) => ({ ...shared, vpcEndpoints }),
  },
  {
    name: "shared.loadBalancers",
    show: ({ loadBalancers }) => listText(loadBalancers, balancerText),
    take: (shared, { loadBalancers }) => ({ ...shared, loadBalancers }),
  },
  {
    name: "shared.containerInsights",
    show: ({ containerInsights, clusters = [] }) => {
      const own = clusters.map((cluster) => `${cluster.name} ${cluster.containerInsights}`);
      return [containerInsights, ...own].join("; ");
    },
    take: ({ clusters: _, ...shared }, { containerInsights, clusters }) => ({
      ...shared,
      containerInsights,
      ...(clusters === undefined ? {} : { clusters }),
    }),
  },
  {
    name: "shared.logGroups",
    show: ({ logGroups = [] }) =>
      listText(logGroups, ({ name, logs }) => `${name} ${logs.gbPerMonth} GB ${logs.class}`),
    take: ({ logGroups: _, ...shared }, { logGroups }) => (logGroups === undefined ? shared : { ...shared, logGroups }),
  },
  {
    name: "shared.resources",
    show: ({ resources = [] }) => listText(resources, ({ address, key, quantity }) => `${address} ${quantity} ${key}`),
    take: ({ resources: _, ...shared }, { resources }) => (resources === undefined ? shared : { ...shared, resources }),
  },
  {
    name: "shared.instanceGroups",
    show: ({ instanceGroups = [] }) => listText(instanceGroups, groupText),
    take: ({ instanceGroups: _, ...shared }, { instanceGroups }) =>
      instanceGroups === undefined ? shared : { ...shared, instanceGroups },
  },
  {
    name: "shared.capacityProviders",
    show: ({ capacityProviders = [] }) => listText(capacityProviders, providerText),
    take: ({ capacityProviders: _, ...shared }, { capacityProviders }) =>
      capacityProviders === undefined ? shared : { ...shared, capacityProviders },
  },
  ...(
    [
      "instanceTypes",
      "targetCapacity",
      "eniTrunking",
      "azs",
      "minInstances",
      "memoryOverheadPercent",
      "rootVolumeGiB",
      "daemons",
      "purchase",
    ] as const
  ).map(ofEc2),
];
