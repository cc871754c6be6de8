import { parseEcsArn } from "../../../domain/workload/arn.ts";
import type { NamedRegion } from "../planned/draft.ts";
import { expressParts } from "../planned/express.ts";
import type { PlannedResources, PlannedService, Reference } from "../planned/planned.ts";
import { stackCapacityProviders, stackClusterProviders, stackClusters, stackServices } from "./ecs-resources.ts";
import { stackExpressServices } from "./express-services.ts";
import { stackInstanceGroups } from "./instance-groups.ts";
import { stackEndpoints, stackLoadBalancers, stackLogGroups, stackNatGateways } from "./network-resources.ts";
import { stackScalableTargets, stackScalingPolicies, stackScheduledActions } from "./scaling-resources.ts";
import type { Stack, StackResource } from "./stack.ts";
import type { OfType } from "./stack-context.ts";
import { stackTaskDefinitions } from "./task-definitions.ts";
import { stackTaskSchedules } from "./task-schedules.ts";
import { toReference } from "./template-value.ts";

const regionsOf = (
  file: string,
  region: string | undefined,
  services: readonly PlannedService[],
): readonly NamedRegion[] => {
  if (region !== undefined) return [{ region, place: () => ({ file }) }];
  return services.flatMap(({ cluster, taskDefinition, place }) =>
    [cluster, taskDefinition].flatMap((reference) => {
      const named = typeof reference === "string" ? parseEcsArn(reference)?.region : undefined;
      return named === undefined || named === "" ? [] : [{ region: named, place }];
    }),
  );
};

/** What of a plan is read from resources as CloudFormation spells them. */
export type StackParts = Omit<
  PlannedResources,
  "file" | "realPath" | "knownAfter" | "defaultCount" | "regions" | "held" | "exports" | "nested" | "notes"
>;

/** Resources of a stack that have a bearing on the cost of ECS. */
export const stackParts = (resources: readonly StackResource[]): StackParts => {
  const byType = Map.groupBy(resources, ({ type }) => type);
  const ofType: OfType = (type) => byType.get(type) ?? [];
  const express = expressParts(stackExpressServices(ofType));
  return {
    clusters: stackClusters(ofType),
    clusterProviders: stackClusterProviders(ofType),
    capacityProviders: stackCapacityProviders(ofType),
    instanceGroups: stackInstanceGroups(ofType),
    taskDefinitions: [...stackTaskDefinitions(ofType), ...express.taskDefinitions],
    services: [...stackServices(ofType), ...express.services],
    scalableTargets: [...stackScalableTargets(ofType), ...express.scalableTargets],
    scalingPolicies: [...stackScalingPolicies(ofType), ...express.scalingPolicies],
    scheduledActions: stackScheduledActions(ofType),
    taskSchedules: stackTaskSchedules(ofType),
    natGateways: stackNatGateways(ofType),
    endpoints: stackEndpoints(ofType),
    loadBalancers: [...stackLoadBalancers(ofType), ...express.loadBalancers],
    logGroups: stackLogGroups(ofType),
  };
};

const DEFAULT_COUNT = { tasks: 1, detail: "DesiredCount is not set, so CloudFormation creates it with 1 task" };

const exportsOf = ({ exports }: Stack): ReadonlyMap<string, Reference> =>
  new Map([...exports].map(([name, value]) => [name, toReference(value)]));

/** What a stack deploys. */
export const plannedStack = (stack: Stack, file: string, region: string | undefined): PlannedResources => {
  const parts = stackParts(stack.resources);
  return {
    file,
    knownAfter: "deployment",
    defaultCount: DEFAULT_COUNT,
    regions: regionsOf(file, region, parts.services),
    ...parts,
    held: stack.held,
    exports: exportsOf(stack),
    nested: stack.nested,
    notes: stack.notes,
  };
};
