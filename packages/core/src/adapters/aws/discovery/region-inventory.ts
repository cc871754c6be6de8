import type { Service as ApiService } from "@aws-sdk/client-ecs";
import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import type { Service } from "../../../domain/workload/service.ts";
import { assemble } from "../../file/inventory/assemble.ts";
import { type Draft, EMPTY_DRAFT, joinDrafts } from "../../file/planned/draft.ts";
import { readDescribeServices } from "../../file/task-definition/describe-services.ts";
import { readDescribed } from "../../file/task-definition/read-task-definition.ts";
import type { InputDocument } from "../../file/text/document.ts";
import { autoscalingOf, scalingIssues } from "./autoscaling.ts";
import type { FoundCluster, RegionFacts } from "./region-facts.ts";
import { orderedIssues } from "./region-run.ts";
import { MONTH_OF_SCHEDULES, scheduledDrafts } from "./scheduled-drafts.ts";
import { strategyOf } from "./schedules.ts";
import { sharedAssumptions, sharedIssues, sharedOf } from "./shared-facts.ts";
import { standaloneDrafts } from "./standalone-drafts.ts";
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

const clusterDrafts = (facts: RegionFacts, cluster: FoundCluster): readonly Draft[] => {
  const schedules = facts.schedules.filter((schedule) => schedule.cluster === cluster.name);
  const taken = new Set(cluster.services.flatMap(({ serviceName }) => serviceName ?? []));
  return [
    ...cluster.services.map((service) => serviceDraft(cluster.name, service)),
    ...scheduledDrafts(schedules, strategyOf(cluster.cluster.defaultCapacityProviderStrategy), taken, facts.year),
    ...standaloneDrafts(cluster, schedules, taken),
  ];
};

/** Schedules of clusters that are not there start nothing. */
const withoutCluster = ({ clusters, schedules, region }: RegionFacts): readonly Issue[] => {
  const names = new Set(clusters.map(({ name }) => name));
  return schedules
    .filter(({ cluster }) => !names.has(cluster))
    .map(({ kind, name, cluster }) => ({
      code: "ignored-input",
      severity: "info",
      subject: region,
      detail: `the ${kind} ${name} starts tasks in the cluster ${cluster}, which was not found`,
    }));
};

/** Only what services name: an older revision of a standalone family would count as a task of its own. */
const usedDefinitions = (facts: RegionFacts, services: Draft): readonly FoundTaskDefinition[] => {
  const used = new Set(services.services.map(({ service }) => service.taskDefinition));
  return facts.taskDefinitions.filter(({ arn }) => used.has(arn));
};

const scheduleAssumptions = ({ services }: Inventory) =>
  services.some(({ runsPerMonth }) => runsPerMonth !== undefined) ? [MONTH_OF_SCHEDULES] : [];

/** Services with what other parts of AWS say about them. */
const completed = ({ scaling }: RegionFacts, services: readonly Service[]): readonly Service[] => {
  const scalingOf = new Map(scaling.map((each) => [each.service, autoscalingOf(each)]));
  return services.map((service) => {
    const autoscaling = service.runsPerMonth === undefined ? scalingOf.get(service.id) : undefined;
    return {
      ...service,
      ...(autoscaling === undefined ? {} : { autoscaling }),
    };
  });
};

/** Issues about how those services scale that are there. */
const issuesOfScaling = ({ scaling }: RegionFacts, services: readonly Service[]): readonly Issue[] => {
  const ids = new Set(services.map(({ id }) => id));
  return scaling.filter(({ service }) => ids.has(service)).flatMap(scalingIssues);
};

/** The inventory that the facts about a region make. */
export const inventoryOf = (facts: RegionFacts): Inventory => {
  const services = joinDrafts(facts.clusters.flatMap((cluster) => clusterDrafts(facts, cluster)));
  const definitions = joinDrafts(usedDefinitions(facts, services).map(definitionDraft));
  const inventory = assemble(joinDrafts([services, definitions]), facts.region);
  const issues = [
    ...facts.issues,
    ...inventory.issues,
    ...sharedIssues(facts),
    ...withoutCluster(facts),
    ...issuesOfScaling(facts, inventory.services),
  ];
  return {
    ...inventory,
    services: completed(facts, inventory.services),
    shared: sharedOf(facts),
    issues: orderedIssues(issues),
    assumptions: [...inventory.assumptions, ...sharedAssumptions(facts), ...scheduleAssumptions(inventory)],
  };
};
