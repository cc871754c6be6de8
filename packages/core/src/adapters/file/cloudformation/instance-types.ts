import { type Block, blockIn, blocksIn, countIn, textIn, within } from "../planned/block.ts";
import { isKnown, isLink, type Planned, type ProviderPurchase, UNKNOWN } from "../planned/planned.ts";
import { groupPurchase } from "../planned/providers.ts";
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

/** What a template knows of the Auto Scaling group of a capacity provider. */
export interface GroupFacts {
  readonly instanceTypes: readonly string[];
  readonly purchase: Planned<ProviderPurchase>;
}

const NOTHING: GroupFacts = { instanceTypes: [], purchase: UNKNOWN };

const isSpotTemplate = (template: StackResource): Planned<boolean> => {
  const data = blockIn(template, "LaunchTemplateData");
  const market = within(data, (inside) =>
    within(blockIn(inside, "InstanceMarketOptions"), (options) => textIn(options, "MarketType")),
  );
  return market === UNKNOWN ? UNKNOWN : market === "spot";
};

/** Undefined where the template of the group is not in the inputs. */
const spotTemplateOf = (ofType: OfType, group: StackResource): Planned<boolean> => {
  const configuration = linked(ofType("AWS::AutoScaling::LaunchConfiguration"), group, "LaunchConfigurationName");
  if (configuration !== undefined) return isKnown(textIn(configuration, "SpotPrice"));
  const mixed = inner(inner(blockIn(group, "MixedInstancesPolicy"), "LaunchTemplate"), "LaunchTemplateSpecification");
  const templates = ofType("AWS::EC2::LaunchTemplate");
  const template =
    linked(templates, blockIn(group, "LaunchTemplate"), "LaunchTemplateId") ??
    linked(templates, mixed, "LaunchTemplateId");
  return template === undefined ? undefined : isSpotTemplate(template);
};

const purchaseOf = (ofType: OfType, group: StackResource): Planned<ProviderPurchase> => {
  const policy = blockIn(group, "MixedInstancesPolicy");
  const distribution = within(policy, (inside) => blockIn(inside, "InstancesDistribution"));
  const count = (key: string) => within(distribution, (inside) => countIn(inside, key));
  return groupPurchase({
    base: count("OnDemandBaseCapacity"),
    percentAbove: count("OnDemandPercentageAboveBaseCapacity"),
    spotTemplate: spotTemplateOf(ofType, group),
  });
};

/** Instance types of the Auto Scaling group of a capacity provider and how they are bought, as far as is known. */
export const groupFacts = (ofType: OfType, provider: StackResource): GroupFacts => {
  const group = linked(
    ofType("AWS::AutoScaling::AutoScalingGroup"),
    blockIn(provider, "AutoScalingGroupProvider"),
    "AutoScalingGroupArn",
  );
  if (group === undefined) return NOTHING;
  return {
    instanceTypes: [...new Set(typesOf(ofType, group).filter(isKnown))].sort(),
    purchase: purchaseOf(ofType, group),
  };
};
