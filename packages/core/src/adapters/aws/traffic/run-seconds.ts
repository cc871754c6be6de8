import type { Assumption } from "../../../domain/issues/issue.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import type { Service } from "../../../domain/workload/service.ts";
import type { RegionFacts } from "../discovery/region-facts.ts";
import { insightsOf } from "../discovery/shared-facts.ts";
import type { SumQuery, SumWindow } from "./read-sums.ts";

/** A family of tasks in a cluster. */
export interface ClusterFamily {
  readonly cluster: string;
  readonly family: string;
}

/** Name of a family among all clusters. */
export const familyKey = ({ cluster, family }: ClusterFamily): string => `${cluster}/${family}`;

const familyOf = (taskDefinition: string | undefined): string => parseTaskDefinitionRef(taskDefinition ?? "").family;

/** Families that one schedule starts and nothing else does, where Container Insights is on. */
export const scheduledFamilies = ({ clusters, schedules }: RegionFacts): readonly ClusterFamily[] =>
  clusters
    .filter((cluster) => insightsOf(cluster) !== "off")
    .flatMap(({ name, services, standalone }) => {
      const byFamily = Map.groupBy(
        schedules.filter(({ cluster }) => cluster === name),
        ({ taskDefinition }) => familyOf(taskDefinition),
      );
      const starters = new Set(schedules.map(({ startedBy }) => startedBy));
      const others = new Set([
        ...services.map(({ taskDefinition }) => familyOf(taskDefinition)),
        ...standalone
          .filter(({ startedBy }) => startedBy.length === 0 || startedBy.some((starter) => !starters.has(starter)))
          .map(({ taskDefinition }) => familyOf(taskDefinition)),
      ]);
      return [...byFamily]
        .filter(([family, own]) => own.length === 1 && own[0]?.expression !== undefined && !others.has(family))
        .map(([family]) => ({ cluster: name, family }));
    });

/** A sample stands for a task and a minute. */
export const minutesQuery = ({ cluster, family }: ClusterFamily): SumQuery => ({
  namespace: "ECS/ContainerInsights",
  metric: "CpuUtilized",
  dimensions: { ClusterName: cluster, TaskDefinitionFamily: family },
  statistic: "SampleCount",
});

const HOURS_PER_MONTH = 730;
/** Fewer runs in the window say too little about the next ones. */
const LEAST_RUNS = 7;

const secondsOf = (perMonth: string, minutes: number | undefined, { from, to }: SumWindow): number | undefined => {
  const runs = new Decimal(perMonth)
    .times(to - from)
    .dividedBy(3600)
    .dividedBy(HOURS_PER_MONTH);
  if (minutes === undefined || minutes <= 0 || runs.lessThan(LEAST_RUNS)) return undefined;
  return new Decimal(minutes).times(60).dividedBy(runs).toDecimalPlaces(1).toNumber();
};

const MEASURED: Assumption = {
  code: "run-seconds-measured",
  detail:
    "How long scheduled tasks run is measured: minutes for which Container Insights has a sample of them, each taken whole, over the runs " +
    "that their schedule makes in the days that were read",
};

/** An inventory in which scheduled tasks have a demand as far as their minutes tell; `minutes` by `familyKey`. */
export const withRunSeconds = (
  inventory: Inventory,
  minutes: ReadonlyMap<string, number | undefined>,
  window: SumWindow,
): Inventory => {
  const settled = new Set<string>();
  const services = inventory.services.map((service): Service => {
    const { runsPerMonth: perMonth, cluster, taskDefinition, ...rest } = service;
    if (perMonth === undefined) return service;
    const seconds = secondsOf(perMonth, minutes.get(familyKey({ cluster, family: familyOf(taskDefinition) })), window);
    if (seconds === undefined) return service;
    settled.add(service.id);
    const definition = taskDefinition === undefined ? {} : { taskDefinition };
    return {
      ...rest,
      cluster,
      ...definition,
      demand: { kind: "runs", perMonth: Number(perMonth), seconds, pullSeconds: 0 },
    };
  });
  if (settled.size === 0) return inventory;
  return {
    ...inventory,
    services,
    issues: inventory.issues.filter(({ code, subject }) => code !== "unknown-demand" || !settled.has(subject)),
    assumptions: [...inventory.assumptions, MEASURED],
  };
};
