import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import { NO_EXTRAS, NO_NETWORK } from "../../../domain/workload/defaults.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import type { Service } from "../../../domain/workload/service.ts";
import { readTaskDefinition } from "../../../domain/workload/task-definition.ts";
import { quoted } from "../../../schema/problems.ts";
import type { Draft, DraftService, HeldTaskDefinition, NamedRegion } from "../planned/draft.ts";
import { placed } from "../text/checked.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { fileLabels } from "../values/labels.ts";
import { type Finder, latestOf, taskDefinitionFinder } from "./find-task-definition.ts";
import { mergeShared, unknownBackends } from "./merge-shared.ts";

const MOST_NAMES = 10;

const names = (all: readonly string[]): string => {
  const shown = all.slice(0, MOST_NAMES).join(", ");
  return all.length > MOST_NAMES ? `${shown} and ${all.length - MOST_NAMES} more` : shown;
};

const regionOf = (regions: readonly NamedRegion[], override: string | undefined): string | undefined => {
  if (override !== undefined) return override;
  const [first] = regions;
  const other = regions.find(({ region }) => region !== first?.region);
  if (first === undefined || other === undefined) return first?.region;
  const detail = `is in region ${quoted(first.region)}, but ${placed(other.place())} in ${quoted(other.region)}`;
  throw invalidInput("regions-differ", first.place(), detail, {
    hint: "Give the inputs of one region, or name the region to price with --region.",
  });
};

const refuseDuplicates = (services: readonly DraftService[]): void => {
  const seen = new Map<string, DraftService>();
  for (const draft of services) {
    const before = seen.get(draft.service.id);
    if (before !== undefined) {
      const detail = `service ${quoted(draft.service.id)} is given twice, the first time in ${placed(before.place())}`;
      throw invalidInput("duplicate-service", draft.place(), detail, {
        hint: "A name may be used once in a cluster. Give the cluster, or leave one of the inputs out.",
      });
    }
    seen.set(draft.service.id, draft);
  }
};

/** What was learnt about one service. */
interface Resolved {
  readonly service: Service;
  readonly issues: readonly Issue[];
  readonly used?: HeldTaskDefinition;
  readonly guess?: string;
  readonly sizeFromContainers?: boolean;
}

const withDefinition = (service: Service, held: HeldTaskDefinition): Resolved => {
  const { unknownSize: detail } = held;
  const reading =
    detail === undefined ? readTaskDefinition(held.definition) : { kind: "unknown-size" as const, detail };
  if (reading.kind === "shape") {
    return {
      service: { ...service, task: reading.task },
      issues: [],
      used: held,
      sizeFromContainers: reading.sizeFromContainers,
    };
  }
  const text = `${reading.detail} (${held.origin})`;
  return {
    service,
    used: held,
    issues: [{ code: "missing-task-size", severity: "error", subject: service.id, detail: text }],
  };
};

const missing = (service: Service, detail: string): Resolved => ({
  service,
  issues: [{ code: "missing-task-definition", severity: "error", subject: service.id, detail }],
});

const unsized = (service: Service, detail: string): Resolved => ({
  service,
  issues: [{ code: "missing-task-size", severity: "error", subject: service.id, detail }],
});

const resolveService = (draft: DraftService, find: Finder): Resolved => {
  const { service, reference } = draft;
  if (reference === undefined) {
    return service.task === undefined ? missing(service, "no task definition is named") : { service, issues: [] };
  }
  if (reference.kind === "unsized") return unsized(service, reference.detail);
  const finding = find(draft, reference);
  if (finding.kind === "missing") return missing(service, finding.detail);
  const resolved = withDefinition(service, finding.held);
  return finding.guess === undefined ? resolved : { ...resolved, guess: `${service.id} (${finding.guess})` };
};

/** A service that stands for a task definition which no service uses. */
interface Lone {
  readonly draft: DraftService;
  readonly held: HeldTaskDefinition;
}

const loneService = (held: HeldTaskDefinition, name = held.definition.family): Lone => {
  const { family } = held.definition;
  const demand = held.planned === undefined ? { kind: "count" as const, tasks: 1 } : held.demand;
  const service: Service = {
    id: `default/${name}`,
    name,
    cluster: "default",
    tags: held.tags,
    taskDefinition: held.revision === undefined ? family : `${family}:${held.revision}`,
    ...(demand === undefined ? {} : { demand }),
    placement: { kind: "unspecified" },
    scheduling: "replica",
    placementConstraints: false,
    interruptible: "unspecified",
    network: NO_NETWORK,
    extras: NO_EXTRAS,
    origin: held.origin,
  };
  return { draft: { service, place: held.place }, held };
};

/** A task definition alone is called by its address in a plan, else by its file below the folder of all of them. */
const addressed = (lone: readonly Lone[]): Lone[] => {
  const labels = fileLabels(lone.flatMap(({ held }) => (held.path === undefined ? [] : [held.path])));
  return lone.map(({ draft, held }) => {
    const { planned } = held;
    const address = planned ?? labels.get(held.path ?? "");
    const named = {
      ...(address === undefined ? {} : { address }),
      ...(planned === undefined ? {} : { definitionAddress: planned }),
    };
    return { draft: { ...draft, service: { ...draft.service, ...named } }, held };
  });
};

