import { METRIC_COLUMNS } from "../../../domain/demand/metric-point.ts";

/** A service of ECS where it runs. */
export interface ServiceRef {
  readonly region: string;
  readonly cluster: string;
  readonly service: string;
}

/** A target group of a service behind an application load balancer, as CloudWatch names both. */
export interface TargetRef {
  readonly targetGroup: string;
  readonly loadBalancer: string;
}

/** Every column in the order in which series are asked for; those that are not of a point come as series of their own. */
export const COLUMNS = [...METRIC_COLUMNS, "requests", "receivedBytes", "sentBytes"] as const;
export type Column = (typeof COLUMNS)[number];

interface MetricOfColumn {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
}

/** Container Insights gives bytes a second, a sample for each task and minute; their sum stands for this many seconds. */
export const SECONDS_PER_SAMPLE = 60;

const METRICS: Readonly<Record<Column, MetricOfColumn>> = {
  cpu: { namespace: "AWS/ECS", metric: "CPUUtilization", statistic: "Average" },
  memory: { namespace: "AWS/ECS", metric: "MemoryUtilization", statistic: "Average" },
  cpuMaximum: { namespace: "AWS/ECS", metric: "CPUUtilization", statistic: "Maximum" },
  memoryMaximum: { namespace: "AWS/ECS", metric: "MemoryUtilization", statistic: "Maximum" },
  tasks: { namespace: "ECS/ContainerInsights", metric: "RunningTaskCount", statistic: "Average" },
  requests: { namespace: "AWS/ApplicationELB", metric: "RequestCount", statistic: "Sum" },
  receivedBytes: { namespace: "ECS/ContainerInsights", metric: "NetworkRxBytes", statistic: "Sum" },
  sentBytes: { namespace: "ECS/ContainerInsights", metric: "NetworkTxBytes", statistic: "Sum" },
};

/** Whether CloudWatch has a column only with Container Insights. */
export const needsInsights = (column: Column): boolean => METRICS[column].namespace === "ECS/ContainerInsights";

/** One series that CloudWatch has of a service. */
export interface SeriesRef {
  readonly owner: ServiceRef;
  readonly column: Column;
  /** The target group that requests go to. */
  readonly target?: TargetRef;
}

/** Name of a service among all regions; the cache keeps its points under it. */
export const ownerName = ({ region, cluster, service }: ServiceRef): string => `${region}/${cluster}/${service}`;

/** Name of a series in the cache; a period is another series. */
export const seriesName = ({ column, target }: Pick<SeriesRef, "column" | "target">): string => {
  const { namespace, metric, statistic } = METRICS[column];
  const name = `${namespace}|${metric}|${statistic}`;
  return target === undefined ? name : `${name}|${target.targetGroup}|${target.loadBalancer}`;
};

const dimensionsOf = ({ owner, target }: SeriesRef): readonly (readonly [string, string])[] =>
  target === undefined
    ? [
        ["ClusterName", owner.cluster],
        ["ServiceName", owner.service],
      ]
    : [
        ["TargetGroup", target.targetGroup],
        ["LoadBalancer", target.loadBalancer],
      ];

/** The series as a query of GetMetricData; the id comes back with the result. */
export const metricQuery = (series: SeriesRef, id: string, period: number) => {
  const { namespace, metric, statistic } = METRICS[series.column];
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: dimensionsOf(series).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: period,
      Stat: statistic,
    },
    ReturnData: true,
  };
};

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Services in their order of region, cluster and name, each once. */
export const orderedServices = (services: readonly ServiceRef[]): readonly ServiceRef[] => {
  const known = new Map(services.map((service) => [ownerName(service), service]));
  return [...known.values()].sort(
    (a, b) => byCodeUnits(a.region, b.region) || byCodeUnits(a.cluster, b.cluster) || byCodeUnits(a.service, b.service),
  );
};
