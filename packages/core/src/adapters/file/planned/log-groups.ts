import type { Issue } from "../../../domain/issues/issue.ts";
import { decimalText } from "../../../domain/workload/quantity.ts";
import { type LogClass, logClassOf, type ServiceLogs } from "../../../domain/workload/service.ts";
import type { LogGroup } from "../../../domain/workload/shared.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import { serviceLogs } from "../values/workload-values.ts";
import { isData } from "./block.ts";
import type { Joined } from "./joined.ts";
import { known, type PlannedLogGroup, type PlannedTaskDefinition } from "./planned.ts";
import { referenceOf } from "./value-link.ts";

/** The log group that the containers of a task write to, where it is planned, with what is said of its use. */
export type LogGroupFinder = (
  task: PlannedTaskDefinition | undefined,
) => { readonly group: PlannedLogGroup; readonly usage: UsageEntry } | undefined;

const groupsOf = (task: PlannedTaskDefinition | undefined): readonly unknown[] =>
  (task === undefined ? [] : (known(task.containers) ?? [])).flatMap(({ logConfiguration }) => {
    const options = isData(logConfiguration) ? logConfiguration["options"] : undefined;
    return isData(options) ? [options["awslogs-group"]] : [];
  });

/** A finder over the log groups of all inputs. */
export const logGroupFinder = (joined: Joined): LogGroupFinder => {
  const all = joined.inputs.flatMap(({ logGroups }) => logGroups);
  const byName = new Map(all.map((group) => [known(group.name), group]));
  const byKey = new Map(all.map((group) => [group.key, group]));
  return (task) => {
    for (const value of groupsOf(task)) {
      const link = referenceOf(value);
      const group =
        link === undefined ? (typeof value === "string" ? byName.get(value) : undefined) : byKey.get(link.to);
      if (group !== undefined) return { group, usage: joined.usageOf(group) };
    }
    return undefined;
  };
};

const classOf = (group: PlannedLogGroup | undefined): LogClass =>
  logClassOf(group === undefined ? undefined : known(group.class));

/** Logs of a service: GB from the usage file, class and retention from its log group where the file says nothing. */
export const logsOf = (
  find: LogGroupFinder,
  usage: UsageEntry,
  task: PlannedTaskDefinition | undefined,
): ServiceLogs | undefined => {
  const found = find(task);
  const gb = usage.logs?.gbPerMonth;
  if (gb === undefined || usage.logs === undefined) return undefined;
  const days = usage.logs.retentionDays ?? (found === undefined ? undefined : known(found.group.retentionDays));
  return {
    ...serviceLogs(usage.logs),
    gbPerMonth: decimalText(gb),
    class: usage.logs.class === undefined ? classOf(found?.group) : logClassOf(usage.logs.class),
    ...(days === undefined ? {} : { retentionDays: days }),
  };
};

/** Log groups whose use a usage file gives by their own addresses. */
export const usedLogGroups = (joined: Joined): readonly LogGroup[] =>
  joined.inputs
    .flatMap(({ logGroups }) => logGroups)
    .flatMap((group) => {
      const { logs, gb } = joined.usageOf(group);
      const given = logs?.gbPerMonth ?? gb;
      if (given === undefined) return [];
      const days = logs?.retentionDays ?? known(group.retentionDays);
      const kind = logs?.class === undefined ? classOf(group) : logClassOf(logs.class);
      return [
        {
          name: known(group.name) ?? group.address,
          logs: { gbPerMonth: decimalText(given), class: kind, ...(days === undefined ? {} : { retentionDays: days }) },
          address: group.address,
        },
      ];
    });

const isPriced = (group: PlannedLogGroup): boolean => ["standard", "infrequent-access"].includes(classOf(group));

/** Log groups of which no usage file says how much they take in. */
export const logGroupIssues = (all: readonly PlannedLogGroup[], told: ReadonlySet<PlannedLogGroup>): readonly Issue[] =>
  all
    .filter((group) => !told.has(group))
    .map((group) => ({
      code: "unknown-cost",
      severity: isPriced(group) ? "info" : "warning",
      subject: group.address,
      detail: isPriced(group)
        ? "how many GB of logs it takes in is not known before deployment; a usage file can give logs.gbPerMonth"
        : `its logs are of class ${known(group.class)}, of which no price is known; they are not included`,
    }));
