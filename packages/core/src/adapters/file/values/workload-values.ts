import { type ResourceRequirement, readAccelerators } from "../../../domain/workload/accelerator.ts";
import { DEFAULT_EC2, NO_EXTRAS, NO_NETWORK } from "../../../domain/workload/defaults.ts";
import { monthlyCounts } from "../../../domain/workload/monthly-items.ts";
import { decimalText } from "../../../domain/workload/quantity.ts";
import {
  type Autoscaling,
  logClassOf,
  type ServiceExtras,
  type ServiceLogs,
  type ServiceNetwork,
  type StrategyItem,
} from "../../../domain/workload/service.ts";
import type {
  CapacityProvider,
  Ec2Settings,
  LoadBalancer,
  NatGateways,
  SharedInfrastructure,
  VpcEndpoint,
} from "../../../domain/workload/shared.ts";
import { needsAccelerator, type TaskShape } from "../../../domain/workload/task.ts";
import { architectureOf, INCLUDED_EPHEMERAL_GIB, operatingSystemOf } from "../../../domain/workload/task-definition.ts";
import { parseCpu, parseMemory } from "../../../domain/workload/task-size.ts";
import type { WorkloadService, WorkloadShared, WorkloadTask } from "../../../schema/workload.ts";

const decimalOr = (value: string | number | undefined, otherwise: string): string =>
  value === undefined ? otherwise : decimalText(value);

type RawStrategy = NonNullable<WorkloadService["capacityProviderStrategy"]>;

/** Items of a strategy with the defaults of ECS: base 0, weight 0. */
export const strategyItems = (items: RawStrategy): readonly StrategyItem[] =>
  items.map(({ capacityProvider, base = 0, weight = 0 }) => ({ capacityProvider, base, weight }));

const requirementsOf = ({ gpu, gpuMemoryMiB, neuronDevices }: WorkloadTask): readonly ResourceRequirement[] => [
  ...(gpu === undefined ? [] : [{ type: "GPU", value: String(gpu) }]),
  ...(gpuMemoryMiB === undefined ? [] : [{ type: "GPU", sharingStrategy: { nvidiaMps: { memory: gpuMemoryMiB } } }]),
  ...(neuronDevices === undefined || neuronDevices === 0
    ? []
    : [{ type: "NeuronDevice", value: String(neuronDevices) }]),
];

const acceleratorsOf = (task: WorkloadTask): Pick<TaskShape, "gpu" | "accelerator"> => {
  const { gpu, need } = readAccelerators(requirementsOf(task));
  return need === undefined ? { gpu } : { gpu, accelerator: need };
};

/** A task that the file describes itself. */
export const taskShape = (task: WorkloadTask): TaskShape => {
  const networkMode = task.networkMode ?? "awsvpc";
  const accelerators = acceleratorsOf(task);
  return {
    cpu: parseCpu(task.cpu) ?? 0,
    memory: parseMemory(task.memory) ?? 0,
    architecture: architectureOf(task.arch),
    os: operatingSystemOf(task.os),
    ephemeralStorageGiB: task.ephemeralStorageGiB ?? INCLUDED_EPHEMERAL_GIB,
    ...accelerators,
    networkMode,
    ports: (task.hostPorts ?? []).map((port) => ({ containerPort: port, hostPort: port, protocol: "tcp" })),
    privileged: task.privileged ?? false,
    fargateBlockers: [...(needsAccelerator(accelerators) ? ["gpu"] : []), ...(task.privileged ? ["privileged"] : [])],
    containers: namedContainers(task.containers),
    requiresCompatibilities: [],
  };
};

/** Containers of which nothing is known but their number. */
const namedContainers = (count = 0): TaskShape["containers"] =>
  Array.from({ length: count }, (_, index) => ({ name: `container-${index + 1}`, essential: index === 0 }));

/** Target tracking of a service. */
export const autoscalingOf = (raw: NonNullable<WorkloadService["autoscaling"]>): Autoscaling => ({
  minTasks: raw.minTasks,
  maxTasks: raw.maxTasks,
  ...(raw.cpuTargetPercent === undefined ? {} : { cpuTargetPercent: raw.cpuTargetPercent }),
  ...(raw.memoryTargetPercent === undefined ? {} : { memoryTargetPercent: raw.memoryTargetPercent }),
});

/** Logs of a service. */
export const serviceLogs = (logs: NonNullable<WorkloadService["logs"]>): ServiceLogs => ({
  gbPerMonth: decimalText(logs.gbPerMonth),
  class: logClassOf(logs.class),
  ...(logs.retentionDays === undefined ? {} : { retentionDays: logs.retentionDays }),
});

/** Traffic of a service; each run of a standalone task is a task start. */
export const serviceNetwork = ({ network = {}, runs }: WorkloadService): ServiceNetwork => ({
  publicIp: network.publicIp ?? NO_NETWORK.publicIp,
  internetEgressGb: decimalOr(network.internetEgressGb, NO_NETWORK.internetEgressGb),
  crossAzGb: decimalOr(network.crossAzGb, NO_NETWORK.crossAzGb),
  imageGb: decimalOr(network.imageGb, NO_NETWORK.imageGb),
  taskStartsPerMonth: decimalOr(network.taskStartsPerMonth ?? runs?.perMonth, NO_NETWORK.taskStartsPerMonth),
  imagePullSeconds: Number(network.imagePullSeconds ?? NO_NETWORK.imagePullSeconds),
});

