import {
  type Block,
  blockIn,
  blocksIn,
  countIn,
  flagIn,
  listIn,
  tagsIn,
  textIn,
  textsIn,
  within,
} from "../planned/block.ts";
import {
  isKnown,
  type Planned,
  type PlannedCapacityProvider,
  type PlannedCluster,
  type PlannedClusterProviders,
  type PlannedService,
  type PlannedStrategyItem,
  type PlannedVolume,
  type Reference,
  UNKNOWN,
} from "../planned/planned.ts";
import { allowedTypes, managedNeeds, managedPurchase } from "../planned/providers.ts";
import { readRequirements } from "../planned/requirements.ts";
import { groupKeyOf } from "./instance-groups.ts";
import { type GroupFacts, groupFacts } from "./instance-types.ts";
import { keyOf, type PlanContext, plannedResource, referenceIn } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

/** Items of a strategy are a set: their order tells nothing about which expression gave which. */
export const strategyIn = (
  context: PlanContext,
  resource: PlanResource,
  setting: string,
): Planned<readonly PlannedStrategyItem[]> => {
  const items = blocksIn(resource, setting);
  if (items === undefined || items === UNKNOWN) return items;
  const names = items.map((item) => textIn(item, "capacity_provider"));
  const linked = context.references.from(resource, [setting], "aws_ecs_capacity_provider");
  const [link] = linked;
  const isOnlyOne = linked.length === 1 && names.filter((name) => name === UNKNOWN).length === 1;
  return items.map((item, i): PlannedStrategyItem => {
    const name: Reference = names[i];
    return {
      capacityProvider: name === UNKNOWN && isOnlyOne && link !== undefined ? { to: keyOf(context, link) } : name,
      base: countIn(item, "base"),
      weight: countIn(item, "weight"),
    };
  });
};

/** Where locals stand between a service and its task definition, the plan does not say which one it is. */
const besideOf = (context: PlanContext, service: PlanResource): PlanResource | undefined => {
  const inModule = context.ofType("aws_ecs_task_definition").filter(({ module }) => module === service.module);
  const sameKey = inModule.filter(({ index }) => index === service.index);
  const sameName = sameKey.filter(({ name }) => name === service.name);
  return [inModule, sameKey, sameName].find((candidates) => candidates.length === 1)?.[0];
};

const volumesOf = (service: PlanResource): readonly PlannedVolume[] => {
  const volumes = blocksIn(service, "volume_configuration");
  if (volumes === undefined || volumes === UNKNOWN) return [];
  return volumes.map((volume) => {
    const ebs = blockIn(volume, "managed_ebs_volume");
    return {
      type: within(ebs, (block) => textIn(block, "volume_type")),
      gib: within(ebs, (block) => countIn(block, "size_in_gb")),
      iops: within(ebs, (block) => countIn(block, "iops")),
      throughputMiBps: within(ebs, (block) => countIn(block, "throughput")),
    };
  });
};

const isGiven = (value: Planned<readonly unknown[]>): boolean =>
  value !== undefined && value !== UNKNOWN && value.length > 0;

/** What the configuration leaves to the provider is unknown in a plan, and not set. */
const ownIn = <T>(context: PlanContext, resource: PlanResource, setting: string, value: Planned<T>): Planned<T> =>
  value === UNKNOWN && !context.references.sets(resource, setting) ? undefined : value;

const SECONDS_OF_STANDARD_METRICS = 60;

const deploymentOf = (
  resource: PlanResource,
): Pick<PlannedService, "deploymentStrategy" | "bakeMinutes" | "behindLattice" | "fastMetrics"> => {
  const deployment = blockIn(resource, "deployment_configuration");
  const metrics = within(blockIn(resource, "monitoring"), (block) => blocksIn(block, "metric_configurations"));
  const seconds = (isKnown(metrics) ? metrics : []).map((metric) => countIn(metric, "resolution_seconds"));
  return {
    deploymentStrategy: within(deployment, (block) => textIn(block, "strategy")),
    bakeMinutes: within(deployment, (block) => countIn(block, "bake_time_in_minutes")),
    behindLattice: isGiven(listIn(resource, "vpc_lattice_configurations")),
    fastMetrics: seconds.some((each) => isKnown(each) && each < SECONDS_OF_STANDARD_METRICS),
  };
};

