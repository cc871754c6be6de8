import { strategyProblems } from "../../../domain/capacity/strategy-rules.ts";
import { parseCpu, parseMemory } from "../../../domain/workload/task-size.ts";
import { type KeyPath, quoted, type SchemaProblem } from "../../../schema/problems.ts";
import type { WorkloadFile, WorkloadService, WorkloadShared, WorkloadTask } from "../../../schema/workload.ts";
import { EXCLUSIVE_KEYS } from "../../../schema/workload-service.ts";
import { endpointType, strategyItems } from "../values/workload-values.ts";

const at = (path: KeyPath, problems: readonly SchemaProblem[]): SchemaProblem[] =>
  problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));

const exclusive = (service: WorkloadService): SchemaProblem[] =>
  EXCLUSIVE_KEYS.filter(([first, second]) => Object.hasOwn(service, first) && Object.hasOwn(service, second)).map(
    ([first, second]) => ({ path: [second], detail: `cannot stand beside ${first}: give one of them` }),
  );

const strategy = (service: WorkloadService): SchemaProblem[] => {
  if (service.capacityProviderStrategy === undefined) return [];
  return strategyProblems(strategyItems(service.capacityProviderStrategy)).map(({ detail, index }) => ({
    path: ["capacityProviderStrategy", ...(index === undefined ? [] : [index])],
    detail,
  }));
};

const wholeSize = (value: string | number, parsed: number | undefined, key: string, unit: string): SchemaProblem[] =>
  parsed !== undefined && parsed > 0
    ? []
    : [{ path: [key], detail: `is ${quoted(value)}, which is not a whole number of ${unit} above 0` }];

const size = ({ cpu, memory }: { readonly cpu: string | number; readonly memory: string | number }) => [
  ...wholeSize(cpu, parseCpu(cpu), "cpu", "CPU units"),
  ...wholeSize(memory, parseMemory(memory), "memory", "MiB"),
];

const task = (value: WorkloadTask): SchemaProblem[] => {
  const mode = value.networkMode ?? "awsvpc";
  const ports = value.hostPorts ?? [];
  const noPorts = ports.length > 0 && mode !== "bridge" && mode !== "host";
  return [
    ...size(value),
    ...(noPorts ? [{ path: ["hostPorts"], detail: `has no meaning in network mode ${mode}` }] : []),
  ];
};

/** The schema passes over a tag with this name. */
const protoTag = (service: WorkloadService): SchemaProblem[] => {
  const tags: object = service.tags ?? {};
  const value = Object.getOwnPropertyDescriptor(tags, "__proto__")?.value;
  if (value === undefined || typeof value === "string") return [];
  return [{ path: ["tags", "__proto__"], detail: "must be text" }];
};

const scaling = ({ autoscaling }: WorkloadService): SchemaProblem[] => {
  if (autoscaling === undefined) return [];
  const { minTasks, maxTasks, cpuTargetPercent, memoryTargetPercent } = autoscaling;
  const path = ["autoscaling"];
  return [
    ...(minTasks <= maxTasks ? [] : [{ path: [...path, "maxTasks"], detail: `is below minTasks, ${minTasks}` }]),
    ...(cpuTargetPercent === undefined && memoryTargetPercent === undefined
      ? [{ path, detail: "holds no target: give cpuTargetPercent, memoryTargetPercent or both" }]
      : []),
  ];
};

const serviceProblems = (service: WorkloadService): SchemaProblem[] => [
  ...exclusive(service),
  ...scaling(service),
  ...strategy(service),
  ...(service.task === undefined ? [] : at(["task"], task(service.task))),
  ...protoTag(service),
];

type Providers = NonNullable<WorkloadShared["capacityProviders"]>;

const providerProblems = (provider: Providers[number], index: number, all: Providers): SchemaProblem[] => {
  const { name, cluster, type, purchase, targetCapacity } = provider;
  const isManaged = type === "managed-instances";
  const first = all.findIndex((other) => other.name === name && other.cluster === cluster);
  return [
    ...(name === "FARGATE" || name === "FARGATE_SPOT"
      ? [{ path: [index, "name"], detail: `is ${name}, which is a provider of Fargate and needs no entry` }]
      : []),
    ...(first < index ? [{ path: [index, "name"], detail: `is ${quoted(name)}, which stands above already` }] : []),
    ...(isManaged && purchase !== undefined && purchase !== "on-demand" && purchase !== "spot"
      ? [{ path: [index, "purchase"], detail: "must be on-demand or spot for managed-instances" }]
      : []),
    ...(isManaged && targetCapacity !== undefined
      ? [{ path: [index, "targetCapacity"], detail: "has no meaning for managed-instances, which AWS scales" }]
      : []),
  ];
};

const sharedProblems = (shared: WorkloadShared): SchemaProblem[] => [
  ...(shared.vpcEndpoints ?? []).flatMap((endpoint, i) =>
    endpointType(endpoint) === "interface" && endpoint.azs === undefined
      ? [{ path: ["vpcEndpoints", i, "azs"], detail: "is missing; an interface endpoint is billed by zone and hour" }]
      : [],
  ),
  ...(shared.ec2?.daemons ?? []).flatMap((daemon, i) => at(["ec2", "daemons", i], size(daemon))),
  ...at(["capacityProviders"], (shared.capacityProviders ?? []).flatMap(providerProblems)),
  ...(Number(shared.ec2?.memoryOverheadPercent ?? 0) < 100
    ? []
    : [{ path: ["ec2", "memoryOverheadPercent"], detail: "must be below 100" }]),
];

/** Rules that the schema alone does not hold, for the parts of a file that the schema takes. */
export const workloadProblems = (data: WorkloadFile, shape: readonly SchemaProblem[]): SchemaProblem[] => {
  const broken = new Set(shape.map(({ path }) => (path[0] === "services" ? (path[1] ?? "all") : path[0])));
  if (broken.has("all")) return [];
  const services = Array.isArray(data.services) ? data.services : [];
  return [
    ...(data.shared === undefined || broken.has("shared") ? [] : at(["shared"], sharedProblems(data.shared))),
    ...services.flatMap((service, i) => (broken.has(i) ? [] : at(["services", i], serviceProblems(service)))),
  ];
};
