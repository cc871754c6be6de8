import type { ContainerDefinition } from "../../../domain/workload/task-definition.ts";
import { quoted } from "../../../schema/problems.ts";
import { blockIn, blocksIn, countIn, isData, tagsIn, textIn, within } from "../planned/block.ts";
import { isKnown, type Planned, type PlannedTaskDefinition, UNKNOWN } from "../planned/planned.ts";
import { whereOf } from "../text/checked.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { compatibilitiesOf } from "./ecs-resources.ts";
import { type PlanContext, plannedResource } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const refuse = (resource: PlanResource, detail: string) =>
  invalidInput("invalid-input", whereOf(resource.document, [...resource.path, "container_definitions"]), detail);

/** Container definitions are JSON in text. */
const containersOf = (resource: PlanResource): Planned<readonly ContainerDefinition[]> => {
  const text = textIn(resource, "container_definitions");
  if (text === undefined || text === UNKNOWN) return text;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw refuse(resource, "must be a list of containers as JSON in text, and is no JSON");
  }
  if (Array.isArray(data) && data.every(isData)) return data as readonly ContainerDefinition[];
  throw refuse(resource, `must be a list of containers as JSON in text, not ${quoted(text)}`);
};

const fileSystemsOf = (resource: PlanResource): readonly string[] => {
  const volumes = blocksIn(resource, "volume");
  return (isKnown(volumes) ? volumes : []).flatMap((volume) => {
    const id = within(blockIn(volume, "efs_volume_configuration"), (efs) => textIn(efs, "file_system_id"));
    return isKnown(id) ? [id] : [];
  });
};

const taskDefinitionOf = (context: PlanContext, resource: PlanResource): PlannedTaskDefinition => {
  const platform = blockIn(resource, "runtime_platform");
  const constraints = blocksIn(resource, "placement_constraints");
  return {
    ...plannedResource(context, resource),
    family: textIn(resource, "family"),
    arn: textIn(resource, "arn"),
    revision: countIn(resource, "revision"),
    cpu: textIn(resource, "cpu"),
    memory: textIn(resource, "memory"),
    networkMode: textIn(resource, "network_mode"),
    requiresCompatibilities: compatibilitiesOf(resource),
    cpuArchitecture: within(platform, (block) => textIn(block, "cpu_architecture")),
    operatingSystemFamily: within(platform, (block) => textIn(block, "operating_system_family")),
    ephemeralStorageGiB: within(blockIn(resource, "ephemeral_storage"), (block) => countIn(block, "size_in_gib")),
    ipcMode: textIn(resource, "ipc_mode"),
    placementConstraints: constraints !== UNKNOWN && (constraints ?? []).length > 0,
    fileSystems: fileSystemsOf(resource),
    containers: containersOf(resource),
    tags: tagsIn(resource, "tags_all", "tags"),
  };
};

/** Task definitions of a plan. */
export const planTaskDefinitions = (context: PlanContext): readonly PlannedTaskDefinition[] =>
  context.ofType("aws_ecs_task_definition").map((resource) => taskDefinitionOf(context, resource));
