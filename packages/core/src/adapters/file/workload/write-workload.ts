import { stringify } from "yaml";
import { settlePlacement } from "../../../domain/placement/assume-placement.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import { MONTHLY_ITEMS } from "../../../domain/workload/monthly-items.ts";
import type { Demand, Service, ServiceExtras, ServiceNetwork } from "../../../domain/workload/service.ts";
import type { SharedInfrastructure } from "../../../domain/workload/shared.ts";
import type { TaskShape } from "../../../domain/workload/task.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Direction marks, controls and other characters that a reader does not see. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

/** As YAML escapes a character in double quotes. */
const escaped = (mark: string): string => {
  const code = mark.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
};

/**
 * An inventory as one workload file, tasks and hourly counts included: read again it costs the same. What a workload file
 * has no key for, such as containers and settings that Fargate refuses, is lost; none of it is billed.
 */
export const writeWorkload = (inventory: Inventory, region: string): string => {
  const data = {
    version: 1,
    region: inventory.region ?? region,
    shared: sharedFields(inventory.shared),
    services: inventory.services.map((service) => serviceFields(service, inventory.shared)),
  };
  const plain = { aliasDuplicateObjects: false, lineWidth: 0 } as const;
  const text = stringify(data, plain);
  if (!INVISIBLE.test(text)) return text;
  const quoted = stringify(data, { ...plain, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_DOUBLE" });
  return quoted.replace(new RegExp(INVISIBLE, "gu"), escaped);
};

const given = (name: string, value: unknown, otherwise?: unknown): Fields =>
  value === undefined || value === otherwise ? {} : { [name]: value };

const isZero = (quantity: string): boolean => /^0*(?:\.0*)?$/.test(quantity);
const amount = (name: string, quantity: string): Fields => (isZero(quantity) ? {} : { [name]: quantity });
const group = (name: string, fields: Fields): Fields => (Object.keys(fields).length === 0 ? {} : { [name]: fields });

const placementFields = (service: Service, shared: SharedInfrastructure): Fields => {
  const { placement } = service;
  if (placement.kind === "strategy") return { capacityProviderStrategy: placement.items };
  const settled = settlePlacement(service, shared);
  return settled.kind === "launch-type" ? { launchType: settled.launchType } : {};
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

const taskFields = (task: TaskShape): Fields => {
  const hostPorts = task.ports.flatMap(({ hostPort }) => hostPort || []);
  return {
    cpu: task.cpu,
    memory: task.memory,
    arch: task.architecture,
    os: task.os,
    ...given("networkMode", task.networkMode, "awsvpc"),
    ...given("ephemeralStorageGiB", task.ephemeralStorageGiB, 20),
    ...acceleratorFields(task),
    ...(hostPorts.length === 0 ? {} : { hostPorts }),
    ...given("privileged", task.privileged, false),
    ...(task.containers.length > 1 ? { containers: task.containers.length } : {}),
  };
};

const demandFields = (demand: Demand | undefined, runsPerMonth: string | undefined): Fields => {
  switch (demand?.kind) {
    case "count":
      return { desiredCount: demand.tasks };
    case "hourly":
      return { hourlyCounts: [...demand.counts] };
    case "runs": {
      const { perMonth, seconds, pullSeconds } = demand;
      return { runs: { perMonth, seconds, ...given("pullSeconds", pullSeconds, 0) } };
    }
    default:
      return runsPerMonth === undefined ? {} : { runs: { perMonth: runsPerMonth } };
  }
};

const networkFields = (network: ServiceNetwork): Fields => ({
  ...given("publicIp", network.publicIp, false),
  ...amount("internetEgressGb", network.internetEgressGb),
  ...amount("crossAzGb", network.crossAzGb),
  ...amount("imageGb", network.imageGb),
  ...amount("taskStartsPerMonth", network.taskStartsPerMonth),
  ...given("imagePullSeconds", network.imagePullSeconds, 0),
});

const itemFields = (extras: ServiceExtras): Fields => {
  const given = MONTHLY_ITEMS.filter(({ field }) => !isZero(extras[field]));
  return Object.fromEntries(
    [...Map.groupBy(given, (item) => item.group)].map(([name, items]) => [
      name,
      Object.fromEntries(items.map((item) => [item.name, Number(extras[item.field])])),
    ]),
  );
};

const extraFields = (extras: ServiceExtras): Fields => ({
  ...group("storage", { ...amount("efsGb", extras.efsGb), ...amount("ebsGiB", extras.ebsGiBPerTask) }),
  ...group("images", amount("ecrGb", extras.ecrGb)),
  ...(isZero(extras.secrets) ? {} : { secrets: Number(extras.secrets) }),
  ...group("tracing", amount("tracesPerMonth", extras.tracesPerMonth)),
  ...itemFields(extras),
});

const serviceFields = (service: Service, shared: SharedInfrastructure): Fields => ({
  name: service.name,
  cluster: service.cluster,
  ...group("tags", { ...service.tags }),
  ...(service.task === undefined
    ? given("taskDefinition", service.taskDefinition)
    : { task: taskFields(service.task) }),
  ...demandFields(service.demand, service.runsPerMonth),
  ...placementFields(service, shared),
  ...given("scheduling", service.scheduling, "replica"),
  ...given("placementConstraints", service.placementConstraints, false),
  ...given("interruptible", service.interruptible, "unspecified"),
  ...given("minAvailableTasks", service.minAvailableTasks),
  ...given("autoscaling", service.autoscaling),
  ...given("logs", service.logs),
  ...group("network", networkFields(service.network)),
  ...extraFields(service.extras),
});

const sharedFields = (shared: SharedInfrastructure): Fields => {
  const { natGateways: nat, ec2 } = shared;
  const endpoints = shared.vpcEndpoints.map(({ service, type, azs, gb }) => ({
    service,
    type,
    ...(type === "interface" ? { azs } : {}),
    ...amount("gb", gb),
  }));
  const balancers = shared.loadBalancers.map(({ address: _, ...each }) => each);
  const own = Object.fromEntries(ec2.given.map((name) => [name, ec2[name as keyof typeof ec2]]));
  return {
    ...(nat === undefined ? {} : { natGateways: natFields(nat) }),
    ...(endpoints.length === 0 ? {} : { vpcEndpoints: endpoints }),
    ...(balancers.length === 0 ? {} : { loadBalancers: balancers }),
    containerInsights: shared.containerInsights,
    ...given("clusters", shared.clusters),
    ...(ec2.given.length === 0 ? {} : { ec2: own }),
    ...(shared.capacityProviders === undefined
      ? {}
      : { capacityProviders: shared.capacityProviders.map(({ address: _, ...provider }) => provider) }),
  };
};

const natFields = ({ addresses: _, ...nat }: NonNullable<SharedInfrastructure["natGateways"]>): Fields => nat;
