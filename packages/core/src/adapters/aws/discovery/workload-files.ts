import { stringify } from "yaml";
import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import type { Placement, Service } from "../../../domain/workload/service.ts";
import type { SharedInfrastructure } from "../../../domain/workload/shared.ts";
import type { TaskShape } from "../../../domain/workload/task.ts";
import type { DiscoveredRegion } from "./discover.ts";

/** A file to write: a path relative to the folder of the workload file, and its text. */
export interface WorkloadFile {
  readonly path: string;
  readonly text: string;
}

type Fields = Readonly<Record<string, unknown>>;

const placementFields = (placement: Placement): Fields => {
  if (placement.kind === "launch-type") return { launchType: placement.launchType };
  return placement.kind === "strategy" ? { capacityProviderStrategy: placement.items } : {};
};

/** The task itself, where no file of its own holds it: settings that Fargate refuses are lost. */
const taskFields = (task: TaskShape): Fields => {
  const hostPorts = task.ports.flatMap(({ hostPort }) => hostPort ?? []);
  return {
    cpu: task.cpu,
    memory: task.memory,
    arch: task.architecture,
    os: task.os,
    networkMode: task.networkMode,
    ...(task.ephemeralStorageGiB === 20 ? {} : { ephemeralStorageGiB: task.ephemeralStorageGiB }),
    ...acceleratorFields(task),
    ...(hostPorts.length === 0 ? {} : { hostPorts }),
    ...(task.privileged ? { privileged: true } : {}),
  };
};

const referenceFields = (service: Service, files: ReadonlyMap<string, string> | undefined): Fields => {
  const path = files?.get(service.taskDefinition ?? "");
  if (path !== undefined) return { taskDefinition: `./${path}` };
  if (files === undefined && service.task !== undefined) return { task: taskFields(service.task) };
  return service.taskDefinition === undefined ? {} : { taskDefinition: service.taskDefinition };
};

const acceleratorFields = ({ gpu, accelerator: need }: TaskShape): Fields => {
  switch (need?.kind) {
    case "gpu-share":
      return { gpu: need.gpus };
    case "all-gpus":
      return { gpu: "ALL" };
    case "gpu-memory":
      return { gpuMemoryMiB: need.mib };
    case "neuron":
      return { neuronDevices: need.devices };
    default:
      return gpu === 0 ? {} : { gpu };
  }
};

const runsFields = ({ demand, runsPerMonth }: Service): Fields => {
  if (demand?.kind === "runs") return { runs: { perMonth: demand.perMonth, seconds: demand.seconds } };
  return runsPerMonth === undefined ? {} : { runs: { perMonth: runsPerMonth } };
};

const serviceFields = (service: Service, files: ReadonlyMap<string, string> | undefined): Fields => ({
  name: service.name,
  cluster: service.cluster,
  ...(Object.keys(service.tags).length === 0 ? {} : { tags: { ...service.tags } }),
  ...referenceFields(service, files),
  ...(service.demand?.kind === "count" ? { desiredCount: service.demand.tasks } : {}),
  ...runsFields(service),
  ...placementFields(service.placement),
  ...(service.scheduling === "daemon" ? { scheduling: "daemon" } : {}),
  ...(service.placementConstraints ? { placementConstraints: true } : {}),
  ...(service.autoscaling === undefined ? {} : { autoscaling: { ...service.autoscaling } }),
  ...(service.network.publicIp ? { network: { publicIp: true } } : {}),
  ...(service.logs === undefined ? {} : { logs: { ...service.logs, gbPerMonth: service.logs.gbPerMonth } }),
});

const isZero = (quantity: string): boolean => /^0*(?:\.0*)?$/.test(quantity);
const given = (name: string, quantity: string): Fields => (isZero(quantity) ? {} : { [name]: quantity });

const natAddresses = ({ publicIpv4Addresses }: NonNullable<SharedInfrastructure["natGateways"]>): Fields =>
  publicIpv4Addresses === undefined ? {} : { publicIpv4Addresses };

const sharedFields = (shared: SharedInfrastructure): Fields => {
  const { natGateways: nat, ec2 } = shared;
  const endpoints = shared.vpcEndpoints.map(({ service, type, azs, gb }) => ({
    service,
    type,
    ...(type === "interface" ? { azs } : {}),
    ...given("gb", gb),
  }));
  const balancers = shared.loadBalancers.map((each) => ({
    name: each.name,
    type: each.type,
    ...given("newConnectionsPerSecond", each.newConnectionsPerSecond),
    ...given("activeConnections", each.activeConnections),
    ...given("processedGbPerHour", each.processedGbPerHour),
    ...given("ruleEvaluationsPerSecond", each.ruleEvaluationsPerSecond),
    publicIpv4Addresses: each.publicIpv4Addresses,
    services: each.services,
  }));
  const ec2Given = Object.fromEntries(ec2.given.map((name) => [name, ec2[name as keyof typeof ec2]]));
  return {
    ...(nat === undefined
      ? {}
      : { natGateways: { count: nat.count, ...given("gb", nat.gb), type: nat.type, ...natAddresses(nat) } }),
    ...(endpoints.length === 0 ? {} : { vpcEndpoints: endpoints }),
    ...(balancers.length === 0 ? {} : { loadBalancers: balancers }),
    containerInsights: shared.containerInsights,
    ...(shared.clusters === undefined ? {} : { clusters: shared.clusters }),
    ...(ec2.given.length === 0 ? {} : { ec2: ec2Given }),
    ...(shared.capacityProviders === undefined
      ? {}
      : { capacityProviders: shared.capacityProviders.map(({ address: _, ...provider }) => provider) }),
  };
};

const yamlOf = ({ region, inventory }: DiscoveredRegion, files: ReadonlyMap<string, string> | undefined): string => {
  const services = inventory.services.map((service) => serviceFields(service, files));
  const data = { version: 1, region, shared: sharedFields(inventory.shared), services };
  return stringify(data, { aliasDuplicateObjects: false, lineWidth: 0 });
};

/**
 * One workload file that holds everything, tasks included, as `estimate`, `rightsize` and `capacity` read it. Settings
 * of a task definition that have no key in it, such as `ipcMode`, are lost: `workloadFiles` keeps them.
 */
export const workloadText = (found: DiscoveredRegion): string => yamlOf(found, undefined);

const fileNameOf = (arn: string): string => {
  const { family, revision } = parseTaskDefinitionRef(arn);
  return `task-definitions/${family.replace(/[^A-Za-z0-9_-]/g, "_")}-${revision ?? "latest"}.json`;
};

/** A workload file and the task definitions beside it, which lose nothing; paths are relative to one folder. */
export const workloadFiles = (found: DiscoveredRegion, name = "workload.yaml"): readonly WorkloadFile[] => {
  const used = new Set(found.inventory.services.map(({ taskDefinition }) => taskDefinition));
  const definitions = found.facts.taskDefinitions.filter(({ arn }) => used.has(arn));
  const paths = new Map(definitions.map(({ arn }) => [arn, fileNameOf(arn)]));
  return [
    { path: name, text: yamlOf(found, paths) },
    ...definitions.map(({ arn, definition, tags }) => ({
      path: fileNameOf(arn),
      text: `${JSON.stringify({ taskDefinition: definition, tags }, undefined, 2)}\n`,
    })),
  ];
};
