import type { StrategyItem } from "../../../domain/workload/service.ts";

/** What starts tasks that run and end: a rule of EventBridge, or a schedule of EventBridge Scheduler. */
export interface FoundSchedule {
  readonly kind: "rule" | "schedule";
  /** Name of the rule or schedule; a second target of a rule has its id behind it. */
  readonly name: string;
  /** What ECS says started its tasks, for example `events-rule/nightly`. */
  readonly startedBy: string;
  /** Name of the cluster. */
  readonly cluster: string;
  /** Family, or ARN with or without a revision. */
  readonly taskDefinition: string;
  /** Tasks that each run starts. */
  readonly tasks: number;
  /** `rate()`, `cron()` or `at()`; undefined for a rule on events. */
  readonly expression?: string;
  readonly launchType?: string;
  readonly strategy: readonly StrategyItem[];
  readonly publicIp: boolean;
  /** Of the tasks that it starts. */
  readonly tags: Readonly<Record<string, string>>;
}

type WireStrategy = readonly {
  readonly capacityProvider: string | undefined;
  readonly base?: number | undefined;
  readonly weight?: number | undefined;
}[];

/** A strategy with the defaults of ECS. */
export const strategyOf = (strategy: WireStrategy | undefined): readonly StrategyItem[] =>
  (strategy ?? []).map(({ capacityProvider = "", base = 0, weight = 0 }) => ({ capacityProvider, base, weight }));

/** What both services say about a task of ECS. */
interface EcsTarget {
  readonly TaskDefinitionArn?: string | undefined;
  readonly TaskCount?: number | undefined;
  readonly LaunchType?: string | undefined;
  readonly CapacityProviderStrategy?: WireStrategy | undefined;
  readonly NetworkConfiguration?:
    | { readonly awsvpcConfiguration?: { readonly AssignPublicIp?: string | undefined } | undefined }
    | undefined;
}

interface TagOfTask {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags by key. */
export const tagsOf = (tags: readonly TagOfTask[] | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((tags ?? []).flatMap(({ Key, Value = "" }) => (Key === undefined ? [] : [[Key, Value] as const])));

/** The name of a cluster of Amazon ECS by its ARN; undefined for the ARN of anything else. */
export const ecsClusterOf = (arn: string | undefined): string | undefined =>
  /^arn:[^:]*:ecs:[^:]*:[^:]*:cluster\/(?<name>[^/]+)$/.exec(arn ?? "")?.groups?.["name"];

/** The task that a target starts; what it leaves out is one task, where the cluster's defaults put it. */
export const taskOf = (
  target: EcsTarget,
): Pick<FoundSchedule, "taskDefinition" | "tasks" | "launchType" | "strategy" | "publicIp"> => {
  const strategy = strategyOf(target.CapacityProviderStrategy);
  return {
    taskDefinition: target.TaskDefinitionArn ?? "",
    tasks: target.TaskCount ?? 1,
    ...(target.LaunchType === undefined || strategy.length > 0 ? {} : { launchType: target.LaunchType }),
    strategy,
    publicIp: target.NetworkConfiguration?.awsvpcConfiguration?.AssignPublicIp === "ENABLED",
  };
};
