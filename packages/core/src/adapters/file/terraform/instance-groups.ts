import { type Block, blockIn, blocksIn, countIn, textIn, within } from "../planned/block.ts";
import {
  isKnown,
  known,
  type Planned,
  type PlannedInstanceGroup,
  type PlannedVolume,
  UNKNOWN,
} from "../planned/planned.ts";
import { groupPurchase } from "../planned/providers.ts";
import { joinsOf, ROOT_DEVICES } from "../planned/user-data.ts";
import { isSpotTemplate, templatesOf } from "./instance-types.ts";
import { keyOf, type PlanContext, plannedResource } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const list = (block: Planned<Block>, key: string): readonly Block[] =>
  (isKnown(block) ? known(blocksIn(block, key)) : undefined) ?? [];

const volumeOf = (ebs: Block): PlannedVolume => ({
  type: textIn(ebs, "volume_type"),
  gib: countIn(ebs, "volume_size"),
  iops: countIn(ebs, "iops"),
  throughputMiBps: countIn(ebs, "throughput"),
});

/** Volumes of a template, a configuration or an instance, and whether the root volume is one of them. */
const volumesIn = (resource: PlanResource | undefined): Pick<PlannedInstanceGroup, "volumes" | "hasRoot"> => {
  const mapped = list(resource, "block_device_mappings").flatMap((mapping) => {
    const ebs = blockIn(mapping, "ebs");
    const isRoot = ROOT_DEVICES.has(String(textIn(mapping, "device_name")));
    return isKnown(ebs) ? [{ volume: volumeOf(ebs), isRoot }] : [];
  });
  const root = list(resource, "root_block_device").map((each) => ({ volume: volumeOf(each), isRoot: true }));
  const others = list(resource, "ebs_block_device").map((each) => ({ volume: volumeOf(each), isRoot: false }));
  const all = [...root, ...mapped, ...others];
  return { volumes: all.map(({ volume }) => volume), hasRoot: all.some(({ isRoot }) => isRoot) };
};

/** What user data names: the cluster that the configuration refers to, else what its text says. */
const joinsIn = (context: PlanContext, resource: PlanResource | undefined): PlannedInstanceGroup["joins"] => {
  if (resource === undefined) return undefined;
  const settings = ["user_data", "user_data_base64"];
  const [cluster, ...others] = settings.flatMap((setting) =>
    context.references.from(resource, [setting], "aws_ecs_cluster"),
  );
  if (cluster !== undefined && others.length === 0) return { to: keyOf(context, cluster) };
  const texts = settings.map((setting) => textIn(resource, setting));
  if (texts.includes(UNKNOWN)) {
    return settings.some((setting) => context.references.sets(resource, setting)) ? UNKNOWN : undefined;
  }
  const given = texts.filter(isKnown);
  return given.length === 0 ? undefined : joinsOf(given);
};

const tagTexts = (group: PlanResource): readonly string[] =>
  list(group, "tag").flatMap((tag) => known(textIn(tag, "value")) ?? []);

const typesOf = (group: PlanResource, template: PlanResource | undefined): PlannedInstanceGroup["types"] => {
  const launch = within(blockIn(group, "mixed_instances_policy"), (policy) => blockIn(policy, "launch_template"));
  const overrides = list(launch, "override");
  if (overrides.length > 0) {
    return overrides.map((each) => ({
      name: textIn(each, "instance_type"),
      weight: countIn(each, "weighted_capacity"),
    }));
  }
  return template === undefined ? [] : [{ name: textIn(template, "instance_type"), weight: undefined }];
};

/** What the provider works out for itself is not set. */
const ownCount = (context: PlanContext, group: PlanResource, setting: string): Planned<number> => {
  const value = countIn(group, setting);
  return value === UNKNOWN && !context.references.sets(group, setting) ? undefined : value;
};

const groupOf = (context: PlanContext, group: PlanResource): PlannedInstanceGroup => {
  const [template] = templatesOf(context, group);
  const distribution = within(blockIn(group, "mixed_instances_policy"), (policy) =>
    blockIn(policy, "instances_distribution"),
  );
  const count = (key: string) => within(distribution, (inside) => countIn(inside, key));
  const onDemandBase = count("on_demand_base_capacity");
  const onDemandPercent = count("on_demand_percentage_above_base_capacity");
  const name = textIn(group, "name");
  return {
    ...plannedResource(context, group),
    ...{ name, min: countIn(group, "min_size"), max: countIn(group, "max_size") },
    desired: ownCount(context, group, "desired_capacity"),
    types: typesOf(group, template),
    ...{ onDemandBase, onDemandPercent },
    purchase: groupPurchase({
      base: onDemandBase,
      percentAbove: onDemandPercent,
      spotTemplate: template === undefined ? undefined : isSpotTemplate(template),
    }),
    ...volumesIn(template),
    joins: joinsIn(context, template),
    texts: [...(isKnown(name) ? [name] : []), ...tagTexts(group)],
  };
};

const instanceOf = (context: PlanContext, resource: PlanResource): PlannedInstanceGroup => ({
  ...plannedResource(context, resource),
  ...{ name: undefined, min: 1, max: 1, desired: 1 },
  types: [{ name: textIn(resource, "instance_type"), weight: undefined }],
  ...{ purchase: "on-demand", onDemandBase: undefined, onDemandPercent: undefined },
  ...volumesIn(resource),
  joins: joinsIn(context, resource) ?? "none",
  texts: [],
});

/** Auto Scaling groups of a plan, and single instances that join a cluster. */
export const planInstanceGroups = (context: PlanContext): readonly PlannedInstanceGroup[] => [
  ...context.ofType("aws_autoscaling_group").map((group) => groupOf(context, group)),
  ...context.ofType("aws_instance").map((resource) => instanceOf(context, resource)),
];

/** The group behind a capacity provider, where it is one. */
export const groupKeyOf = (context: PlanContext, provider: PlanResource): string | undefined => {
  const setting = "auto_scaling_group_provider";
  const [only, ...others] = context.references.from(provider, [setting], "aws_autoscaling_group");
  if (only !== undefined) return others.length === 0 ? keyOf(context, only) : undefined;
  const arn = within(blockIn(provider, setting), (block) => textIn(block, "auto_scaling_group_arn"));
  const named = context
    .ofType("aws_autoscaling_group")
    .find(
      (group) => isKnown(arn) && (textIn(group, "arn") === arn || arn.endsWith(`/${String(textIn(group, "name"))}`)),
    );
  return named === undefined ? undefined : keyOf(context, named);
};
