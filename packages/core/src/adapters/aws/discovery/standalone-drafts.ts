import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import type { LaunchType, Placement } from "../../../domain/workload/service.ts";
import type { Draft } from "../../file/planned/draft.ts";
import type { FoundCluster } from "./region-facts.ts";
import type { FoundSchedule } from "./schedules.ts";
import type { StandaloneTasks } from "./standalone-tasks.ts";
import { freeName, taskDraft } from "./task-draft.ts";

const placementOf = ({ launchType, capacityProvider }: StandaloneTasks): Placement => {
  if (capacityProvider !== undefined) return { kind: "strategy", items: [{ capacityProvider, base: 0, weight: 1 }] };
  return launchType === undefined
    ? { kind: "unspecified" }
    : { kind: "launch-type", launchType: launchType as LaunchType };
};

/** ECS cuts off what started a task after so many characters. */
const MOST_STARTER = 36;

const isStartedBy = (starter: string, { startedBy }: FoundSchedule): boolean =>
  starter === startedBy || (starter.length >= MOST_STARTER && startedBy.startsWith(starter));

/** Without the tasks that schedules started, which count as runs of those. */
const withoutScheduled = (tasks: StandaloneTasks, schedules: readonly FoundSchedule[]): readonly StandaloneTasks[] => {
  const scheduled = tasks.startedBy.filter((starter) => schedules.some((schedule) => isStartedBy(starter, schedule)));
  const running = scheduled.reduce((left, starter) => left - (tasks.runningBy[starter] ?? 0), tasks.running);
  const startedBy = tasks.startedBy.filter((starter) => !scheduled.includes(starter));
  return running > 0 ? [{ ...tasks, running, startedBy }] : [];
};

/** Several revisions of a standalone family are one kind of task; the newest stands for it. */
const newestOfFamily = (standalone: readonly StandaloneTasks[]): readonly StandaloneTasks[] =>
  [...Map.groupBy(standalone, ({ taskDefinition }) => parseTaskDefinitionRef(taskDefinition).family).values()].flatMap(
    (revisions) => {
      const revisionOf = ({ taskDefinition }: StandaloneTasks): number =>
        parseTaskDefinitionRef(taskDefinition).revision ?? 0;
      const [newest] = [...revisions].sort((a, b) => revisionOf(b) - revisionOf(a));
      if (newest === undefined) return [];
      const running = revisions.reduce((sum, each) => sum + each.running, 0);
      return [{ ...newest, running, startedBy: [...new Set(revisions.flatMap(({ startedBy }) => startedBy))].sort() }];
    },
  );

/** What runs in no service and by no schedule: how often in a month it does cannot be seen from what runs now. */
export const standaloneDrafts = (
  cluster: FoundCluster,
  schedules: readonly FoundSchedule[],
  taken: Set<string>,
): readonly Draft[] => {
  const alone = cluster.standalone.flatMap((tasks) => withoutScheduled(tasks, schedules));
  return newestOfFamily(alone).map((tasks) => {
    const { taskDefinition, running } = tasks;
    const name = freeName(parseTaskDefinitionRef(taskDefinition).family, "standalone", taken);
    const starters = tasks.startedBy.length === 0 ? "" : `, started by ${tasks.startedBy.join(", ")}`;
    const detail = `${running} run now outside of services${starters}; how often in a month is not known: give runs or desiredCount`;
    return taskDraft(
      { name, cluster: cluster.name, taskDefinition, placement: placementOf(tasks) },
      { code: "unknown-demand", severity: "error", detail },
    );
  });
};