/** Everything else that a service brings along. */
export const serviceExtras = (service: WorkloadService): ServiceExtras => ({
  efsGb: decimalOr(service.storage?.efsGb, NO_EXTRAS.efsGb),
  ebsGiBPerTask: decimalOr(service.storage?.ebsGiB, NO_EXTRAS.ebsGiBPerTask),
  ecrGb: decimalOr(service.images?.ecrGb, NO_EXTRAS.ecrGb),
  secrets: decimalOr(service.secrets, NO_EXTRAS.secrets),
  tracesPerMonth: decimalOr(service.tracing?.tracesPerMonth, NO_EXTRAS.tracesPerMonth),
  ...monthlyCounts(({ field, group, name }) => decimalOr(service[group]?.[name], NO_EXTRAS[field])),
});

type RawEndpoint = NonNullable<WorkloadShared["vpcEndpoints"]>[number];

/** S3 and DynamoDB have gateway endpoints, which are free, and are reached by them unless the file says otherwise. */
export const endpointType = ({ type, service }: RawEndpoint): VpcEndpoint["type"] =>
  type ?? (/(?:^|\.)(?:s3|dynamodb)$/.test(service) ? "gateway" : "interface");

const vpcEndpoint = (endpoint: RawEndpoint): VpcEndpoint => ({
  service: endpoint.service,
  type: endpointType(endpoint),
  azs: endpoint.azs ?? 0,
  gb: decimalOr(endpoint.gb, "0"),
});

const loadBalancer = (raw: NonNullable<WorkloadShared["loadBalancers"]>[number]): LoadBalancer => ({
  name: raw.name,
  type: raw.type,
  newConnectionsPerSecond: decimalOr(raw.newConnectionsPerSecond, "0"),
  activeConnections: decimalOr(raw.activeConnections, "0"),
  processedGbPerHour: decimalOr(raw.processedGbPerHour, "0"),
  ruleEvaluationsPerSecond: decimalOr(raw.ruleEvaluationsPerSecond, "0"),
  publicIpv4Addresses: raw.publicIpv4Addresses ?? 0,
  services: raw.services ?? [],
});

const ec2Settings = (raw: NonNullable<WorkloadShared["ec2"]>): Ec2Settings => ({
  instanceTypes: raw.instanceTypes ?? DEFAULT_EC2.instanceTypes,
  targetCapacity: raw.targetCapacity ?? DEFAULT_EC2.targetCapacity,
  eniTrunking: raw.eniTrunking ?? DEFAULT_EC2.eniTrunking,
  azs: raw.azs ?? DEFAULT_EC2.azs,
  minInstances: raw.minInstances ?? DEFAULT_EC2.minInstances,
  rootVolumeGiB: raw.rootVolumeGiB ?? DEFAULT_EC2.rootVolumeGiB,
  purchase: raw.purchase ?? DEFAULT_EC2.purchase,
  memoryOverheadPercent: decimalOr(raw.memoryOverheadPercent, DEFAULT_EC2.memoryOverheadPercent),
  daemons: (raw.daemons ?? []).map(({ cpu, memory }) => ({
    cpu: parseCpu(cpu) ?? 0,
    memory: parseMemory(memory) ?? 0,
  })),
  given: Object.keys(raw).sort(),
});

type RawProvider = NonNullable<WorkloadShared["capacityProviders"]>[number];

/** Managed instances are on demand unless they are said to be Spot, as in ECS. */
const capacityProvider = ({ type, purchase, ...provider }: RawProvider): CapacityProvider => {
  const bought = purchase ?? (type === "managed-instances" ? "on-demand" : undefined);
  return {
    name: provider.name,
    type,
    ...(provider.cluster === undefined ? {} : { cluster: provider.cluster }),
    ...(bought === undefined ? {} : { purchase: bought }),
    ...(provider.instanceTypes === undefined ? {} : { instanceTypes: provider.instanceTypes }),
    ...(provider.targetCapacity === undefined ? {} : { targetCapacity: provider.targetCapacity }),
  };
};

const natGateways = (nat: NonNullable<WorkloadShared["natGateways"]>): NatGateways => ({
  count: nat.count,
  gb: decimalOr(nat.gb, "0"),
  type: nat.type ?? "zonal",
  ...(nat.publicIpv4Addresses === undefined ? {} : { publicIpv4Addresses: nat.publicIpv4Addresses }),
});

/** What belongs to the cluster or VPC. */
export const sharedInfrastructure = (raw: WorkloadShared): SharedInfrastructure => {
  const nat = raw.natGateways;
  return {
    ...(nat === undefined ? {} : { natGateways: natGateways(nat) }),
    vpcEndpoints: (raw.vpcEndpoints ?? []).map(vpcEndpoint),
    loadBalancers: (raw.loadBalancers ?? []).map(loadBalancer),
    containerInsights: raw.containerInsights ?? "off",
    ...(raw.clusters === undefined ? {} : { clusters: raw.clusters }),
    ec2: raw.ec2 === undefined ? DEFAULT_EC2 : ec2Settings(raw.ec2),
    ...(raw.capacityProviders === undefined ? {} : { capacityProviders: raw.capacityProviders.map(capacityProvider) }),
  };
};
