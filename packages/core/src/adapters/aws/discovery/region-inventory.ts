import type { Service as ApiService } from "@aws-sdk/client-ecs";
import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import { NO_EXTRAS, NO_NETWORK } from "../../../domain/workload/defaults.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import type { LaunchType, Placement, Service } from "../../../domain/workload/service.ts";
import { assemble } from "../../file/assemble.ts";
import { readDescribeServices } from "../../file/describe-services.ts";
import type { InputDocument } from "../../file/document.ts";
import { type Draft, type DraftService, EMPTY_DRAFT, joinDrafts } from "../../file/draft.ts";
import { readDescribed } from "../../file/task-definition-file.ts";
import type { FoundCluster, RegionFacts } from "./region-facts.ts";
import { orderedIssues } from "./region-run.ts";
import { sharedAssumptions, sharedIssues, sharedOf } from "./shared-facts.ts";
import type { StandaloneTasks } from "./standalone-tasks.ts";
import type { FoundTaskDefinition } from "./task-definitions.ts";

/** An answer of AWS as an input, so that it is read by the same rules as one that comes from a file. */
const documentOf = (name: string, data: unknown): InputDocument => ({
  file: name,
  data,
  lineOf: () => undefined,
  knownLineOf: () => undefined,
  refuseDuplicateKeys: () => undefined,
});

/** A part that breaks a rule of its format is left out alone. */
const readAlone = (name: string, read: () => Draft): Draft => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BorderError)) throw error;
    const problems = error.problems.map(({ detail }) => detail).join("; ");
    const detail = `AWS describes it in a way that is not understood: ${problems || error.message}`;
    const issue: Issue = { code: "not-read", severity: "warning", subject: name, detail };
    return { ...EMPTY_DRAFT, issues: [issue] };
  }
};

const serviceDraft = (cluster: string, service: ApiService): Draft => {
  const name = `${cluster}/${service.serviceName}`;
  const data = { services: [service], failures: [] };
  return readAlone(name, () => readDescribeServices(documentOf(service.serviceArn ?? name, data), data, []));
};

const definitionDraft = ({ arn, definition, tags }: FoundTaskDefinition): Draft => {
  const data = { taskDefinition: definition, tags };
  return readAlone(arn, () => readDescribed(documentOf(arn, data), data, []));
};

const placementOf = ({ launchType, capacityProvider }: StandaloneTasks): Placement => {
  if (capacityProvider !== undefined) return { kind: "strategy", items: [{ capacityProvider, base: 0, weight: 1 }] };
  return launchType === undefined
    ? { kind: "unspecified" }
    : { kind: "launch-type", launchType: launchType as LaunchType };
};

/** What runs in no service: how often in a month it does cannot be seen from what runs now. */
const standaloneDraft = (cluster: FoundCluster, tasks: StandaloneTasks): Draft => {
  const { family } = parseTaskDefinitionRef(tasks.taskDefinition);
  const isTaken = cluster.services.some(({ serviceName }) => serviceName === family);
  const name = isTaken ? `${family} (standalone)` : family;
  const service: Service = {
    id: `${cluster.name}/${name}`,
    name,
    cluster: cluster.name,
    tags: {},
    taskDefinition: tasks.taskDefinition,
    placement: placementOf(tasks),
    scheduling: "replica",
    placementConstraints: false,
    interruptible: "unspecified",
    network: NO_NETWORK,
    extras: NO_EXTRAS,
    origin: tasks.taskDefinition,
  };
  const draft: DraftService = {
    service,
    reference: { kind: "name", text: tasks.taskDefinition },
    place: () => ({ file: tasks.taskDefinition }),
  };
  const starters = tasks.startedBy.length === 0 ? "" : `, started by ${tasks.startedBy.join(", ")}`;
  const detail = `${tasks.running} run now outside of services${starters}; how often in a month is not known: give runs or desiredCount`;
  return {
    ...EMPTY_DRAFT,
    services: [draft],
    issues: [{ code: "unknown-demand", severity: "error", subject: service.id, detail }],
  };
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

const clusterDrafts = (cluster: FoundCluster): readonly Draft[] => [
  ...cluster.services.map((service) => serviceDraft(cluster.name, service)),
  ...newestOfFamily(cluster.standalone).map((tasks) => standaloneDraft(cluster, tasks)),
];

/** Only what services name: an older revision of a standalone family would count as a task of its own. */
const usedDefinitions = (facts: RegionFacts, services: Draft): readonly FoundTaskDefinition[] => {
  const used = new Set(services.services.map(({ service }) => service.taskDefinition));
  return facts.taskDefinitions.filter(({ arn }) => used.has(arn));
};

/** The inventory that the facts about a region make. */
export const inventoryOf = (facts: RegionFacts): Inventory => {
  const services = joinDrafts(facts.clusters.flatMap(clusterDrafts));
  const definitions = joinDrafts(usedDefinitions(facts, services).map(definitionDraft));
  const inventory = assemble(joinDrafts([services, definitions]), facts.region);
  return {
    ...inventory,
    shared: sharedOf(facts),
    issues: orderedIssues([...facts.issues, ...inventory.issues, ...sharedIssues(facts)]),
    assumptions: [...inventory.assumptions, ...sharedAssumptions(facts)],
  };
};
