import { blockIn, countIn, tagsIn, textIn, within } from "../planned/block.ts";
import type { PlannedExpressService } from "../planned/express.ts";
import { isKnown } from "../planned/planned.ts";
import { type PlanContext, plannedResource, referenceIn } from "./plan-context.ts";

/** Services of Express Mode in a plan. */
export const planExpressServices = (context: PlanContext): readonly PlannedExpressService[] =>
  context.ofType("aws_ecs_express_gateway_service").map((resource) => {
    const container = blockIn(resource, "primary_container");
    const scaling = blockIn(resource, "scaling_target");
    const network = blockIn(resource, "network_configuration");
    const image = within(container, (block) => textIn(block, "image"));
    const subnets = isKnown(network) ? network.data["subnets"] : undefined;
    return {
      ...plannedResource(context, resource),
      name: textIn(resource, "service_name"),
      cluster: referenceIn(context, resource, "cluster", "aws_ecs_cluster"),
      taskDefinition: undefined,
      cpu: textIn(resource, "cpu"),
      memory: textIn(resource, "memory"),
      architecture: textIn(resource, "cpu_architecture"),
      container: { name: "Main", ...(isKnown(image) ? { image } : {}) },
      minTasks: within(scaling, (block) => countIn(block, "min_task_count")),
      maxTasks: within(scaling, (block) => countIn(block, "max_task_count")),
      scalingMetric: within(scaling, (block) => textIn(block, "auto_scaling_metric")),
      scalingTarget: within(scaling, (block) => countIn(block, "auto_scaling_target_value")),
      subnets: Array.isArray(subnets) ? subnets.length : undefined,
      tags: tagsIn(resource, "tags_all", "tags"),
    };
  });
