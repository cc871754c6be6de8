import type { Cluster, ContainerInstance } from "@aws-sdk/client-ecs";
import { allPages, inChunks } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy, textsOf } from "./region-run.ts";

const MOST_INSTANCES = 100;

/** CPU units and MiB. */
export interface InstanceResources {
  readonly cpu: number;
  readonly memory: number;
}

/** A container instance of a cluster: what it registered, and what tasks have left of it. */
export interface FoundInstance {
  readonly cluster: string;
  readonly arn: string;
  readonly instanceType: string;
  readonly zone: string;
  readonly capacityProvider?: string;
  readonly registered: InstanceResources;
  readonly remaining: InstanceResources;
  readonly runningTasks: number;
  /** Whether tasks get network interfaces of their own beyond those of the instance type. */
  readonly eniTrunking: boolean;
}

const resourcesOf = (list: ContainerInstance["registeredResources"]): InstanceResources => {
  const of = (name: string): number => list?.find((resource) => resource.name === name)?.integerValue ?? 0;
  return { cpu: of("CPU"), memory: of("MEMORY") };
};

const instanceOf = (cluster: string, instance: ContainerInstance): FoundInstance => {
  const attribute = (name: string) => instance.attributes?.find((each) => each.name === name)?.value;
  const { containerInstanceArn = "", capacityProviderName, runningTasksCount = 0 } = instance;
  return {
    cluster,
    arn: containerInstanceArn,
    instanceType: attribute("ecs.instance-type") ?? "",
    zone: attribute("ecs.availability-zone") ?? "",
    ...(capacityProviderName === undefined ? {} : { capacityProvider: capacityProviderName }),
    registered: resourcesOf(instance.registeredResources),
    remaining: resourcesOf(instance.remainingResources),
    runningTasks: runningTasksCount,
    eniTrunking: attribute("ecs.awsvpc-trunk-id") !== undefined,
  };
};

const readOf = async (
  run: RegionRun,
  { clusterName = "", clusterArn = "" }: Cluster,
): Promise<readonly FoundInstance[]> => {
  const { aws, region } = run;
  const client = await aws.clients.ecs(region);
  const { ListContainerInstancesCommand, DescribeContainerInstancesCommand } = await import("@aws-sdk/client-ecs");
  const list = callOf(run, "ecs:ListContainerInstances");
  const arns = await allPages(aws, list, (nextToken) => async (abortSignal) => {
    const command = new ListContainerInstancesCommand({ cluster: clusterArn, nextToken, maxResults: 100 });
    const page = await client.send(command, { abortSignal });
    return { items: textsOf(list, page.containerInstanceArns), next: page.nextToken };
  });
  const describe = callOf(run, "ecs:DescribeContainerInstances");
  const found = await inChunks([...new Set(arns)], MOST_INSTANCES, (chunk) =>
    aws.call(describe, async (abortSignal) => {
      const command = new DescribeContainerInstancesCommand({ cluster: clusterArn, containerInstances: [...chunk] });
      const { containerInstances } = await client.send(command, { abortSignal });
      return recordsOf(describe, containerInstances, ["containerInstanceArn"]);
    }),
  );
  return sortedBy(
    found.map((instance) => instanceOf(clusterName, instance)),
    ({ arn }) => arn,
  );
};

/** The container instances of a cluster. Actions: ListContainerInstances, DescribeContainerInstances. */
export const readInstances = async (run: RegionRun, cluster: Cluster): Promise<readonly FoundInstance[]> => {
  if ((cluster.registeredContainerInstancesCount ?? 0) === 0) return [];
  return (await attempt(run, cluster.clusterName ?? "", "its instances are missing", () => readOf(run, cluster))) ?? [];
};
