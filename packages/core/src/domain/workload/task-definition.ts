import { type ResourceRequirement, readAccelerators } from "./accelerator.ts";
import { fargateBlockers } from "./fargate-blockers.ts";
import type { Architecture, Container, NetworkMode, OperatingSystem, PortMapping, TaskShape } from "./task.ts";
import { parseCpu, parseMemory } from "./task-size.ts";

type Maybe<T> = T | null | undefined;

/** A container definition as the ECS API spells it; other settings have no bearing on size or placement. */
export interface ContainerDefinition {
  readonly [setting: string]: unknown;
  readonly name?: Maybe<string>;
  readonly essential?: Maybe<boolean>;
  readonly cpu?: Maybe<string | number>;
  readonly memory?: Maybe<string | number>;
  readonly memoryReservation?: Maybe<string | number>;
  readonly privileged?: Maybe<boolean>;
  readonly stopTimeout?: Maybe<number>;
  readonly portMappings?: Maybe<
    readonly {
      readonly containerPort?: Maybe<number>;
      readonly hostPort?: Maybe<number>;
      readonly protocol?: Maybe<string>;
    }[]
  >;
  readonly resourceRequirements?: Maybe<readonly ResourceRequirement[]>;
}

/** A task definition as the ECS API spells it. */
export interface TaskDefinition {
  readonly [setting: string]: unknown;
  readonly family: string;
  readonly cpu?: Maybe<string | number>;
  readonly memory?: Maybe<string | number>;
  readonly networkMode?: Maybe<NetworkMode>;
  readonly requiresCompatibilities?: Maybe<readonly string[]>;
  readonly runtimePlatform?: Maybe<{
    readonly cpuArchitecture?: Maybe<string>;
    readonly operatingSystemFamily?: Maybe<string>;
  }>;
  readonly ephemeralStorage?: Maybe<{ readonly sizeInGiB?: Maybe<number> }>;
  readonly containerDefinitions: readonly ContainerDefinition[];
}

/** A task definition read: its shape, or what keeps it from having one. */
export type TaskReading =
  | { readonly kind: "shape"; readonly task: TaskShape; readonly sizeFromContainers: boolean }
  | { readonly kind: "missing-size"; readonly detail: string };

/** Fargate includes this much ephemeral storage, in GiB. */
export const INCLUDED_EPHEMERAL_GIB = 20;

/** `ARM64`, `arm64` -> `arm64`; ECS takes x86_64 where nothing is said. */
export const architectureOf = (text: Maybe<string>): Architecture =>
  text?.toLowerCase() === "arm64" ? "arm64" : "x86_64";

/** `WINDOWS_SERVER_2022_CORE` -> `windows`; ECS takes Linux where nothing is said. */
export const operatingSystemOf = (family: Maybe<string>): OperatingSystem =>
  family?.toLowerCase().startsWith("windows") ? "windows" : "linux";

const positive = (size: number | undefined): number | undefined => (size !== undefined && size > 0 ? size : undefined);
const cpuOf = (value: Maybe<string | number>) => (value == null ? undefined : parseCpu(value));
const memoryOf = (value: Maybe<string | number>) => (value == null ? undefined : parseMemory(value));

const containerOf = (definition: ContainerDefinition, index: number): Container => {
  const cpu = cpuOf(definition.cpu);
  const memory = positive(memoryOf(definition.memory));
  const memoryReservation = positive(memoryOf(definition.memoryReservation));
  return {
    name: definition.name ?? `container-${index + 1}`,
    essential: definition.essential ?? true,
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
    ...(memoryReservation === undefined ? {} : { memoryReservation }),
    ...(definition.stopTimeout == null ? {} : { stopTimeoutSeconds: definition.stopTimeout }),
  };
};

const total = (sizes: readonly (number | undefined)[]): number | undefined =>
  sizes.reduce<number | undefined>(
    (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );

/** On instances a task that gives no CPU reserves none and is placed by its memory; Fargate needs some. */
const reservedCpu = ({ requiresCompatibilities }: TaskDefinition, containers: readonly Container[]) => {
  const cpu = total(containers.map((container) => container.cpu ?? 0));
  return requiresCompatibilities?.includes("FARGATE") === true || containers.length === 0 ? positive(cpu) : cpu;
};

/** Containers may leave CPU out on instances and then reserve none; memory each of them must give. */
const sizeOf = (definition: TaskDefinition, containers: readonly Container[]) => ({
  cpu: positive(cpuOf(definition.cpu)) ?? reservedCpu(definition, containers),
  memory:
    positive(memoryOf(definition.memory)) ??
    positive(total(containers.map((container) => container.memoryReservation ?? container.memory))),
});

const acceleratorsOf = (definition: TaskDefinition): Pick<TaskShape, "gpu" | "accelerator"> => {
  const requirements = definition.containerDefinitions.flatMap((container) => container.resourceRequirements ?? []);
  const { gpu, need } = readAccelerators(requirements);
  return need === undefined ? { gpu } : { gpu, accelerator: need };
};

/** Only in the modes bridge and host does a container take a port of its instance. */
const portsOf = (definition: ContainerDefinition, mode: NetworkMode): PortMapping[] =>
  (definition.portMappings ?? []).flatMap(({ containerPort, hostPort, protocol }) => {
    if (containerPort == null) return [];
    const host = mode === "host" ? containerPort : mode === "bridge" ? hostPort : undefined;
    return [
      {
        containerPort,
        ...(host == null || host === 0 ? {} : { hostPort: host }),
        protocol: protocol?.toLowerCase() === "udp" ? "udp" : "tcp",
      },
    ];
  });

const networkModeOf = (definition: TaskDefinition): NetworkMode =>
  definition.networkMode ?? (definition.requiresCompatibilities?.includes("FARGATE") ? "awsvpc" : "bridge");

const missingText = (size: { readonly cpu: unknown; readonly memory: unknown }): string => {
  const absent = [...(size.cpu === undefined ? ["CPU"] : []), ...(size.memory === undefined ? ["memory"] : [])];
  return `neither the task nor all of its containers give ${absent.join(" and ")}`;
};

/**
 * The task that a task definition describes. Sizes that the task leaves out are the sums of its containers: CPU, and
 * `memoryReservation` where it is set or else `memory`, as ECS reserves them on an instance.
 */
export const readTaskDefinition = (definition: TaskDefinition): TaskReading => {
  const containers = definition.containerDefinitions.map(containerOf);
  const size = sizeOf(definition, containers);
  if (size.cpu === undefined || size.memory === undefined) return { kind: "missing-size", detail: missingText(size) };
  const networkMode = networkModeOf(definition);
  const task: TaskShape = {
    cpu: size.cpu,
    memory: size.memory,
    architecture: architectureOf(definition.runtimePlatform?.cpuArchitecture),
    os: operatingSystemOf(definition.runtimePlatform?.operatingSystemFamily),
    ephemeralStorageGiB: definition.ephemeralStorage?.sizeInGiB ?? INCLUDED_EPHEMERAL_GIB,
    ...acceleratorsOf(definition),
    networkMode,
    ports: definition.containerDefinitions.flatMap((container) => portsOf(container, networkMode)),
    privileged: definition.containerDefinitions.some((container) => container.privileged === true),
    fargateBlockers: fargateBlockers(definition),
    containers,
    requiresCompatibilities: definition.requiresCompatibilities ?? [],
  };
  const atTaskLevel =
    positive(cpuOf(definition.cpu)) !== undefined && positive(memoryOf(definition.memory)) !== undefined;
  return { kind: "shape", task, sizeFromContainers: !atTaskLevel };
};
