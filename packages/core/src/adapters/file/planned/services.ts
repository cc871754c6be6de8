import { strategyProblems } from "../../../domain/capacity/strategy-rules.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import type { InstanceVolume } from "../../../domain/workload/instance-group.ts";
import type { Service, ServiceExtras } from "../../../domain/workload/service.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import type { WorkloadService } from "../../../schema/workload.ts";
import { serviceExtras, serviceNetwork } from "../values/workload-values.ts";
import { type FoundCluster, findCluster } from "./clusters.ts";
import { heldDefinition } from "./definitions.ts";
import { plannedDemand } from "./demand.ts";
import { deploymentIssues } from "./deployments.ts";
import type { DraftService, HeldTaskDefinition, TaskReference } from "./draft.ts";
import { type Joined, nameOf } from "./joined.ts";
import { type LogGroupFinder, logsOf } from "./log-groups.ts";
import { type PlannedPlacement, plannedPlacement } from "./placement.ts";
import {
  isKnown,
  isLink,
  known,
  type PlannedResources,
  type PlannedService,
  type PlannedTaskDefinition,
  type PlannedVolume,
  UNKNOWN,
} from "./planned.ts";
import { placeIn } from "./regions.ts";
import { autoscalingOf, type PlannedScaling, type ScalingFinder } from "./scaling.ts";

/** A planned task definition with what inputs hold of it. */
export interface HeldPlanned {
  readonly planned: PlannedTaskDefinition;
  readonly held: HeldTaskDefinition;
}

/** What services are read with. */
export interface ServiceContext {
  readonly joined: Joined;
  readonly definitions: readonly HeldPlanned[];
  readonly scaling: ScalingFinder;
  readonly logGroups: LogGroupFinder;
  /** Names of services that would be called like others, by key. */
  readonly namesApart: ReadonlyMap<string, string>;
  /** An address of a service as it is unique over all inputs. */
  readonly addressOf: (service: PlannedService, address: string) => string;
}

/** A service as a draft, and what is to be told about it. */
export interface ReadService {
  readonly draft: DraftService;
  readonly issues: readonly Issue[];
}

interface FoundTask {
  readonly planned?: HeldPlanned;
  readonly reference: TaskReference;
}

/** A name means the definition of its own plan before that of another. */
const ownTask = (
  definitions: readonly HeldPlanned[],
  input: PlannedResources,
  text: string,
): HeldPlanned | undefined => {
  const { family, revision } = parseTaskDefinitionRef(text);
  const own = new Set(input.taskDefinitions);
  const named = definitions.filter(
    ({ planned }) =>
      own.has(planned) && planned.family === family && (revision === undefined || planned.revision === revision),
  );
  return named.length === 1 ? named[0] : undefined;
};

const findTask = (
  { joined, definitions }: ServiceContext,
  input: PlannedResources,
  service: PlannedService,
): FoundTask => {
  const settled = joined.settle(service.taskDefinition);
  const planned = isLink(settled)
    ? definitions.find((item) => item.planned.key === settled.to)
    : typeof settled === "string"
      ? (definitions.find((item) => item.planned.arn === settled) ?? ownTask(definitions, input, settled))
      : undefined;
  if (planned !== undefined) return { planned, reference: { kind: "held", held: planned.held } };
  if (typeof settled === "string") return { reference: { kind: "name", text: settled } };
  const detail =
    settled === undefined
      ? `${service.address} names no task definition`
      : `which task definition ${service.address} uses is known after ${input.knownAfter} only`;
  return { reference: { kind: "unknown", detail } };
};

/** What the usage file says of the size goes to the task definition of this service alone. */
const resized = ({ planned, reference }: FoundTask, usage: UsageEntry, after: string): TaskReference => {
  const { cpu, memory, arch, os } = usage;
  const says = cpu !== undefined || memory !== undefined || arch !== undefined || os !== undefined;
  if (planned === undefined || !says) return reference;
  return { kind: "held", held: heldDefinition(planned.planned, usage, after) };
};

const asWorkload = (usage: UsageEntry, name: string): WorkloadService => {
  const { runs, network, storage, images, secrets } = usage;
  const own = runs?.perMonth === undefined ? undefined : { ...runs, perMonth: runs.perMonth };
  return { name, runs: own, network, storage, images, secrets };
};

/** ECS takes gp3 where no type is set. */
const volumeOf = (volume: PlannedVolume): InstanceVolume => {
  const [iops, throughputMiBps] = [known(volume.iops), known(volume.throughputMiBps)];
  return {
    type: known(volume.type) ?? "gp3",
    gib: known(volume.gib) ?? 0,
    ...(iops === undefined ? {} : { iops }),
    ...(throughputMiBps === undefined ? {} : { throughputMiBps }),
  };
};

const isPlain = ({ type, iops, throughputMiBps }: InstanceVolume): boolean =>
  type === "gp3" && iops === undefined && throughputMiBps === undefined;

const extrasOf = (service: PlannedService, usage: UsageEntry): ServiceExtras => {
  const extras = serviceExtras(asWorkload(usage, service.address));
  if (usage.storage?.ebsGiB !== undefined) return extras;
  const volumes = service.volumes.map(volumeOf);
  const gib = volumes.filter(isPlain).reduce((sum, volume) => sum + volume.gib, 0);
  const others = volumes.filter((volume) => !isPlain(volume));
  return { ...extras, ebsGiBPerTask: String(gib), ...(others.length === 0 ? {} : { ebsVolumes: others }) };
};

