import type { Issue } from "../../../domain/issues/issue.ts";
import type { Autoscaling } from "../../../domain/workload/service.ts";
import { type FoundScaling, type FoundScheduledAction, targetTrackingOf } from "./scaling.ts";

const tracked = (scaling: FoundScaling) => targetTrackingOf([scaling]).get(scaling.service) ?? [];

/** Of several targets on one metric the lowest wants the most tasks, which is what counts. */
const targetOf = (scaling: FoundScaling, metric: "cpu" | "memory"): number | undefined => {
  const targets = tracked(scaling).flatMap((each) => (each.metric === metric ? [each.targetPercent] : []));
  const legal = targets.filter((percent) => percent > 0 && percent <= 100);
  return legal.length === 0 ? undefined : Math.min(...legal);
};

/** Target tracking of a service as a workload file says it; undefined where none on CPU or memory is at work. */
export const autoscalingOf = (scaling: FoundScaling): Autoscaling | undefined => {
  const { minTasks, maxTasks, suspended } = scaling;
  const [cpuTargetPercent, memoryTargetPercent] = [targetOf(scaling, "cpu"), targetOf(scaling, "memory")];
  if (suspended || maxTasks < Math.max(1, minTasks)) return undefined;
  if (cpuTargetPercent === undefined && memoryTargetPercent === undefined) return undefined;
  return {
    minTasks,
    maxTasks,
    ...(cpuTargetPercent === undefined ? {} : { cpuTargetPercent }),
    ...(memoryTargetPercent === undefined ? {} : { memoryTargetPercent }),
  };
};

const boundsOf = ({ name, schedule, timezone = "UTC", minTasks, maxTasks }: FoundScheduledAction): string => {
  const bounds = [
    ...(minTasks === undefined ? [] : [`at least ${minTasks}`]),
    ...(maxTasks === undefined ? [] : [`at most ${maxTasks}`]),
  ];
  return `${name} (${schedule} ${timezone}: ${bounds.join(", ") || "nothing"})`;
};

const isSaid = ({ metric, targetValue = 0 }: FoundScaling["policies"][number], scaling: FoundScaling): boolean =>
  metric !== undefined &&
  targetValue <= 100 &&
  tracked({ ...scaling, policies: [{ name: "", type: "", metric, targetValue }] }).length > 0;

/** What scales a service and has no key in a workload file. */
export const scalingIssues = (scaling: FoundScaling): readonly Issue[] => {
  const { service, policies, scheduled, suspended } = scaling;
  const unsaid = policies.filter((policy) => !isSaid(policy, scaling));
  const info = (detail: string): Issue => ({ code: "ignored-input", severity: "info", subject: service, detail });
  const listed = unsaid.map(({ name, type, metric }) => `${name} (${metric ?? type})`).join(", ");
  return [
    ...(suspended && policies.length > 0
      ? [info("its scaling is suspended, so that its policies count for nothing")]
      : []),
    ...(unsaid.length > 0 && !suspended
      ? [info(`it is scaled by what a workload file cannot say: ${listed}; sizes are advised for the tasks that ran`)]
      : []),
    ...(scheduled.length > 0
      ? [
          info(
            `scheduled actions change its least and most tasks, of which the present ones are taken: ${scheduled.map(boundsOf).join("; ")}`,
          ),
        ]
      : []),
  ];
};
