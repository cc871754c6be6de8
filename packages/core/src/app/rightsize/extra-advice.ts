import { FARGATE_INCLUDED_EPHEMERAL_GIB } from "../../domain/billing/fargate.ts";
import type { Effort, ExtraAdviceCode } from "../../domain/report/rightsize-report.ts";
import type { SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import { fewerTasks, MOST_BUSY } from "../../domain/rightsizing/fewer-tasks.ts";
import { type OfficeHours, officeHours } from "../../domain/rightsizing/office-hours.ts";
import type { Service } from "../../domain/workload/service.ts";
import { needsAccelerator } from "../../domain/workload/task.ts";
import type { RightsizePlan } from "./settings.ts";
import { type RightsizeSubject, runsOnFargate } from "./subject.ts";

/** A change beside the size: what it says, and the service once it is followed. */
export interface ExtraChange {
  readonly code: ExtraAdviceCode;
  readonly effort: Effort;
  readonly measured: boolean;
  readonly excludes: readonly (ExtraAdviceCode | "resize")[];
  readonly detail: string;
  readonly apply: (service: Service) => Service;
}

/** Advice beside the size for a service on Fargate, in the order of `EXTRA_ADVICE`; instances are planned by the fleet. */
export const extraChanges = (
  subject: RightsizeSubject,
  size: SizeAdvice,
  plan: RightsizePlan,
): readonly ExtraChange[] => {
  if (!runsOnFargate(subject.cost) || subject.sizing.current === undefined) return [];
  return plan.advise.flatMap((code) => RULES[code](subject, size) ?? []);
};

type Rule = (subject: RightsizeSubject, size: SizeAdvice) => ExtraChange | undefined;

const stop: Rule = ({ cost }, { idle, evidence }) => {
  const { demand } = cost.compute.service;
  if (!idle || evidence?.confidence === "low" || demand === undefined) return undefined;
  return {
    code: "stop",
    effort: "low",
    measured: true,
    excludes: ["resize", "arm64", "office-hours", "task-count", "ephemeral"],
    detail: "CPU and memory never reached 1 %: nothing seems to need it. Stop it, or set its desired count to 0.",
    apply: (service) => ({ ...service, demand: { kind: "count", tasks: 0 } }),
  };
};

const arm64: Rule = ({ cost }) => {
  const { task } = cost.compute.service;
  if (task === undefined || task.os !== "linux" || task.architecture !== "x86_64" || needsAccelerator(task))
    return undefined;
  return {
    code: "arm64",
    effort: "medium",
    measured: true,
    excludes: ["stop"],
    detail: "Fargate on ARM64 costs less for the same size. All images of the task must be built for it.",
    apply: (service) =>
      service.task === undefined ? service : { ...service, task: { ...service.task, architecture: "arm64" } },
  };
};

const isTracked = ({ scaling = [] }: RightsizeSubject["sizing"]): boolean => scaling.length > 0;

/** Target tracking follows the hours of the day by itself. */
const officeHoursRule: Rule = ({ cost, sizing, window }) => {
  const { demand, scheduling, minAvailableTasks = 1 } = cost.compute.service;
  if (isTracked(sizing)) return undefined;
  if (demand?.kind !== "count" || scheduling === "daemon" || window === undefined || demand.tasks < 1) return undefined;
  const schedule = officeHours(window, demand.tasks, minAvailableTasks);
  if (schedule === undefined) return undefined;
  return {
    code: "office-hours",
    effort: "medium",
    measured: true,
    excludes: ["stop", "task-count"],
    detail: scheduleText(schedule),
    apply: (service) => ({ ...service, demand: { kind: "hourly", counts: schedule.counts } }),
  };
};

const scheduleText = ({ days, from, to, tasks, quietTasks }: OfficeHours): string => {
  const when = days === "every-day" ? "every day" : "Monday to Friday";
  const hours = from === 0 && to === 24 ? "all day" : `from ${clock(from)} to ${clock(to)} UTC`;
  return `Run ${tasks} tasks ${when} ${hours} and ${quietTasks} otherwise, with scheduled scaling.`;
};

const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** Tasks that are too small are not made fewer. */
const taskCount: Rule = ({ cost, sizing, window }, { reasons }) => {
  const { demand, scheduling, minAvailableTasks } = cost.compute.service;
  if (isTracked(sizing)) return undefined;
  if (demand?.kind !== "count" || scheduling === "daemon" || window === undefined) return undefined;
  if (minAvailableTasks === undefined || reasons.some(({ code }) => code === "under-provisioned")) return undefined;
  const tasks = fewerTasks(window, demand.tasks, minAvailableTasks);
  if (tasks === undefined) return undefined;
  return {
    code: "task-count",
    effort: "low",
    measured: true,
    excludes: ["stop", "resize", "office-hours"],
    detail: `Run ${tasks} instead of ${demand.tasks} tasks of the current size: even the highest CPU stays below ${MOST_BUSY} %.`,
    apply: (service) => ({ ...service, demand: { kind: "count", tasks } }),
  };
};

const ephemeral: Rule = ({ cost }) => {
  const { task } = cost.compute.service;
  if (task === undefined || task.ephemeralStorageGiB <= FARGATE_INCLUDED_EPHEMERAL_GIB) return undefined;
  return {
    code: "ephemeral",
    effort: "low",
    measured: false,
    excludes: ["stop"],
    detail:
      `${task.ephemeralStorageGiB - FARGATE_INCLUDED_EPHEMERAL_GIB} of ${task.ephemeralStorageGiB} GiB of ephemeral storage are paid for. ` +
      "What the tasks use of it was not measured: see EphemeralStorageUtilized of Container Insights.",
    apply: (service) =>
      service.task === undefined
        ? service
        : { ...service, task: { ...service.task, ephemeralStorageGiB: FARGATE_INCLUDED_EPHEMERAL_GIB } },
  };
};

const RULES: Readonly<Record<ExtraAdviceCode, Rule>> = {
  stop,
  arm64,
  "office-hours": officeHoursRule,
  "task-count": taskCount,
  ephemeral,
};
