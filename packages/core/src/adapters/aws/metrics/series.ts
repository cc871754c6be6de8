/** A service of ECS where it runs. */
export interface ServiceRef {
  readonly region: string;
  readonly cluster: string;
  readonly service: string;
}

/** The columns of a point, in the order in which series are asked for. */
export const COLUMNS = ["cpu", "memory", "cpuMaximum", "memoryMaximum", "tasks"] as const;
export type Column = (typeof COLUMNS)[number];

interface MetricOfColumn {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
}

const METRICS: Readonly<Record<Column, MetricOfColumn>> = {
  cpu: { namespace: "AWS/ECS", metric: "CPUUtilization", statistic: "Average" },
  memory: { namespace: "AWS/ECS", metric: "MemoryUtilization", statistic: "Average" },
  cpuMaximum: { namespace: "AWS/ECS", metric: "CPUUtilization", statistic: "Maximum" },
  memoryMaximum: { namespace: "AWS/ECS", metric: "MemoryUtilization", statistic: "Maximum" },
  tasks: { namespace: "ECS/ContainerInsights", metric: "RunningTaskCount", statistic: "Average" },
};

/** One series that CloudWatch has of a service. */
export interface SeriesRef {
  readonly owner: ServiceRef;
  readonly column: Column;
}

/** Name of a service among all regions; the cache keeps its points under it. */
export const ownerName = ({ region, cluster, service }: ServiceRef): string => `${region}/${cluster}/${service}`;

/** Name of a series in the cache; a period is another series. */
export const seriesName = (column: Column): string => {
  const { namespace, metric, statistic } = METRICS[column];
  return `${namespace}|${metric}|${statistic}`;
};

/** The series as a query of GetMetricData; the id comes back with the result. */
export const metricQuery = ({ owner, column }: SeriesRef, id: string, period: number) => {
  const { namespace, metric, statistic } = METRICS[column];
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: [
          { Name: "ClusterName", Value: owner.cluster },
          { Name: "ServiceName", Value: owner.service },
        ],
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
