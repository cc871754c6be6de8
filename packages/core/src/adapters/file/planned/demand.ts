import type { Issue } from "../../../domain/issues/issue.ts";
import type { Demand } from "../../../domain/workload/service.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import { isKnown, known, type PlannedResources, type PlannedService, UNKNOWN } from "./planned.ts";
import type { PlannedScaling } from "./scaling.ts";

/** How many tasks a planned service runs, and what is to be told about it. */
export interface PlannedDemand {
  readonly demand?: Demand;
  readonly issues: readonly Omit<Issue, "subject">[];
}

type Input = Pick<PlannedResources, "knownAfter" | "defaultCount">;

const HINT = "a usage file can give desiredCount";

const open = (detail: string): PlannedDemand => ({
  issues: [{ code: "unknown-demand", severity: "error", detail: `${detail}; ${HINT}` }],
});

const counted = (tasks: number, told?: string, severity: Issue["severity"] = "info"): PlannedDemand => ({
  demand: { kind: "count", tasks },
  issues: told === undefined ? [] : [{ code: "unknown-demand", severity, detail: told }],
});

/** How many tasks run as a usage file says. */
export const givenDemand = ({ desiredCount, runs, network }: UsageEntry): Demand | undefined => {
  if (desiredCount !== undefined) return { kind: "count", tasks: desiredCount };
  if (runs === undefined) return undefined;
  const pullSeconds = Number(runs.pullSeconds ?? network?.imagePullSeconds ?? 0);
  return { kind: "runs", perMonth: Number(runs.perMonth), seconds: Number(runs.seconds), pullSeconds };
};

const boundsText = ({ target }: PlannedScaling): string =>
  `${known(target.minTasks) ?? "an unknown number"} to ${known(target.maxTasks) ?? "an unknown number"} tasks (${target.address})`;

const countOf = (service: PlannedService, scaling: PlannedScaling | undefined, input: Input): PlannedDemand => {
  const { address, desiredCount } = service;
  const least = scaling?.target.minTasks;
  if (desiredCount === UNKNOWN && scaling !== undefined && isKnown(least)) {
    const detail = `the desired count of ${address} is known after ${input.knownAfter} only; it scales, ${boundsText(scaling)}: priced with ${least} all month`;
    return counted(least, detail);
  }
  if (desiredCount === UNKNOWN) return open(`the desired count of ${address} is known after ${input.knownAfter} only`);
  if (scaling === undefined) {
    if (desiredCount !== undefined) return counted(desiredCount);
    const { tasks, detail } = input.defaultCount;
    return counted(tasks, `${address}: ${detail}`, tasks === 0 ? "warning" : "info");
  }
  if (least === UNKNOWN || least === undefined) {
    if (desiredCount !== undefined)
      return counted(desiredCount, `${address} scales: ${boundsText(scaling)}; priced with its desired count`);
    return open(`the least tasks of ${address} are known after ${input.knownAfter} only`);
  }
  const most = known(scaling.target.maxTasks) ?? Number.MAX_SAFE_INTEGER;
  const wanted = desiredCount ?? input.defaultCount.tasks;
  const tasks = Math.max(least, Math.min(wanted, most));
  return counted(tasks, `${address} scales, ${boundsText(scaling)}: priced with ${tasks} all month`);
};

/** Tasks of a planned service: as the usage file says, else its desired count within the bounds that scaling keeps. */
export const plannedDemand = (
  service: PlannedService,
  scaling: PlannedScaling | undefined,
  usage: UsageEntry,
  input: Input,
): PlannedDemand => {
  const demand = givenDemand(usage);
  if (demand !== undefined) return { demand, issues: [] };
  if (service.scheduling === "DAEMON") {
    return open(`${service.address} runs one task on each instance, and how many instances there are is not known`);
  }
  return countOf(service, scaling, input);
};
