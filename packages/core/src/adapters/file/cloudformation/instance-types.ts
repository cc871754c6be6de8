import { type Block, blockIn, blocksIn, textIn } from "../planned/block.ts";
import { isKnown, isLink, type Planned } from "../planned/planned.ts";
import type { StackResource } from "./stack.ts";
import { type OfType, referenceIn } from "./stack-context.ts";

const inner = (block: Planned<Block>, key: string): Planned<Block> =>
  isKnown(block) ? blockIn(block, key) : undefined;

const linked = (all: readonly StackResource[], block: Planned<Block>, setting: string): StackResource | undefined => {
  const reference = isKnown(block) ? referenceIn(block, setting) : undefined;
  return isLink(reference) ? all.find(({ key }) => key === reference.to) : undefined;
};

const typeOf = (block: Planned<Block>): readonly Planned<string>[] =>
  isKnown(block) ? [textIn(block, "InstanceType")] : [];

const templateType = (ofType: OfType, specification: Planned<Block>): readonly Planned<string>[] => {
  const template = linked(ofType("AWS::EC2::LaunchTemplate"), specification, "LaunchTemplateId");
  return template === undefined ? [] : typeOf(blockIn(template, "LaunchTemplateData"));
};

const typesOf = (ofType: OfType, group: StackResource): readonly Planned<string>[] => {
  const mixed = inner(blockIn(group, "MixedInstancesPolicy"), "LaunchTemplate");
  const overrides = isKnown(mixed) ? blocksIn(mixed, "Overrides") : undefined;
  if (isKnown(overrides) && overrides.length > 0) return overrides.flatMap(typeOf);
  return [
    ...templateType(ofType, inner(mixed, "LaunchTemplateSpecification")),
    ...templateType(ofType, blockIn(group, "LaunchTemplate")),
    ...typeOf(linked(ofType("AWS::AutoScaling::LaunchConfiguration"), group, "LaunchConfigurationName")),
  ];
};

/** Instance types of the Auto Scaling group of a capacity provider, as far as the template knows them. */
export const groupTypes = (ofType: OfType, provider: StackResource): readonly string[] => {
  const group = linked(
    ofType("AWS::AutoScaling::AutoScalingGroup"),
    blockIn(provider, "AutoScalingGroupProvider"),
    "AutoScalingGroupArn",
  );
  return group === undefined ? [] : [...new Set(typesOf(ofType, group).filter(isKnown))].sort();
};