const networkOf = (service: PlannedService, usage: UsageEntry): Service["network"] => {
  const network = serviceNetwork(asWorkload(usage, service.address));
  return { ...network, publicIp: usage.network?.publicIp ?? known(service.publicIp) ?? false };
};

const openIssues = (
  service: PlannedService,
  usage: UsageEntry,
  after: string,
  cluster: FoundCluster,
): Omit<Issue, "subject">[] => {
  const volumes = usage.storage?.ebsGiB === undefined && service.volumes.some(({ gib }) => !isKnown(gib));
  const address = usage.network?.publicIp === undefined && service.publicIp === UNKNOWN;
  const told = (detail: string): Omit<Issue, "subject"> => ({ code: "unknown-cost", severity: "warning", detail });
  return [
    ...(volumes
      ? [told(`the size of a volume of ${service.address} is not known before ${after}; it is not included`)]
      : []),
    ...(address
      ? [
          told(
            `whether tasks of ${service.address} have public addresses is not known before ${after}; they are not included`,
          ),
        ]
      : []),
    ...(cluster.unknown
      ? [
          {
            code: "ignored-input" as const,
            severity: "info" as const,
            detail: `which cluster ${service.address} runs in is not known before ${after}`,
          },
        ]
      : []),
  ];
};

const taskDefinitionText = (found: FoundTask): string | undefined =>
  found.planned?.held.definition.family ?? (found.reference.kind === "name" ? found.reference.text : undefined);

/** The id that a planned service would have if no other had the same. */
export const plainId = (joined: Joined, service: PlannedService): string =>
  `${findCluster(joined, service.cluster).name}/${nameOf(known(service.name) ?? service.address)}`;

/** What of a service comes from its scaling, its deployment and its log group, where it is known. */
const optionalParts = (
  context: ServiceContext,
  planned: PlannedService,
  task: FoundTask,
  scaling: PlannedScaling | undefined,
) => {
  const { minimumHealthyPercent } = planned;
  const usage = context.joined.usageOf(planned);
  const autoscaling = scaling === undefined ? undefined : autoscalingOf(scaling);
  const logs = logsOf(context.logGroups, usage, task.planned?.planned);
  const taskDefinition = taskDefinitionText(task);
  return {
    ...(taskDefinition === undefined ? {} : { taskDefinition }),
    ...(isKnown(minimumHealthyPercent) ? { minimumHealthyPercent } : {}),
    ...(usage.minAvailableTasks === undefined ? {} : { minAvailableTasks: usage.minAvailableTasks }),
    ...(autoscaling === undefined ? {} : { autoscaling }),
    ...(logs === undefined ? {} : { logs }),
  };
};

const placementIssues = (
  { placement, unknown }: PlannedPlacement,
  address: string,
  after: string,
): Omit<Issue, "subject">[] => {
  const broken = placement.kind === "strategy" ? strategyProblems(placement.items) : [];
  const detail = `${unknown} of ${address} are known after ${after} only, so where its tasks run is not known`;
  return [
    ...broken.map((problem) => ({
      code: "invalid-strategy" as const,
      severity: "warning" as const,
      detail: problem.detail,
    })),
    ...(unknown === undefined ? [] : [{ code: "unknown-demand" as const, severity: "error" as const, detail }]),
  ];
};

const addressesOf = ({ addressOf }: ServiceContext, service: PlannedService, { planned }: FoundTask) => ({
  address: addressOf(service, service.address),
  ...(service.previousAddress === undefined ? {} : { previousAddress: addressOf(service, service.previousAddress) }),
  ...(planned === undefined ? {} : { definitionAddress: planned.planned.address }),
});

/** Reads one planned service. */
export const readPlannedService = (
  context: ServiceContext,
  input: PlannedResources,
  planned: PlannedService,
): ReadService => {
  const { joined } = context;
  const { address, origin, tags, placementConstraints } = planned;
  const usage = joined.usageOf(planned);
  const cluster = findCluster(joined, planned.cluster);
  const name = context.namesApart.get(planned.key) ?? known(planned.name) ?? address;
  const id = `${cluster.name}/${name}`;
  const task = findTask(context, input, planned);
  const scaling = context.scaling(planned, plainId(joined, planned));
  const placed = plannedPlacement(joined, planned, cluster.cluster, task.planned?.planned);
  const { demand, issues } = plannedDemand(planned, scaling, usage, input);
  const service: Service = {
    id,
    name,
    cluster: cluster.name,
    ...placeIn(input, planned),
    tags,
    ...(demand === undefined || placed.unknown !== undefined ? {} : { demand }),
    placement: placed.placement,
    scheduling: planned.scheduling === "DAEMON" ? "daemon" : "replica",
    placementConstraints,
    interruptible: usage.interruptible ?? "unspecified",
    ...optionalParts(context, planned, task, scaling),
    network: networkOf(planned, usage),
    extras: extrasOf(planned, usage),
    origin,
    ...addressesOf(context, planned, task),
  };
  const told = [
    ...issues,
    ...openIssues(planned, usage, input.knownAfter, cluster),
    ...deploymentIssues(planned, demand?.kind === "count" ? demand.tasks : undefined),
    ...placementIssues(placed, address, input.knownAfter),
  ];
  return {
    draft: { service, reference: resized(task, usage, input.knownAfter), place: planned.place },
    issues: told.map((issue) => ({ ...issue, subject: id })),
  };
};
