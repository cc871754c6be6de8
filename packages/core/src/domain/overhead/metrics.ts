import type { Assumption, Issue } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { Inventory } from "../workload/inventory.ts";
import type { Service } from "../workload/service.ts";
import { type InsightsMode, insightsOf } from "../workload/shared.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

type Mode = InsightsMode;

const KEYS: Readonly<Record<Exclude<Mode, "off">, string>> = {
  standard: "cw.metric_month",
  enhanced: "cw.container_insights_enhanced_ecs_metric_month",
};

/**
 * Metrics that Container Insights keeps for each dimension set, by what the set names. Task metrics have a set for the
 * cluster, each service, each task definition family and (enhanced) each task, once by service and once by family;
 * container metrics have one for the cluster and one for each container of those. Counted are the metrics of Fargate
 * tasks without EBS volumes, health checks and restart policies.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html
 * checked 2026-11-20
 */
const CONTAINER_INSIGHTS_METRICS = {
  /** TaskCount, ServiceCount, ContainerInstanceCount. */
  clusterOnly: 3,
  /** RunningTaskCount, PendingTaskCount, DesiredTaskCount, DeploymentCount, TaskSetCount. */
  serviceOnly: 5,
  /** CPU and memory used and reserved, storage read and write, ephemeral storage used and reserved. */
  standardTask: 8,
  /** Those, the utilization of task CPU, memory and ephemeral storage, and ContainerCpuUtilization. */
  enhancedTask: 12,
  /** Bytes received and sent, in the network modes awsvpc and bridge. */
  standardNetwork: 2,
  /** Those, and the same of containers. */
  enhancedNetwork: 4,
  /** Container CPU used and reserved; memory used, reserved and utilization; storage read and write. */
  container: 7,
} as const;

const COUNTED: Assumption = {
  code: "container-insights-metric-count",
  detail:
    "Container Insights metrics are counted from the documented dimension sets. Standard: 13 a cluster, 25 a service. " +
    "Enhanced: 26 a cluster; 37 a service, 32 a running task, and 14 a container for the service and again for each " +
    "running task. Fewer without task networking and for standalone tasks; volumes, health checks and restart policies " +
    "add some. A task definition without a list of containers counts as one container.",
};

const LOGS_UNKNOWN: Issue = {
  code: "unknown-cost",
  severity: "info",
  subject: "containerInsights",
  detail:
    "Container Insights writes its performance events to CloudWatch Logs. Their size is not known, so their ingestion " +
    "is not included; whether enhanced observability bills it at all is not documented.",
};

/** Metrics of the clusters themselves, a line for each. */
export const clusterMetricUsage = (inventory: Inventory): Overhead => {
  const clusters = [...new Set(inventory.services.map((service) => service.cluster))].sort();
  const usages = clusters.flatMap((cluster) => ofCluster(cluster, insightsOf(inventory.shared, cluster)));
  return usages.length === 0 ? overheadOf([]) : overheadOf(usages, [COUNTED], [LOGS_UNKNOWN]);
};

const ofCluster = (cluster: string, mode: Mode) => {
  if (mode === "off") return [];
  const { clusterOnly, container } = CONTAINER_INSIGHTS_METRICS;
  const count = clusterOnly + taskMetrics(mode, true) + (mode === "enhanced" ? container : 0);
  return usageOf(KEYS[mode], new Decimal(count), cluster);
};

/** Metric-months of one service, its task definition family, its running tasks and their containers. */
export const serviceMetricUsage = (service: Service, averageTasks: Decimal, mode: Mode): Overhead => {
  if (mode === "off" || averageTasks.isZero()) return overheadOf([]);
  const count = mode === "standard" ? standardCount(service) : enhancedCount(service, averageTasks);
  return overheadOf(usageOf(KEYS[mode], count, "Container Insights"), [COUNTED]);
};

const standardCount = (service: Service): Decimal => {
  const scopes = scopesOf(service);
  return new Decimal(taskMetrics("standard", hasNetwork(service)) * scopes + serviceOnly(service));
};

/** Tasks and containers count for as long as they run, because metrics are prorated by the hour. */
const enhancedCount = (service: Service, averageTasks: Decimal): Decimal => {
  const containers = Math.max(1, service.task?.containers.length ?? 0);
  const ofTask = taskMetrics("enhanced", hasNetwork(service));
  const perScope = ofTask + CONTAINER_INSIGHTS_METRICS.container * containers;
  return averageTasks
    .plus(1)
    .times(perScope * scopesOf(service))
    .plus(serviceOnly(service));
};

/** Sets by service and by family; a standalone task has no service. */
const scopesOf = (service: Service): number => (service.demand?.kind === "runs" ? 1 : 2);

const serviceOnly = (service: Service): number =>
  service.demand?.kind === "runs" ? 0 : CONTAINER_INSIGHTS_METRICS.serviceOnly;

const hasNetwork = (service: Service): boolean => {
  const mode = service.task?.networkMode ?? "awsvpc";
  return mode === "awsvpc" || mode === "bridge";
};

const taskMetrics = (mode: Exclude<Mode, "off">, network: boolean): number => {
  const metrics = CONTAINER_INSIGHTS_METRICS;
  if (mode === "standard") return metrics.standardTask + (network ? metrics.standardNetwork : 0);
  return metrics.enhancedTask + (network ? metrics.enhancedNetwork : 0);
};
