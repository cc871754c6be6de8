import type { AttributeValue } from "../../domain/report/diff-report.ts";
import { MONTHLY_ITEMS } from "../../domain/workload/monthly-items.ts";
import type {
  Demand,
  Placement,
  Service,
  ServiceExtras,
  ServiceLogs,
  ServiceNetwork,
} from "../../domain/workload/service.ts";
import type { TaskShape } from "../../domain/workload/task.ts";

/** A part of a service that bears on its cost. */
export interface ServiceAttribute {
  readonly name: (before: Service, after: Service) => string;
  /** How a reader sees the value, under the name that the attribute has. */
  readonly show: (service: Service, name: string) => AttributeValue;
  /** Everything about it, as text: it differs where this does. */
  readonly key: (service: Service) => string;
  /** Whether the two can be held against each other in it; always where it is absent. */
  readonly isComparable?: (before: Service, after: Service) => boolean;
  /** The service with this part of another. */
  readonly take: (service: Service, from: Service) => Service;
}

const attribute = (
  name: string,
  show: (service: Service) => AttributeValue,
  take: ServiceAttribute["take"],
  key: ServiceAttribute["key"] = (service) => JSON.stringify(show(service)),
): ServiceAttribute => ({ name: () => name, show, take, key });

const ofTask = <K extends keyof TaskShape>(
  key: K,
  name: string = key,
  show: (value: TaskShape[K]) => AttributeValue = (value) =>
    typeof value === "object" ? JSON.stringify(value) : (value as AttributeValue),
): ServiceAttribute => ({
  ...attribute(
    `task.${name}`,
    ({ task }) => (task === undefined ? null : show(task[key])),
    (service, { task }) =>
      service.task === undefined || task === undefined
        ? service
        : { ...service, task: { ...service.task, [key]: task[key] } },
  ),
  isComparable: (before, after) => before.task !== undefined && after.task !== undefined,
});

const taskText = (task: TaskShape | undefined): AttributeValue =>
  task === undefined ? "unknown" : `${task.cpu} CPU units, ${task.memory} MiB, ${task.architecture}`;

/** A task of which one side does not know the size: none of its parts can be told apart. */
const TASK: ServiceAttribute = {
  ...attribute(
    "task",
    ({ task }) => taskText(task),
    ({ task: _, ...service }, { task }) => (task === undefined ? service : { ...service, task }),
  ),
  isComparable: (before, after) => (before.task === undefined) !== (after.task === undefined),
};

const ofNetwork = (key: keyof ServiceNetwork): ServiceAttribute =>
  attribute(
    `network.${key}`,
    ({ network }) => network[key],
    (service, { network }) => ({ ...service, network: { ...service.network, [key]: network[key] } }),
  );

const ofExtras = (key: Exclude<keyof ServiceExtras, "ebsVolumes">, name: string): ServiceAttribute =>
  attribute(
    name,
    ({ extras }) => extras[key],
    (service, { extras }) => ({ ...service, extras: { ...service.extras, [key]: extras[key] } }),
  );

const NO_LOGS: ServiceLogs = { gbPerMonth: "0", class: "standard" };

const ofLogs = (key: keyof ServiceLogs): ServiceAttribute =>
  attribute(
    `logs.${key}`,
    ({ logs }) => logs?.[key] ?? null,
    (service, from) => {
      const { [key]: _, ...kept } = service.logs ?? NO_LOGS;
      const given = (from.logs ?? NO_LOGS)[key];
      return { ...service, logs: { ...NO_LOGS, ...kept, ...(given === undefined ? {} : { [key]: given }) } };
    },
  );

const demandText = (demand: Demand | undefined): AttributeValue => {
  switch (demand?.kind) {
    case undefined:
      return null;
    case "count":
      return demand.tasks;
    case "runs":
      return `${demand.perMonth} runs of ${demand.seconds} s${demand.pullSeconds > 0 ? ` and ${demand.pullSeconds} s of pull` : ""}`;
    case "hourly":
      return `${demand.counts.length} hourly counts, ${demand.counts.reduce((a, b) => a + b, 0)} task-hours`;
  }
};

