import { type Block, blockIn, blocksIn, textIn } from "../planned/block.ts";
import { isKnown, type Planned } from "../planned/planned.ts";
import type { PlanContext } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const TEMPLATES = ["aws_launch_template", "aws_launch_configuration"];

/** Launch templates of a group: those that it refers to, else the ones beside it, since locals may stand between. */
const templatesOf = (context: PlanContext, group: PlanResource): readonly PlanResource[] => {
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

/** Instance types of the Auto Scaling group of a capacity provider, as far as the plan knows them. */
export const groupTypes = (context: PlanContext, provider: PlanResource): readonly string[] => {
  const groups = context.references.from(provider, ["auto_scaling_group_provider"], "aws_autoscaling_group");
  const types = groups.flatMap((group) => {
    const overrides = overridesOf(group).filter(isKnown);
    return overrides.length > 0
      ? overrides
      : templatesOf(context, group)
          .map((template) => textIn(template, "instance_type"))
          .filter(isKnown);
  });
  return [...new Set(types)].sort();
};
