import { type Block, blockIn, blocksIn, countIn, flagIn, listIn, textIn, within } from "../planned/block.ts";
import {
  isKnown,
  type Planned,
  type PlannedCapacityProvider,
  type PlannedCluster,
  type PlannedClusterProviders,
  type PlannedService,
  type PlannedStrategyItem,
  UNKNOWN,
} from "../planned/planned.ts";
import { allowedTypes, managedNeeds, managedPurchase } from "../planned/providers.ts";
import { readRequirements } from "../planned/requirements.ts";
import { groupKeyOf } from "./instance-groups.ts";
import { type GroupFacts, groupFacts } from "./instance-types.ts";
import type { StackResource } from "./stack.ts";
import { type OfType, plannedResource, referenceIn, tagsOf } from "./stack-context.ts";

const strategyIn = (resource: StackResource, setting: string): Planned<readonly PlannedStrategyItem[]> => {
  const items = blocksIn(resource, setting);
  if (items === undefined || items === UNKNOWN) return items;
  return items.map((item) => ({
    capacityProvider: referenceIn(item, "CapacityProvider"),
    base: countIn(item, "Base"),
    weight: countIn(item, "Weight"),
  }));
};

const inner = (block: Planned<Block>, key: string): Planned<Block> =>
  block === UNKNOWN || block === undefined ? block : blockIn(block, key);

const isGiven = (list: Planned<readonly unknown[]>): boolean => isKnown(list) && list.length > 0;

const SECONDS_OF_STANDARD_METRICS = 60;

const deploymentOf = (
  resource: StackResource,
): Pick<PlannedService, "deploymentStrategy" | "bakeMinutes" | "behindLattice" | "fastMetrics"> => {
  const deployment = blockIn(resource, "DeploymentConfiguration");
  const metrics = within(blockIn(resource, "Monitoring"), (block) => blocksIn(block, "MetricConfigurations"));
  const seconds = (isKnown(metrics) ? metrics : []).map((metric) => countIn(metric, "ResolutionSeconds"));
  return {
    deploymentStrategy: within(deployment, (block) => textIn(block, "Strategy")),
    bakeMinutes: within(deployment, (block) => countIn(block, "BakeTimeInMinutes")),
    behindLattice: isGiven(listIn(resource, "VpcLatticeConfigurations")),
    fastMetrics: seconds.some((each) => isKnown(each) && each < SECONDS_OF_STANDARD_METRICS),
  };
};

const serviceOf = (resource: StackResource): PlannedService => {
  const network = inner(blockIn(resource, "NetworkConfiguration"), "AwsvpcConfiguration");
  const volumes = blocksIn(resource, "VolumeConfigurations");
  return {
    ...plannedResource(resource),
    name: textIn(resource, "ServiceName"),
    cluster: referenceIn(resource, "Cluster"),
    taskDefinition: referenceIn(resource, "TaskDefinition"),
    desiredCount: countIn(resource, "DesiredCount"),
    launchType: textIn(resource, "LaunchType"),
    strategy: strategyIn(resource, "CapacityProviderStrategy"),
    scheduling: textIn(resource, "SchedulingStrategy"),
    publicIp: within(network, (block) => flagIn(block, "AssignPublicIp")),
    minimumHealthyPercent: within(blockIn(resource, "DeploymentConfiguration"), (block) =>
      countIn(block, "MinimumHealthyPercent"),
    ),
    placementConstraints: isGiven(listIn(resource, "PlacementConstraints")),
    ...deploymentOf(resource),
    volumes: (isKnown(volumes) ? volumes : []).map((volume) => {
      const ebs = blockIn(volume, "ManagedEBSVolume");
      return {
        type: within(ebs, (block) => textIn(block, "VolumeType")),
        gib: within(ebs, (block) => countIn(block, "SizeInGiB")),
        iops: within(ebs, (block) => countIn(block, "Iops")),
        throughputMiBps: within(ebs, (block) => countIn(block, "Throughput")),
      };
    }),
    tags: tagsOf(resource),
  };
};

/** Services of a stack. */
export const stackServices = (ofType: OfType): readonly PlannedService[] => ofType("AWS::ECS::Service").map(serviceOf);

const insightsOf = (cluster: StackResource): Planned<string> => {
  const settings = blocksIn(cluster, "ClusterSettings");
  if (settings === undefined || settings === UNKNOWN) return settings;
  const setting = settings.find((item) => textIn(item, "Name") === "containerInsights");
  return setting === undefined ? undefined : textIn(setting, "Value");
};

/** Clusters of a stack. */
export const stackClusters = (ofType: OfType): readonly PlannedCluster[] =>
  ofType("AWS::ECS::Cluster").map((resource) => ({
    ...plannedResource(resource),
    name: textIn(resource, "ClusterName"),
    arn: undefined,
    insights: insightsOf(resource),
    defaultStrategy: strategyIn(resource, "DefaultCapacityProviderStrategy"),
  }));

/** Default strategies of clusters that are resources of their own. */
export const stackClusterProviders = (ofType: OfType): readonly PlannedClusterProviders[] =>
  ofType("AWS::ECS::ClusterCapacityProviderAssociations").map((resource) => ({
    ...plannedResource(resource),
    cluster: referenceIn(resource, "Cluster"),
    defaultStrategy: strategyIn(resource, "DefaultCapacityProviderStrategy"),
  }));

const managedFacts = (managed: Planned<Block>): GroupFacts & ReturnType<typeof managedNeeds> => {
  const template = inner(managed, "InstanceLaunchTemplate");
  return {
    purchase: managedPurchase(template, "CapacityOptionType"),
    instanceTypes: allowedTypes(inner(template, "InstanceRequirements"), "AllowedInstanceTypes"),
    ...managedNeeds(
      readRequirements(inner(template, "InstanceRequirements"), "template"),
      within(inner(template, "StorageConfiguration"), (storage) => countIn(storage, "StorageSizeGiB")),
    ),
  };
};

const groupSide = (ofType: OfType, resource: StackResource, scaling: Planned<Block>) => {
  const key = groupKeyOf(ofType, resource);
  return {
    ...(key === undefined ? {} : { group: key }),
    managedScaling: within(scaling, (block) => textIn(block, "Status")) !== "DISABLED",
  };
};

/** Capacity providers of a stack. */
export const stackCapacityProviders = (ofType: OfType): readonly PlannedCapacityProvider[] =>
  ofType("AWS::ECS::CapacityProvider").map((resource) => {
    const managed = blockIn(resource, "ManagedInstancesProvider");
    const scaling = inner(blockIn(resource, "AutoScalingGroupProvider"), "ManagedScaling");
    return {
      ...plannedResource(resource),
      name: textIn(resource, "Name"),
      cluster: managed === undefined ? undefined : referenceIn(resource, "ClusterName"),
      kind: managed === undefined ? "auto-scaling-group" : "managed-instances",
      ...groupSide(ofType, resource, scaling),
      targetCapacity: within(scaling, (block) =>
        textIn(block, "Status") === "DISABLED" ? undefined : countIn(block, "TargetCapacity"),
      ),
      ...(managed === undefined ? groupFacts(ofType, resource) : managedFacts(managed)),
    };
  });
