import type { Autoscaling } from "../../../domain/workload/service.ts";
import type { Joined } from "./joined.ts";
import {
  isLink,
  known,
  type Planned,
  type PlannedScalableTarget,
  type PlannedScalingPolicy,
  type PlannedScheduledAction,
  type PlannedService,
  type Reference,
} from "./planned.ts";

const METRICS: ReadonlyMap<unknown, PlannedScalingPolicy["metric"]> = new Map([
  ["ECSServiceAverageCPUUtilization", "cpu"],
  ["ECSServiceAverageMemoryUtilization", "memory"],
]);

/** The utilization that a predefined metric of target tracking is; undefined for any other metric. */
export const trackedMetric = (type: Planned<string>): PlannedScalingPolicy["metric"] | undefined => METRICS.get(type);

/** How Application Auto Scaling scales a planned service. */
export interface PlannedScaling {
  readonly target: PlannedScalableTarget;
  readonly policies: readonly PlannedScalingPolicy[];
  readonly actions: readonly PlannedScheduledAction[];
}

/** Finds the scaling of a service by link, or by the names of its cluster and itself. */
export type ScalingFinder = (service: PlannedService, id: string) => PlannedScaling | undefined;

const keyOf = (joined: Joined, reference: Reference): string | undefined => {
  const settled = joined.settle(reference);
  if (isLink(settled)) return settled.to;
  return typeof settled === "string" ? settled : undefined;
};

/** A finder over the targets and policies of all inputs. */
export const scalingFinder = (joined: Joined): ScalingFinder => {
  const targets = joined.inputs.flatMap(({ scalableTargets }) => scalableTargets);
  const policies = joined.inputs.flatMap(({ scalingPolicies }) => scalingPolicies);
  const actions = joined.inputs.flatMap(({ scheduledActions }) => scheduledActions);
  const actionsBy = Map.groupBy(actions, ({ service }) => keyOf(joined, service));
  const targetsByService = Map.groupBy(targets, ({ service }) => keyOf(joined, service));
  const policiesBy = Map.groupBy(policies, ({ service }) => keyOf(joined, service));
  return (service, id) => {
    const names = [service.key, `service/${id}`];
    const target = names.flatMap((name) => targetsByService.get(name) ?? [])[0];
    if (target === undefined) return undefined;
    const own = [...names, target.key];
    return {
      target,
      policies: own.flatMap((name) => policiesBy.get(name) ?? []),
      actions: own.flatMap((name) => actionsBy.get(name) ?? []),
    };
  };
};

/** Target tracking as sizes are advised with; undefined without bounds or a target on CPU or memory. */
export const autoscalingOf = ({ target, policies }: PlannedScaling): Autoscaling | undefined => {
  const minTasks = known(target.minTasks);
  const maxTasks = known(target.maxTasks);
  const percent = (metric: "cpu" | "memory") => {
    const value = known(policies.find((policy) => policy.metric === metric)?.targetPercent);
    return value !== undefined && value > 0 && value <= 100 ? value : undefined;
  };
  const cpuTargetPercent = percent("cpu");
  const memoryTargetPercent = percent("memory");
  if (minTasks === undefined || maxTasks === undefined || maxTasks < Math.max(1, minTasks)) return undefined;
  if (cpuTargetPercent === undefined && memoryTargetPercent === undefined) return undefined;
  return {
    minTasks,
    maxTasks,
    ...(cpuTargetPercent === undefined ? {} : { cpuTargetPercent }),
    ...(memoryTargetPercent === undefined ? {} : { memoryTargetPercent }),
  };
};
