import { type Block, blockIn, blocksIn, countIn, textIn, within } from "../planned/block.ts";
import { isKnown, type Planned, type ProviderPurchase, UNKNOWN } from "../planned/planned.ts";
import { groupPurchase, joinPurchases } from "../planned/providers.ts";
import type { PlanContext } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const TEMPLATES = ["aws_launch_template", "aws_launch_configuration"];

/** Launch templates of a group: those that it refers to, else the ones beside it, since locals may stand between. */
export const templatesOf = (context: PlanContext, group: PlanResource): readonly PlanResource[] => {
  const settings = ["launch_template", "launch_configuration", "mixed_instances_policy"];
  const referred = TEMPLATES.flatMap((type) =>
    settings.flatMap((setting) => context.references.from(group, [setting], type)),
  );
  return referred.length > 0 ? referred : context.ofType(...TEMPLATES).filter(({ module }) => module === group.module);
};

const inner = (block: Planned<Block>, key: string): Planned<Block> =>
  isKnown(block) ? blockIn(block, key) : undefined;

const overridesOf = (group: PlanResource): readonly Planned<string>[] => {
  const template = inner(blockIn(group, "mixed_instances_policy"), "launch_template");
  const overrides = isKnown(template) ? blocksIn(template, "override") : undefined;
  return isKnown(overrides) ? overrides.map((override) => textIn(override, "instance_type")) : [];
};

/** What the plan knows of the Auto Scaling group of a capacity provider. */
export interface GroupFacts {
  readonly instanceTypes: readonly string[];
  readonly purchase: Planned<ProviderPurchase>;
}

/** Whether a template or configuration asks for Spot instances. */
export const isSpotTemplate = (template: PlanResource): Planned<boolean> => {
  if (template.type === "aws_launch_configuration") return isKnown(textIn(template, "spot_price"));
  const market = within(blockIn(template, "instance_market_options"), (options) => textIn(options, "market_type"));
  return market === UNKNOWN ? UNKNOWN : market === "spot";
};

const spotOf = (templates: readonly PlanResource[]): Planned<boolean> => {
  const [first, ...others] = [...new Set(templates.map(isSpotTemplate))];
  return others.length === 0 ? first : UNKNOWN;
};

const purchaseOf = (group: PlanResource, templates: readonly PlanResource[]): Planned<ProviderPurchase> => {
  const policy = blockIn(group, "mixed_instances_policy");
  const distribution = within(policy, (inside) => blockIn(inside, "instances_distribution"));
  const count = (key: string) => within(distribution, (inside) => countIn(inside, key));
  return groupPurchase({
    base: count("on_demand_base_capacity"),
    percentAbove: count("on_demand_percentage_above_base_capacity"),
    spotTemplate: spotOf(templates),
  });
};

/** Instance types of the Auto Scaling group of a capacity provider and how they are bought, as far as the plan knows. */
export const groupFacts = (context: PlanContext, provider: PlanResource): GroupFacts => {
  const groups = context.references.from(provider, ["auto_scaling_group_provider"], "aws_autoscaling_group");
  const found = groups.map(
    (group): { readonly types: readonly string[]; readonly purchase: Planned<ProviderPurchase> } => {
      const overrides = overridesOf(group).filter(isKnown);
      const templates = templatesOf(context, group);
      const ofTemplates = templates.map((template) => textIn(template, "instance_type")).filter(isKnown);
      return {
        types: overrides.length > 0 ? overrides : ofTemplates,
        purchase: purchaseOf(group, templates),
      };
    },
  );
  return {
    instanceTypes: [...new Set(found.flatMap(({ types }) => types))].sort(),
    purchase: joinPurchases(found.map(({ purchase }) => purchase)),
  };
};
