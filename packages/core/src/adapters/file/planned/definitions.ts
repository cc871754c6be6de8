import type { Assumption } from "../../../domain/issues/issue.ts";
import type { ContainerDefinition, TaskDefinition } from "../../../domain/workload/task-definition.ts";
import { taskDefinitionSchema } from "../../../schema/aws-ecs.ts";
import { keyText, schemaProblems } from "../../../schema/problems.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { taskDefinitionProblems } from "../values/task-definition-rules.ts";
import { isData } from "./block.ts";
import { givenDemand } from "./demand.ts";
import type { HeldTaskDefinition } from "./draft.ts";
import { isKnown, known, type Planned, type PlannedTaskDefinition, UNKNOWN } from "./planned.ts";

const DEEPEST = 40;
const hasSymbols = (value: object): boolean => Object.getOwnPropertySymbols(value).length > 0;

/** A value without what is not known. */
const withoutUnknown = (value: unknown, depth = 0): unknown => {
  if (value === UNKNOWN || depth > DEEPEST) return undefined;
  if (Array.isArray(value))
    return value.map((item) => withoutUnknown(item, depth + 1)).filter((item) => item !== undefined);
  if (!isData(value)) return value;
  if (hasSymbols(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutUnknown(item, depth + 1)]));
};

const SIZES = ["cpu", "memory", "memoryReservation"] as const;

const isUnknown = (value: unknown): boolean =>
  value === UNKNOWN || (typeof value === "object" && value !== null && hasSymbols(value));

/** Which of the sizes that a task needs are known only after deployment. */
const unknownSizes = (planned: PlannedTaskDefinition, usage: UsageEntry): readonly string[] => {
  const { containers } = planned;
  const sized = (size: "cpu" | "memory"): string[] => {
    if (usage[size] !== undefined || isKnown<string | number>(planned[size])) return [];
    if (planned[size] === UNKNOWN) return [size];
    if (containers === UNKNOWN) return ["the sizes of its containers"];
    const settings = SIZES.filter((key) => (size === "cpu") === (key === "cpu"));
    const open = (containers ?? []).some((container) => settings.some((key) => isUnknown(container[key])));
    return open ? [`${size} of its containers`] : [];
  };
  return [...new Set([...sized("cpu"), ...sized("memory")])];
};

const definitionOf = (planned: PlannedTaskDefinition, usage: UsageEntry): TaskDefinition => {
  const containers = withoutUnknown(known(planned.containers) ?? []) as readonly ContainerDefinition[];
  const storage = known(planned.ephemeralStorageGiB);
  return {
    family: known(planned.family) ?? planned.address,
    cpu: usage.cpu ?? known(planned.cpu) ?? null,
    memory: usage.memory ?? known(planned.memory) ?? null,
    networkMode: (known(planned.networkMode) ?? null) as TaskDefinition["networkMode"],
    requiresCompatibilities: known(planned.requiresCompatibilities) ?? null,
    runtimePlatform: {
      cpuArchitecture: usage.arch ?? known(planned.cpuArchitecture) ?? null,
      operatingSystemFamily: usage.os ?? known(planned.operatingSystemFamily) ?? null,
    },
    ...(storage === undefined ? {} : { ephemeralStorage: { sizeInGiB: storage } }),
    ipcMode: known(planned.ipcMode) ?? null,
    placementConstraints: planned.placementConstraints ? [{}] : [],
    volumes: (planned.fileSystems ?? []).map((fileSystemId) => ({ efsVolumeConfiguration: { fileSystemId } })),
    containerDefinitions: containers,
  };
};

const refuseOdd = (planned: PlannedTaskDefinition, definition: TaskDefinition): void => {
  const shape = schemaProblems(taskDefinitionSchema, definition);
  const [problem] =
    shape.length > 0 ? shape : taskDefinitionProblems(definition as Parameters<typeof taskDefinitionProblems>[0]);
  if (problem === undefined) return;
  throw invalidInput(
    "invalid-input",
    planned.place(),
    `${keyText(problem.path)} of the task definition ${problem.detail}`,
  );
};

/** A planned task definition as inputs hold them; what `usage` gives stands above what is planned. */
export const heldDefinition = (
  planned: PlannedTaskDefinition,
  usage: UsageEntry,
  knownAfter: string,
): HeldTaskDefinition => {
  const definition = definitionOf(planned, usage);
  refuseOdd(planned, definition);
  const open = unknownSizes(planned, usage);
  const revision = known(planned.revision);
  const demand = givenDemand(usage);
  const detail = `${open.join(" and ")} of ${planned.address} is known after ${knownAfter} only; a usage file can give cpu and memory`;
  return {
    definition,
    ...(revision === undefined || revision === 0 ? {} : { revision }),
    tags: planned.tags,
    origin: planned.origin,
    place: planned.place,
    planned: planned.address,
    ...(demand === undefined ? {} : { demand }),
    ...(open.length === 0 ? {} : { unknownSize: detail }),
  };
};

const DEFAULTS: readonly { readonly what: string; readonly of: (task: PlannedTaskDefinition) => Planned<unknown> }[] = [
  { what: "architecture x86_64", of: (task) => task.cpuArchitecture },
  { what: "Linux", of: (task) => task.operatingSystemFamily },
  { what: "20 GiB of ephemeral storage", of: (task) => task.ephemeralStorageGiB },
  { what: "no GPUs, ports and log settings", of: (task) => task.containers },
];

/** What is taken of task definitions where their settings are known only after deployment. */
export const definitionAssumptions = (all: readonly PlannedTaskDefinition[]): readonly Assumption[] => {
  const told = all.flatMap((task) => {
    const taken = DEFAULTS.filter(({ of }) => of(task) === UNKNOWN).map(({ what }) => what);
    return taken.length === 0 ? [] : [`${task.address} (${taken.join(", ")})`];
  });
  if (told.length === 0) return [];
  const detail = `Settings of task definitions that are known only after deployment are taken at the defaults of ECS: ${told.join(", ")}`;
  return [{ code: "planned-platform-unknown", detail }];
};
