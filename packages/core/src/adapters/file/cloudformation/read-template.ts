import { parseEcsArn } from "../../../domain/workload/arn.ts";
import { type Draft, EMPTY_DRAFT, type NamedRegion } from "../planned/draft.ts";
import type { PlannedResources, PlannedService, Reference } from "../planned/planned.ts";
import type { InputDocument } from "../text/document.ts";
import { manifestRegion, parametersBeside } from "./beside-template.ts";
import { stackCapacityProviders, stackClusterProviders, stackClusters, stackServices } from "./ecs-resources.ts";
import { stackEndpoints, stackLoadBalancers, stackLogGroups, stackNatGateways } from "./network-resources.ts";
import { stackScalableTargets, stackScalingPolicies } from "./scaling-resources.ts";
import { readStack, type Stack } from "./stack.ts";
import { stackTaskDefinitions } from "./task-definitions.ts";
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

const exportsOf = ({ exports }: Stack): ReadonlyMap<string, Reference> =>
  new Map([...exports].map(([name, value]) => [name, toReference(value)]));

const EMPTY_NOTE = "the template holds no resource that ECS workloads cost by";

/** Reads a CloudFormation template, as written or as the CDK synthesizes it, with its nested stacks. */
export const readTemplate = (document: InputDocument, realPath: string | undefined): Draft => {
  const { file } = document;
  const region = manifestRegion(file);
  const stack = readStack({
    document,
    root: file,
    prefix: "",
    parameters: parametersBeside(file),
    region,
    above: realPath === undefined ? [] : [realPath],
  });
  const byType = Map.groupBy(stack.resources, ({ type }) => type);
  const ofType = (type: string) => byType.get(type) ?? [];
  const services = stackServices(ofType);
  const isEmpty = stack.resources.length === 0;
  const planned: PlannedResources = {
    file,
    ...(realPath === undefined ? {} : { realPath }),
    knownAfter: "deployment",
    defaultCount: { tasks: 1, detail: "DesiredCount is not set, so CloudFormation creates it with 1 task" },
    regions: regionsOf(file, region, services),
    clusters: stackClusters(ofType),
    clusterProviders: stackClusterProviders(ofType),
    capacityProviders: stackCapacityProviders(ofType),
    taskDefinitions: stackTaskDefinitions(ofType),
    services,
    scalableTargets: stackScalableTargets(ofType),
    scalingPolicies: stackScalingPolicies(ofType),
    natGateways: stackNatGateways(ofType),
    endpoints: stackEndpoints(ofType),
    loadBalancers: stackLoadBalancers(ofType),
    logGroups: stackLogGroups(ofType),
    exports: exportsOf(stack),
    nested: stack.nested,
    notes: [...stack.notes, ...(isEmpty ? [{ severity: "info" as const, subject: file, detail: EMPTY_NOTE }] : [])],
  };
  return { ...EMPTY_DRAFT, planned: [planned] };
};