const serviceOf = (context: PlanContext, resource: PlanResource): PlannedService => {
  const named = referenceIn(context, resource, "task_definition", "aws_ecs_task_definition");
  const beside = named === UNKNOWN ? besideOf(context, resource) : undefined;
  return {
    ...plannedResource(context, resource),
    name: textIn(resource, "name"),
    cluster: referenceIn(context, resource, "cluster", "aws_ecs_cluster"),
    taskDefinition: beside === undefined ? named : { to: keyOf(context, beside) },
    ...(beside === undefined ? {} : { taskDefinitionBeside: true }),
    desiredCount: countIn(resource, "desired_count"),
    launchType: ownIn(context, resource, "launch_type", textIn(resource, "launch_type")),
    strategy: ownIn(
      context,
      resource,
      "capacity_provider_strategy",
      strategyIn(context, resource, "capacity_provider_strategy"),
    ),
    scheduling: textIn(resource, "scheduling_strategy"),
    publicIp: within(blockIn(resource, "network_configuration"), (network) => flagIn(network, "assign_public_ip")),
    minimumHealthyPercent: countIn(resource, "deployment_minimum_healthy_percent"),
    placementConstraints: isGiven(listIn(resource, "placement_constraints")),
    ...deploymentOf(resource),
    volumes: volumesOf(resource),
    tags: tagsIn(resource, "tags_all", "tags"),
  };
};

/** Services of a plan. */
export const planServices = (context: PlanContext): readonly PlannedService[] =>
  context.ofType("aws_ecs_service").map((resource) => serviceOf(context, resource));

const insightsOf = (cluster: PlanResource): Planned<string> => {
  const settings = blocksIn(cluster, "setting");
  if (settings === undefined || settings === UNKNOWN) return settings;
  const setting = settings.find((item) => textIn(item, "name") === "containerInsights");
  return setting === undefined ? undefined : textIn(setting, "value");
};

/** Clusters of a plan. */
export const planClusters = (context: PlanContext): readonly PlannedCluster[] =>
  context.ofType("aws_ecs_cluster").map((resource) => ({
    ...plannedResource(context, resource),
    name: textIn(resource, "name"),
    arn: textIn(resource, "arn"),
    insights: insightsOf(resource),
    defaultStrategy: strategyIn(context, resource, "default_capacity_provider_strategy"),
  }));

/** Default strategies of clusters that are resources of their own. */
export const planClusterProviders = (context: PlanContext): readonly PlannedClusterProviders[] =>
  context.ofType("aws_ecs_cluster_capacity_providers").map((resource) => ({
    ...plannedResource(context, resource),
    cluster: referenceIn(context, resource, "cluster_name", "aws_ecs_cluster"),
    defaultStrategy: strategyIn(context, resource, "default_capacity_provider_strategy"),
  }));

const managedFacts = (managed: Planned<Block>): GroupFacts & ReturnType<typeof managedNeeds> => {
  const template = within(managed, (provider) => blockIn(provider, "instance_launch_template"));
  const requirements = within(template, (inside) => blockIn(inside, "instance_requirements"));
  return {
    purchase: managedPurchase(template, "capacity_option_type"),
    instanceTypes: allowedTypes(requirements, "allowed_instance_types"),
    ...managedNeeds(
      readRequirements(requirements, "plan"),
      within(template, (inside) =>
        within(blockIn(inside, "storage_configuration"), (storage) => countIn(storage, "storage_size_gib")),
      ),
    ),
  };
};

const groupSide = (context: PlanContext, resource: PlanResource, group: Planned<Block>) => {
  const key = groupKeyOf(context, resource);
  const status = within(group, (provider) =>
    within(blockIn(provider, "managed_scaling"), (scaling) => textIn(scaling, "status")),
  );
  return {
    ...(key === undefined ? {} : { group: key }),
    managedScaling: status !== "DISABLED",
  };
};

/** Capacity providers of a plan. */
export const planCapacityProviders = (context: PlanContext): readonly PlannedCapacityProvider[] =>
  context.ofType("aws_ecs_capacity_provider").map((resource) => {
    const managed = blockIn(resource, "managed_instances_provider");
    const group = blockIn(resource, "auto_scaling_group_provider");
    return {
      ...plannedResource(context, resource),
      name: textIn(resource, "name"),
      cluster: managed === undefined ? undefined : referenceIn(context, resource, "cluster", "aws_ecs_cluster"),
      kind: managed === undefined ? "auto-scaling-group" : "managed-instances",
      ...groupSide(context, resource, group),
      targetCapacity: within(group, (provider) =>
        within(blockIn(provider, "managed_scaling"), (scaling) =>
          textIn(scaling, "status") === "DISABLED" ? undefined : countIn(scaling, "target_capacity"),
        ),
      ),
      ...(managed === undefined ? groupFacts(context, resource) : managedFacts(managed)),
    };
  });

/** Compatibilities are a set. */
export const compatibilitiesOf = (resource: PlanResource): Planned<readonly string[]> =>
  textsIn(resource, "requires_compatibilities");
