import { type Block, blockIn, blocksIn, countIn, textIn, within } from "../planned/block.ts";
import {
  isKnown,
  isLink,
  type Planned,
  type PlannedInstanceGroup,
  type PlannedVolume,
  UNKNOWN,
} from "../planned/planned.ts";
import { groupPurchase } from "../planned/providers.ts";
import { joinsOf, ROOT_DEVICES } from "../planned/user-data.ts";
import type { StackResource } from "./stack.ts";
import { type OfType, plannedResource, referenceIn, tagsOf } from "./stack-context.ts";
import { partsOf } from "./template-value.ts";

const inner = (block: Planned<Block>, key: string): Planned<Block> =>
  isKnown(block) ? blockIn(block, key) : undefined;

const TEMPLATE = "AWS::EC2::LaunchTemplate";
const CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration";

/** A launch template or configuration by link, or by its name. */
const linked = (all: readonly StackResource[], block: Planned<Block>, ...settings: readonly string[]) => {
  if (!isKnown(block)) return undefined;
  for (const setting of settings) {
    const reference = referenceIn(block, setting);
    const found = all.find((each) =>
      isLink(reference)
        ? each.key === reference.to
        : typeof reference === "string" && textIn(each, setting) === reference,
    );
    if (found !== undefined) return found;
  }
  return undefined;
};

interface Launch {
  readonly data: Planned<Block>;
  readonly spot: Planned<boolean>;
}

const ofTemplate = (template: StackResource): Launch => {
  const data = blockIn(template, "LaunchTemplateData");
  const market = within(data, (inside) =>
    within(blockIn(inside, "InstanceMarketOptions"), (options) => textIn(options, "MarketType")),
  );
  return { data, spot: market === UNKNOWN ? UNKNOWN : market === "spot" };
};

/** What a group starts instances from. */
const launchOf = (ofType: OfType, group: StackResource): Launch => {
  const mixed = inner(inner(blockIn(group, "MixedInstancesPolicy"), "LaunchTemplate"), "LaunchTemplateSpecification");
  const templates = ofType(TEMPLATE);
  const names = ["LaunchTemplateId", "LaunchTemplateName"];
  const template = linked(templates, blockIn(group, "LaunchTemplate"), ...names) ?? linked(templates, mixed, ...names);
  if (template !== undefined) return ofTemplate(template);
  const configuration = linked(ofType(CONFIGURATION), group, "LaunchConfigurationName");
  if (configuration === undefined) return { data: undefined, spot: undefined };
  return { data: configuration, spot: isKnown(textIn(configuration, "SpotPrice")) };
};

const typesOf = (group: StackResource, { data }: Launch): PlannedInstanceGroup["types"] => {
  const mixed = inner(blockIn(group, "MixedInstancesPolicy"), "LaunchTemplate");
  const overrides = isKnown(mixed) ? blocksIn(mixed, "Overrides") : undefined;
  if (isKnown(overrides) && overrides.length > 0) {
    return overrides.map((each) => ({ name: textIn(each, "InstanceType"), weight: countIn(each, "WeightedCapacity") }));
  }
  return isKnown(data) ? [{ name: textIn(data, "InstanceType"), weight: undefined }] : [];
};

/** Volumes of a template or configuration, and whether the root volume is one of them. */
export const volumesIn = (data: Planned<Block>): Pick<PlannedInstanceGroup, "volumes" | "hasRoot"> => {
  const mappings = isKnown(data) ? blocksIn(data, "BlockDeviceMappings") : undefined;
  const found = (isKnown(mappings) ? mappings : []).flatMap((mapping) => {
    const ebs = blockIn(mapping, "Ebs");
    if (!isKnown(ebs)) return [];
    const volume: PlannedVolume = {
      type: textIn(ebs, "VolumeType"),
      gib: countIn(ebs, "VolumeSize"),
      iops: countIn(ebs, "Iops"),
      throughputMiBps: countIn(ebs, "Throughput"),
    };
    return [{ volume, isRoot: ROOT_DEVICES.has(String(textIn(mapping, "DeviceName"))) }];
  });
  return { volumes: found.map(({ volume }) => volume), hasRoot: found.some(({ isRoot }) => isRoot) };
};

/** The cluster that user data joins; its text may hold links. */
const userDataIn = (data: Planned<Block>): PlannedInstanceGroup["joins"] => {
  const value = isKnown(data) ? data.data["UserData"] : undefined;
  if (value === undefined) return undefined;
  return joinsOf(partsOf(value) ?? [value]);
};

const instances = (resource: StackResource): PlannedInstanceGroup => {
  const data: Planned<Block> = resource;
  return {
    ...plannedResource(resource),
    ...{ name: undefined, min: 1, max: 1, desired: 1 },
    types: [{ name: textIn(resource, "InstanceType"), weight: undefined }],
    ...{ purchase: "on-demand", onDemandBase: undefined, onDemandPercent: undefined },
    ...volumesIn(data),
    joins: userDataIn(data) ?? "none",
    texts: [],
  };
};

const groupOf = (ofType: OfType, resource: StackResource): PlannedInstanceGroup => {
  const launch = launchOf(ofType, resource);
  const policy = blockIn(resource, "MixedInstancesPolicy");
  const distribution = within(policy, (inside) => blockIn(inside, "InstancesDistribution"));
  const count = (key: string) => within(distribution, (inside) => countIn(inside, key));
  const onDemandBase = count("OnDemandBaseCapacity");
  const onDemandPercent = count("OnDemandPercentageAboveBaseCapacity");
  const name = textIn(resource, "AutoScalingGroupName");
  return {
    ...plannedResource(resource),
    ...{ name, min: countIn(resource, "MinSize"), max: countIn(resource, "MaxSize") },
    desired: countIn(resource, "DesiredCapacity"),
    types: typesOf(resource, launch),
    ...{ onDemandBase, onDemandPercent },
    purchase: groupPurchase({ base: onDemandBase, percentAbove: onDemandPercent, spotTemplate: launch.spot }),
    ...volumesIn(launch.data),
    joins: userDataIn(launch.data),
    texts: [...(isKnown(name) ? [name] : []), ...Object.values(tagsOf(resource))],
  };
};

/** Auto Scaling groups of a stack, and single instances that join a cluster. */
export const stackInstanceGroups = (ofType: OfType): readonly PlannedInstanceGroup[] => [
  ...ofType("AWS::AutoScaling::AutoScalingGroup").map((resource) => groupOf(ofType, resource)),
  ...ofType("AWS::EC2::Instance").map(instances),
];

/** The group behind a capacity provider. */
export const groupKeyOf = (ofType: OfType, provider: StackResource): string | undefined => {
  const block = blockIn(provider, "AutoScalingGroupProvider");
  const reference = isKnown(block) ? referenceIn(block, "AutoScalingGroupArn") : undefined;
  if (isLink(reference)) return reference.to;
  const named = typeof reference === "string" ? reference.split("/").at(-1) : undefined;
  return ofType("AWS::AutoScaling::AutoScalingGroup").find(
    (group) => named !== undefined && textIn(group, "AutoScalingGroupName") === named,
  )?.key;
};
