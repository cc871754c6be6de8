import type { ContainerDefinition } from "../../../domain/workload/task-definition.ts";
import { blockIn, blocksIn, countIn, listIn, textIn, textsIn, within } from "../planned/block.ts";
import { isKnown, type Planned, type PlannedTaskDefinition, UNKNOWN } from "../planned/planned.ts";
import type { StackResource } from "./stack.ts";
import { type OfType, plannedResource, tagsOf } from "./stack-context.ts";
import { isPlain } from "./template-value.ts";

/** Maps whose keys are names of the user's, and not settings of ECS. */
const OWN_KEYS: ReadonlySet<string> = new Set(["options", "dockerLabels"]);
const NUMBERS: ReadonlySet<string> = new Set(["containerPort", "hostPort", "stopTimeout", "maxSwap", "swappiness"]);
const FLAGS: ReadonlySet<string> = new Set(["essential", "privileged", "disableNetworking"]);

/** Templates may write numbers and flags as text. */
const typed = (key: string, value: unknown): unknown => {
  if (typeof value === "number" && key === "value") return String(value);
  if (typeof value !== "string") return value;
  if (NUMBERS.has(key) && /^\d{1,9}$/.test(value)) return Number(value);
  return FLAGS.has(key) && /^(?:true|false)$/i.test(value) ? value.toLowerCase() === "true" : value;
};

/** `LogConfiguration` -> `logConfiguration`, as the ECS API spells settings. */
export const apiSpelling = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(apiSpelling);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = key.charAt(0).toLowerCase() + key.slice(1);
      return [name, OWN_KEYS.has(name) ? item : typed(name, apiSpelling(item))];
    }),
  );
};

const containersOf = (resource: StackResource): Planned<readonly ContainerDefinition[]> => {
  const blocks = blocksIn(resource, "ContainerDefinitions");
  if (blocks === UNKNOWN) return UNKNOWN;
  return isKnown(blocks) ? blocks.map(({ data }) => apiSpelling(data) as ContainerDefinition) : [];
};

const fileSystemsOf = (resource: StackResource): readonly string[] => {
  const volumes = blocksIn(resource, "Volumes");
  return (isKnown(volumes) ? volumes : []).flatMap((volume) => {
    const id = within(blockIn(volume, "EFSVolumeConfiguration"), (efs) => textIn(efs, "FilesystemId"));
    return isKnown(id) ? [id] : [];
  });
};

const taskDefinitionOf = (resource: StackResource): PlannedTaskDefinition => {
  const platform = blockIn(resource, "RuntimePlatform");
  const constraints = listIn(resource, "PlacementConstraints");
  return {
    ...plannedResource(resource),
    family: textIn(resource, "Family"),
    arn: undefined,
    revision: undefined,
    cpu: textIn(resource, "Cpu"),
    memory: textIn(resource, "Memory"),
    networkMode: textIn(resource, "NetworkMode"),
    requiresCompatibilities: textsIn(resource, "RequiresCompatibilities"),
    cpuArchitecture: within(platform, (block) => textIn(block, "CpuArchitecture")),
    operatingSystemFamily: within(platform, (block) => textIn(block, "OperatingSystemFamily")),
    ephemeralStorageGiB: within(blockIn(resource, "EphemeralStorage"), (block) => countIn(block, "SizeInGiB")),
    ipcMode: textIn(resource, "IpcMode"),
    placementConstraints: isKnown(constraints) && constraints.length > 0,
    fileSystems: fileSystemsOf(resource),
    containers: containersOf(resource),
    tags: tagsOf(resource),
  };
};

/** Task definitions of a stack. */
export const stackTaskDefinitions = (ofType: OfType): readonly PlannedTaskDefinition[] =>
  ofType("AWS::ECS::TaskDefinition").map(taskDefinitionOf);
