import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import { NO_EXTRAS, NO_NETWORK, NO_SHARED } from "../../../domain/workload/defaults.ts";
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
import { referenceIssues } from "./reference-issues.ts";
import { type RegionPart, regionParts } from "./region-parts.ts";

const MOST_NAMES = 10;

const names = (all: readonly string[]): string => {
  const shown = all.slice(0, MOST_NAMES).join(", ");
  return all.length > MOST_NAMES ? `${shown} and ${all.length - MOST_NAMES} more` : shown;
};

/** The region of what names none: the one that is given, else the only one that the inputs name. */
const fallbackRegion = (regions: readonly NamedRegion[], given: string | undefined): string | undefined => {
  const names = new Set(regions.map(({ region }) => region));
  const [only] = names;
  return given ?? (names.size === 1 ? only : undefined);
};

/** A region that is given is for what names none. */
const notTaken = (regions: readonly NamedRegion[], given: string | undefined): Issue[] => {
  const others = [...new Set(regions.map(({ region }) => region))].filter((region) => region !== given).sort();
  if (given === undefined || others.length === 0) return [];
  const detail = `region ${given} is for what names none; the inputs name ${names(others)}, and what is there is priced there`;
  return [{ code: "ignored-input", severity: "info", subject: "region", detail }];
};

const refuseDuplicates = (services: readonly DraftService[]): void => {
  const seen = new Map<string, DraftService>();
  for (const draft of services) {
    const { id } = draft.service;
    const before = seen.get(id);
    if (before !== undefined) {
      const detail = `service ${quoted(id)} is given twice, the first time in ${placed(before.place())}`;
      throw invalidInput("duplicate-service", draft.place(), detail, {
        hint: "A name may be used once in a cluster. Give the cluster, or leave one of the inputs out.",
      });
    }
    seen.set(id, draft);
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
    ...(held.region === undefined ? {} : { region: held.region }),
    ...(held.account === undefined ? {} : { account: held.account }),
    tags: held.tags,
    taskDefinition: held.revision === undefined ? family : `${family}:${held.revision}`,
    ...(demand === undefined ? {} : { demand }),
    ...(held.runsPerMonth === undefined ? {} : { runsPerMonth: held.runsPerMonth }),
    placement: held.placement ?? { kind: "unspecified" },
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

const unscheduledText = ({ planned, starts, runsPerMonth }: HeldTaskDefinition): string => {
  if (starts === undefined)
    return `no service uses ${planned}, so how often its tasks run is not known; a usage file can give runs`;
  return runsPerMonth === undefined
    ? `${starts}: how many of ${planned} run in a month is not known; a usage file can give runs`
    : `${starts}: ${runsPerMonth} runs a month; how long one takes is not known: a usage file can give runs.seconds`;
};

/** How often tasks run that no service of a plan starts: schedules and pipelines start them, and nothing tells how often. */
const unscheduled = ({ draft, held }: Lone): Issue[] => {
  if (held.planned === undefined || held.demand !== undefined) return [];
  const detail = unscheduledText(held);
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

interface Settled {
  readonly service: Service;
  readonly resolved: Resolved;
  readonly draft: DraftService;
  readonly lone?: Lone;
}

type Part = RegionPart<Settled>;

/** What of the services of one region and account is to be told. */
const inventoryOf = ({ services: all, shared: named, ...place }: Part, apart: boolean): Inventory => {
  const lone = all.flatMap((each) => each.lone ?? []);
  const resolved = all.map((each) => each.resolved);
  const services = apart ? all.map(({ service }) => ({ ...service, ...place })) : all.map(withoutRegion);
  const shared = mergeShared(named);
  const issues = [
    ...resolved.flatMap((each) => each.issues),
    ...lone.flatMap(unscheduled),
    ...unknownBackends(shared, services),
  ];
  return { ...place, services, shared, issues, assumptions: assumptionsOf(lone, resolved) };
};

/** Where all are in one region, the inventory tells it. */
const withoutRegion = ({ service: { region: _region, account: _account, ...service } }: Settled): Service => service;

/** All parts as one inventory, of which each part has its own prices. */
const joined = (parts: readonly Inventory[]): Inventory => ({
  services: parts.flatMap(({ services }) => services),
  shared: {
    ...NO_SHARED,
    vpcEndpoints: parts.flatMap(({ shared }) => shared.vpcEndpoints),
    loadBalancers: parts.flatMap(({ shared }) => shared.loadBalancers),
  },
  issues: parts.flatMap(({ issues }) => issues),
  assumptions: parts.flatMap(({ assumptions }) => assumptions),
  parts,
});

const told = (inventory: Inventory, issues: readonly Issue[], assumptions: readonly Assumption[]): Inventory => ({
  ...inventory,
  issues: [...issues, ...inventory.issues],
  assumptions: [...assumptions, ...inventory.assumptions],
});

const withReferences = (resolved: Resolved, resources: Draft["resources"]): Resolved => {
  const { service, used, issues } = resolved;
  if (used === undefined) return resolved;
  return { ...resolved, issues: [...issues, ...referenceIssues(service, used.definition, resources)] };
};

/** Puts what the inputs hold together to one inventory. */
export const assemble = (draft: Draft, region: string | undefined, lines = false): Inventory => {
  const fallback = fallbackRegion(draft.regions, region);
  const find = taskDefinitionFinder(draft.taskDefinitions);
  const named = draft.services.map((service) => resolveService(service, find));
  const used = new Set(named.flatMap((item) => (item.used === undefined ? [] : [item.used])));
  const lone = loneServices(draft, used);
  const settle = (resolved: Resolved, own: DraftService, alone?: Lone): Settled => ({
    service: lines ? withLine(resolved.service, own) : resolved.service,
    resolved: withReferences(resolved, draft.resources),
    draft: own,
    ...(alone === undefined ? {} : { lone: alone }),
  });
  const services = [
    ...named.flatMap((resolved, i) => (draft.services[i] === undefined ? [] : settle(resolved, draft.services[i]))),
    ...lone.map((item) => settle(withDefinition(item.draft.service, item.held), item.draft, item)),
  ];
  const parts = regionParts(services, draft.shared, fallback);
  for (const part of parts) refuseDuplicates(part.services.map((each) => each.draft));
  const [first, ...others] = parts.map((part) => inventoryOf(part, parts.length > 1));
  const issues = [...draft.issues, ...notTaken(draft.regions, region)];
  const resources = draft.resources.length === 0 ? {} : { resources: draft.resources };
  const whole = { ...told(first ?? joined([]), issues, draft.assumptions), ...resources };
  return others.length === 0 ? whole : { ...joined([whole, ...others]), ...resources };
};
