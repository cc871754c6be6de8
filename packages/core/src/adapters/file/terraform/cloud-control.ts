import { type StackParts, stackParts } from "../cloudformation/planned-stack.ts";
import { RESOURCE_TYPES as STACK_TYPES } from "../cloudformation/resource-types.ts";
import type { StackResource } from "../cloudformation/stack.ts";
import { linkTo } from "../cloudformation/template-value.ts";
import { isData } from "../planned/block.ts";
import { UNKNOWN } from "../planned/planned.ts";
import { keyOf, type PlanContext } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

/** `AWS::ECS::TaskDefinition` -> `awscc_ecs_task_definition`. */
const cloudControlType = (type: string): string => {
  const [, service = "", resource = ""] = type.split("::");
  const words = resource.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2");
  return `awscc_${service}_${words}`.toLowerCase();
};

const TYPES: ReadonlyMap<string, string> = new Map([...STACK_TYPES].map((type) => [cloudControlType(type), type]));

/** Types of the Cloud Control provider of Terraform that a plan is read for. */
export const CLOUD_CONTROL_TYPES: readonly string[] = [...TYPES.keys()];

/** Settings that are not spelled word by word in CloudFormation. */
const ODD: Readonly<Record<string, string>> = {
  ManagedEbsVolume: "ManagedEBSVolume",
  EfsVolumeConfiguration: "EFSVolumeConfiguration",
  SizeInGib: "SizeInGiB",
};

const settingOf = (key: string): string => {
  const words = key.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return ODD[words] ?? words;
};

/** Maps whose keys are the user's own. */
const OWN_KEYS: ReadonlySet<string> = new Set(["options", "docker_labels"]);
const DEEPEST = 40;

const spelled = (value: unknown, depth = 0): unknown => {
  if (value === null) return undefined;
  if (depth > DEEPEST || value === UNKNOWN) return value;
  if (Array.isArray(value)) return value.map((item) => spelled(item, depth + 1));
  if (!isData(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    settingOf(key),
    OWN_KEYS.has(key) ? item : spelled(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
};

const LINKED = [
  ...TYPES.keys(),
  "aws_ecs_cluster",
  "aws_ecs_task_definition",
  "aws_ecs_service",
  "aws_lb_target_group",
];

/** What is known after apply only is the resource that the configuration names, where there is one. */
const linked = (context: PlanContext, resource: PlanResource, key: string, value: unknown): unknown => {
  if (value !== UNKNOWN) return spelled(value);
  const [only, ...others] = LINKED.flatMap((type) => context.references.from(resource, [key], type));
  return only === undefined || others.length > 0 ? UNKNOWN : linkTo(keyOf(context, only), "Ref");
};

const stackResource = (context: PlanContext, resource: PlanResource): StackResource => ({
  document: resource.document,
  path: resource.path,
  data: Object.fromEntries(
    Object.entries(resource.data).map(([key, value]) => [settingOf(key), linked(context, resource, key, value)]),
  ),
  key: keyOf(context, resource),
  address: resource.address,
  type: TYPES.get(resource.type) ?? resource.type,
});

/** Resources of the Cloud Control provider: the same settings as in CloudFormation, spelled like Terraform. */
export const cloudControlParts = (context: PlanContext): StackParts =>
  stackParts(context.ofType(...CLOUD_CONTROL_TYPES).map((resource) => stackResource(context, resource)));

/** Lists of both, kind by kind. */
export const joinParts = (one: StackParts, other: StackParts): StackParts => {
  const kinds = Object.keys(one) as (keyof StackParts)[];
  return Object.fromEntries(kinds.map((kind) => [kind, [...one[kind], ...other[kind]]])) as unknown as StackParts;
};
