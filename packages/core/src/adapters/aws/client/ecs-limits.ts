import type { Limits } from "./limiter.ts";

/** What Amazon ECS counts together: a bucket of calls that may come at once, refilled at a rate a second. */
const BUCKETS: Readonly<Record<string, string>> = {
  "ecs:ListClusters": "ecs-clusters",
  "ecs:DescribeClusters": "ecs-clusters",
  "ecs:ListServices": "ecs-services",
  "ecs:DescribeServices": "ecs-services",
  "ecs:DescribeTaskDefinition": "ecs-task-definitions",
  "ecs:DescribeCapacityProviders": "ecs-capacity-providers",
};

/** Tasks and container instances. */
const OTHERS = "ecs-cluster-resources";

/** The bucket that an action of Amazon ECS is counted in; undefined for other services. */
export const ecsBucket = (action: string): string | undefined =>
  action.startsWith("ecs:") ? (BUCKETS[action] ?? OTHERS) : undefined;

const REFILL = 20;
const limits = (burst: number): Limits => ({ concurrency: 10, callsPerSecond: REFILL, burst });

/**
 * Four fifths of the burst that AWS publishes for each bucket, 50 or 100, and the rate at which all are refilled.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html (checked 2026-11-20)
 */
export const ECS_LIMITS: Readonly<Record<string, Limits>> = {
  "ecs-clusters": limits(40),
  "ecs-services": limits(80),
  "ecs-task-definitions": limits(40),
  "ecs-capacity-providers": limits(40),
  [OTHERS]: limits(80),
};
