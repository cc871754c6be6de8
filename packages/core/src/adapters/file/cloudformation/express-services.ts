import { blockIn, countIn, textIn, textsIn, within } from "../planned/block.ts";
import type { PlannedExpressService } from "../planned/express.ts";
import { isKnown, UNKNOWN } from "../planned/planned.ts";
import { type OfType, plannedResource, referenceIn, tagsOf } from "./stack-context.ts";
import { apiSpelling } from "./task-definitions.ts";

/** Services of Express Mode in a stack. */
export const stackExpressServices = (ofType: OfType): readonly PlannedExpressService[] =>
  ofType("AWS::ECS::ExpressGatewayService").map((resource) => {
    const container = blockIn(resource, "PrimaryContainer");
    const scaling = blockIn(resource, "ScalingTarget");
    const subnets = within(blockIn(resource, "NetworkConfiguration"), (network) => textsIn(network, "Subnets"));
    return {
      ...plannedResource(resource),
      name: textIn(resource, "ServiceName"),
      cluster: referenceIn(resource, "Cluster"),
      taskDefinition: referenceIn(resource, "TaskDefinitionArn"),
      cpu: textIn(resource, "Cpu"),
      memory: textIn(resource, "Memory"),
      architecture: textIn(resource, "CpuArchitecture"),
      container: isKnown(container) ? (apiSpelling(container.data) as PlannedExpressService["container"]) : undefined,
      minTasks: within(scaling, (block) => countIn(block, "MinTaskCount")),
      maxTasks: within(scaling, (block) => countIn(block, "MaxTaskCount")),
      scalingMetric: within(scaling, (block) => textIn(block, "AutoScalingMetric")),
      scalingTarget: within(scaling, (block) => countIn(block, "AutoScalingTargetValue")),
      subnets: subnets === UNKNOWN || subnets === undefined ? subnets : subnets.length,
      tags: tagsOf(resource),
    };
  });
