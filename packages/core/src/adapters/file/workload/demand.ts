import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { Demand } from "../../../domain/workload/service.ts";
import type { KeyPath } from "../../../schema/problems.ts";
import { quoted } from "../../../schema/problems.ts";
import type { WorkloadService } from "../../../schema/workload.ts";
import { whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { readText } from "../text/read-text.ts";
import { readHourlyCounts, SHORTEST_MONTH_HOURS } from "./hourly-counts.ts";

/** How many tasks run, and what is not known about it. */
export interface DemandReading {
  readonly demand?: Demand;
  readonly issues: readonly Omit<Issue, "subject">[];
}

/** A path that a workload file names, relative to that file; to the working folder where it came from stdin. */
export const besideFile = (file: string, path: string): string =>
  isAbsolute(path) || file === "-" ? path : join(dirname(file), path);

const unknown = (detail: string): DemandReading => ({
  issues: [{ code: "unknown-demand", severity: "error", detail }],
});

const issuesOf = (severity: "warning" | "info", detail: string | undefined): DemandReading["issues"] =>
  detail === undefined ? [] : [{ code: "unknown-demand", severity, detail }];

const hourly = (document: InputDocument, name: string, path: KeyPath): DemandReading => {
  const file = besideFile(document.file, name);
  const { counts, missingHours } = readHourlyCounts(file, countsText(document, name, path));
  const gaps =
    missingHours > 0 ? `${file} has no count for ${missingHours} hours between its first and its last` : undefined;
  const short =
    counts.length + missingHours < SHORTEST_MONTH_HOURS
      ? `${file} covers ${counts.length + missingHours} hours, less than a month`
      : undefined;
  return {
    demand: { kind: "hourly", counts },
    issues: [...issuesOf("warning", gaps), ...issuesOf("info", short)],
  };
};

const countsText = (document: InputDocument, name: string, path: KeyPath): string => {
  const file = besideFile(document.file, name);
  try {
    return readText(resolve(file), file);
  } catch (cause) {
    const where = whereOf(document, [...path, "hourlyCounts"]);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalidInput("unreadable-file", where, `names ${quoted(name)}, which cannot be read: ${reason}`, { cause });
  }
};

/** How many tasks of a service run: one of desiredCount, runs and hourlyCounts. */
export const readDemand = (document: InputDocument, service: WorkloadService, path: KeyPath): DemandReading => {
  const { desiredCount, runs, hourlyCounts } = service;
  if (desiredCount !== undefined) return { demand: { kind: "count", tasks: desiredCount }, issues: [] };
  if (typeof hourlyCounts === "string") return hourly(document, hourlyCounts, path);
  if (hourlyCounts !== undefined) return { demand: { kind: "hourly", counts: hourlyCounts }, issues: [] };
  // A daemon runs once on every instance.
  if (runs === undefined && service.scheduling === "daemon") return { issues: [] };
  if (runs === undefined) return unknown("none of desiredCount, runs and hourlyCounts is given");
  if (runs.seconds === undefined) {
    return unknown(`it runs ${runs.perMonth} times a month, but how long a run takes is not known: give runs.seconds`);
  }
  const pullSeconds = Number(runs.pullSeconds ?? service.network?.imagePullSeconds ?? 0);
  const demand = {
    kind: "runs",
    perMonth: Number(runs.perMonth),
    seconds: Number(runs.seconds),
    pullSeconds,
  } as const;
  return { demand, issues: [] };
};
