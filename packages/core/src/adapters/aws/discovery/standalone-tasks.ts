import type { Cluster, Service, Task } from "@aws-sdk/client-ecs";
import { allPages, inChunks } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy, textsOf } from "./region-run.ts";

const MOST_TASKS = 100;

/** Tasks of one task definition that run in no service. */
export interface StandaloneTasks {
  readonly taskDefinition: string;
  /** How many run now. */
  readonly running: number;
  /** What started them, for example `events-rule/nightly`; sorted. */
  readonly startedBy: readonly string[];
  /** How many of them each of these started. */
  readonly runningBy: Readonly<Record<string, number>>;
  readonly launchType?: string;
  readonly capacityProvider?: string;
}

const total = (counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((sum, each) => sum + (each ?? 0), 0);

/** Whether the cluster runs more tasks than its services do; only then it is worth listing them. */
const hasOthers = (cluster: Cluster, services: readonly Service[]): boolean => {
  const ofCluster = total([cluster.runningTasksCount, cluster.pendingTasksCount]);
  return ofCluster > total(services.flatMap(({ runningCount, pendingCount }) => [runningCount, pendingCount]));
};

const readTasks = async (run: RegionRun, cluster: string): Promise<readonly Task[]> => {
  const { aws, region } = run;
  const client = await aws.clients.ecs(region);
  const { ListTasksCommand, DescribeTasksCommand } = await import("@aws-sdk/client-ecs");
  const list = callOf(run, "ecs:ListTasks");
  const arns = await allPages(aws, list, (nextToken) => async (abortSignal) => {
    const page = await client.send(new ListTasksCommand({ cluster, nextToken, maxResults: 100 }), { abortSignal });
    return { items: textsOf(list, page.taskArns), next: page.nextToken };
  });
  const describe = callOf(run, "ecs:DescribeTasks");
  return inChunks([...new Set(arns)], MOST_TASKS, (chunk) =>
    aws.call(describe, async (abortSignal) => {
      const { tasks } = await client.send(new DescribeTasksCommand({ cluster, tasks: [...chunk] }), { abortSignal });
      return recordsOf(describe, tasks, ["taskArn"]);
    }),
  );
};

const summaryOf = (taskDefinition: string, tasks: readonly Task[]): StandaloneTasks => {
  const starters = Map.groupBy(
    tasks.filter(({ startedBy }) => startedBy),
    ({ startedBy = "" }) => startedBy,
  );
  const runningBy = sortedBy([...starters], ([starter]) => starter).map(([starter, own]) => [starter, own.length]);
  const [first] = tasks;
  return {
    taskDefinition,
    running: tasks.length,
    startedBy: [...starters.keys()].sort(),
    runningBy: Object.fromEntries(runningBy),
    ...(first?.launchType === undefined ? {} : { launchType: first.launchType }),
    ...(first?.capacityProviderName === undefined ? {} : { capacityProvider: first.capacityProviderName }),
  };
};

/** Tasks that run in no service, by task definition. Actions: ListTasks, DescribeTasks. */
export const readStandaloneTasks = async (
  run: RegionRun,
  cluster: Cluster,
  services: readonly Service[],
): Promise<readonly StandaloneTasks[]> => {
  if (!hasOthers(cluster, services)) return [];
  const { clusterName = "", clusterArn = "" } = cluster;
  const tasks = await attempt(run, clusterName, "its standalone tasks are missing", () => readTasks(run, clusterArn));
  const alone = (tasks ?? []).filter(({ group }) => group?.startsWith("service:") !== true);
  const groups = Map.groupBy(alone, ({ taskDefinitionArn = "" }) => taskDefinitionArn);
  const summaries = [...groups].filter(([arn]) => arn !== "").map(([arn, ofArn]) => summaryOf(arn, ofArn));
  return sortedBy(summaries, ({ taskDefinition }) => taskDefinition);
};