const DEMAND_NAMES = { count: "desiredCount", runs: "runs", hourly: "hourlyCounts" } as const;

const demandName = ({ demand: before }: Service, { demand: after }: Service): string =>
  before !== undefined && before.kind === after?.kind ? DEMAND_NAMES[before.kind] : "demand";

const placementText = (placement: Placement): AttributeValue => {
  switch (placement.kind) {
    case "unspecified":
      return null;
    case "launch-type":
      return placement.launchType;
    case "strategy":
      return placement.items
        .map(({ capacityProvider, base, weight }) => `${capacityProvider} base ${base} weight ${weight}`)
        .join(", ");
  }
};

const placementName = ({ placement: before }: Service, { placement: after }: Service): string => {
  if (before.kind !== after.kind) return "placement";
  return before.kind === "strategy" ? "capacityProviderStrategy" : "launchType";
};

const IDENTITY: ServiceAttribute = {
  name: (before, after) => {
    if (before.cluster === after.cluster) return "name";
    return before.name === after.name ? "cluster" : "cluster + name";
  },
  show: ({ cluster, name, id }, attributes) => (attributes === "cluster" ? cluster : attributes === "name" ? name : id),
  key: ({ id }) => id,
  take: (service, { cluster, name, id }) => ({ ...service, cluster, name, id }),
};

const PLACEMENT: ServiceAttribute = {
  name: placementName,
  show: ({ placement }) => placementText(placement),
  key: ({ placement }) => JSON.stringify(placement),
  take: (service, { placement }) => ({ ...service, placement }),
};

const DEMAND: ServiceAttribute = {
  name: demandName,
  show: ({ demand }) => demandText(demand),
  key: ({ demand }) => JSON.stringify(demand ?? null),
  take: ({ demand: _, ...service }, { demand }) => (demand === undefined ? service : { ...service, demand }),
};

const SCHEDULING = attribute(
  "scheduling",
  ({ scheduling }) => scheduling,
  (service, { scheduling }) => ({ ...service, scheduling }),
);

const TASK_CPU = ofTask("cpu");
const TASK_MEMORY = ofTask("memory");

const EBS_VOLUMES = attribute(
  "storage.ebsVolumes",
  ({ extras }) => (extras.ebsVolumes === undefined ? null : JSON.stringify(extras.ebsVolumes)),
  (service, { extras: { ebsVolumes } }) => {
    const { ebsVolumes: _, ...own } = service.extras;
    return { ...service, extras: ebsVolumes === undefined ? own : { ...own, ebsVolumes } };
  },
);

/** In the order in which a difference takes them over; what two of them do together counts for the later one. */
export const SERVICE_ATTRIBUTES: readonly ServiceAttribute[] = [
  IDENTITY,
  TASK,
  TASK_CPU,
  TASK_MEMORY,
  ofTask("architecture", "arch"),
  ofTask("os"),
  ofTask("ephemeralStorageGiB"),
  ofTask("gpu"),
  ofTask("accelerator"),
  ofTask("networkMode"),
  ofTask("ports"),
  PLACEMENT,
  SCHEDULING,
  DEMAND,
  ...(["gbPerMonth", "class", "retentionDays"] as const).map(ofLogs),
  ...(["publicIp", "internetEgressGb", "crossAzGb", "imageGb", "taskStartsPerMonth", "imagePullSeconds"] as const).map(
    ofNetwork,
  ),
  ofExtras("efsGb", "storage.efsGb"),
  ofExtras("ebsGiBPerTask", "storage.ebsGiB"),
  EBS_VOLUMES,
  ofExtras("ecrGb", "images.ecrGb"),
  ofExtras("secrets", "secrets"),
  ofExtras("tracesPerMonth", "tracing.tracesPerMonth"),
  ...MONTHLY_ITEMS.map(({ field, group, name }) => ofExtras(field, `${group}.${name}`)),
];