const familyOf = ({ reference }: DraftService): string | undefined =>
  reference?.kind === "name" ? parseTaskDefinitionRef(reference.text).family : undefined;

/** Of each family that no service uses or names, the latest revision. */
const registeredAlone = (draft: Draft, used: ReadonlySet<HeldTaskDefinition>): Lone[] => {
  const families = new Set([...[...used].map((item) => item.definition.family), ...draft.services.map(familyOf)]);
  const left = draft.taskDefinitions.filter(
    (item) => item.planned === undefined && !families.has(item.definition.family),
  );
  return [...Map.groupBy(left, (item) => item.definition.family)].flatMap(([family, revisions]) => {
    const newest = latestOf(revisions, family);
    return newest === undefined ? [] : [loneService(newest)];
  });
};

/** Every planned definition that no service uses; called by its address or place where its family is taken. */
const plannedAlone = (draft: Draft, used: ReadonlySet<HeldTaskDefinition>, others: readonly Lone[]): Lone[] => {
  const placeOf = ({ origin, planned }: HeldTaskDefinition) => `${origin}#${planned}`;
  const places = new Set([...used].map(placeOf));
  const taken = new Set([...draft.services, ...others.map((lone) => lone.draft)].map(({ service }) => service.id));
  return draft.taskDefinitions
    .filter((held) => held.planned !== undefined && !places.has(placeOf(held)))
    .map((held) => {
      const names = [held.definition.family, held.planned ?? ""];
      const name = names.find((each) => !taken.has(`default/${each}`)) ?? placeOf(held);
      taken.add(`default/${name}`);
      return loneService(held, name);
    });
};

const loneServices = (draft: Draft, used: ReadonlySet<HeldTaskDefinition>): Lone[] => {
  const registered = registeredAlone(draft, used);
  return addressed([...registered, ...plannedAlone(draft, used, registered)]);
};

/** How often tasks run that no service of a plan starts: schedules and pipelines start them, and nothing tells how often. */
const unscheduled = ({ draft, held }: Lone): Issue[] => {
  if (held.planned === undefined || held.demand !== undefined) return [];
  const detail = `no service uses ${held.planned}, so how often its tasks run is not known; a usage file can give runs`;
  return [{ code: "unknown-demand", severity: "warning", subject: draft.service.id, detail }];
};

const assumptionsOf = (lone: readonly Lone[], resolved: readonly Resolved[]): Assumption[] => {
  const guesses = resolved.flatMap(({ guess }) => (guess === undefined ? [] : [guess]));
  const summed = resolved.filter((item) => item.sizeFromContainers === true).map(({ service }) => service.id);
  const alone = lone.filter(({ held }) => held.planned === undefined).map(({ held }) => held.definition.family);
  const all = [
    {
      code: "task-definition-alone",
      subjects: alone,
      detail: "No service uses these task definitions: each is priced as a service of 1 task",
    },
    {
      code: "task-definition-without-revision",
      subjects: guesses,
      detail: "The input has no revision number and is taken for the one that the service names",
    },
    {
      code: "task-size-from-containers",
      subjects: summed,
      detail: "The task has no size of its own: sums of its containers, memoryReservation before memory",
    },
  ];
  return all
    .filter(({ subjects }) => subjects.length > 0)
    .map(({ code, subjects, detail }) => ({ code, detail: `${detail}: ${names(subjects)}` }));
};

const withLine = (service: Service, draft: DraftService | undefined): Service => {
  const { file, line } = draft?.place() ?? {};
  return file === undefined || line === undefined ? service : { ...service, origin: `${file}:${line}` };
};

/** Puts what the inputs hold together to one inventory. */
export const assemble = (draft: Draft, region: string | undefined, lines = false): Inventory => {
  const found = regionOf(draft.regions, region);
  const find = taskDefinitionFinder(draft.taskDefinitions);
  const named = draft.services.map((service) => resolveService(service, find));
  const used = new Set(named.flatMap((item) => (item.used === undefined ? [] : [item.used])));
  const lone = loneServices(draft, used);
  refuseDuplicates([...draft.services, ...lone.map((item) => item.draft)]);
  const resolved = [...named, ...lone.map((item) => withDefinition(item.draft.service, item.held))];
  const drafts = [...draft.services, ...lone.map((item) => item.draft)];
  const services = resolved.map(({ service }, i) => (lines ? withLine(service, drafts[i]) : service));
  const shared = mergeShared(draft.shared);
  return {
    ...(found === undefined ? {} : { region: found }),
    services,
    shared,
    issues: [
      ...draft.issues,
      ...resolved.flatMap(({ issues }) => issues),
      ...lone.flatMap(unscheduled),
      ...unknownBackends(shared, services),
    ],
    assumptions: [...draft.assumptions, ...assumptionsOf(lone, resolved)],
    ...(draft.resources.length === 0 ? {} : { resources: draft.resources }),
  };
};
