import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { quoted } from "../../../schema/problems.ts";
import { accountOf } from "../account/account.ts";
import { type UsageProblem, usageProblems } from "../account/check-usage.ts";
import { definitionAssumptions, heldDefinition } from "../planned/definitions.ts";
import type { Draft } from "../planned/draft.ts";
import { type Joined, joinPlanned } from "../planned/joined.ts";
import { logGroupFinder, logGroupIssues, usedLogGroups } from "../planned/log-groups.ts";
import type { PlannedLogGroup, PlannedResources } from "../planned/planned.ts";
import { placeIn, regionsIn } from "../planned/regions.ts";
import { scalingFinder } from "../planned/scaling.ts";
import {
  type HeldPlanned,
  plainId,
  type ReadService,
  readPlannedService,
  type ServiceContext,
} from "../planned/services.ts";
import { plannedShared } from "../planned/shared.ts";
import { scheduledStarts } from "../planned/task-schedules.ts";
import { invalidDocument, invalidInput } from "../text/invalid-input.ts";
import { fileLabels } from "../values/labels.ts";

const definitionsOf = (joined: Joined): readonly HeldPlanned[] =>
  joined.inputs.flatMap((input) =>
    input.taskDefinitions.map((planned) => {
      const held = heldDefinition(planned, joined.usageOf(planned), input.knownAfter);
      const starts = scheduledStarts(joined, planned, joined.usageOf(planned));
      return { planned, held: { ...starts, ...held, ...placeIn(input, planned) } };
    }),
  );

const repeated = (texts: readonly string[]): ReadonlySet<string> =>
  new Set([...Map.groupBy(texts, (text) => text)].filter(([, same]) => same.length > 1).map(([text]) => text));

/** A service that is called like another in its cluster is called by its address, and with its file where that is not enough. */
const namesApart = (joined: Joined): ReadonlyMap<string, string> => {
  const all = joined.inputs.flatMap(({ services }) =>
    services.map((service) => ({ service, id: plainId(joined, service) })),
  );
  const ids = repeated(all.map(({ id }) => id));
  const addresses = repeated(all.map(({ service }) => service.address));
  const apart = all.filter(({ id }) => ids.has(id)).map(({ service }) => service);
  return new Map(apart.map(({ key, address }) => [key, addresses.has(address) ? key : address]));
};

/** Addresses that several inputs have are told apart by the names of their files. */
const addressesApart = (joined: Joined): ServiceContext["addressOf"] => {
  const labels = fileLabels(joined.inputs.map(({ file }) => file));
  const fileOf = new Map(
    joined.inputs.flatMap(({ file, services }) => services.map(({ key }) => [key, file] as const)),
  );
  const shared = repeated(joined.inputs.flatMap(({ services }) => services.map(({ address }) => address)));
  return ({ key }, address) => {
    const file = fileOf.get(key) ?? "";
    return shared.has(address) ? `${labels.get(file) ?? file}#${address}` : address;
  };
};

const readServices = (context: ServiceContext): readonly ReadService[] =>
  context.joined.inputs.flatMap((input) =>
    input.services.map((service) => readPlannedService(context, input, service)),
  );

/** Log groups of services whose logs a usage file gives. */
const toldGroups = (context: ServiceContext) =>
  new Set(
    context.joined.inputs.flatMap(({ services }) =>
      services.flatMap((service) => {
        if (context.joined.usageOf(service).logs === undefined) return [];
        const task = service.taskDefinition;
        const planned = context.definitions.find(
          (item) => typeof task === "object" && "to" in task && item.planned.key === task.to,
        );
        const found = context.logGroups(planned?.planned);
        return found === undefined ? [] : [found.group];
      }),
    ),
  );

const notesOf = (inputs: readonly PlannedResources[]): readonly Issue[] =>
  inputs.flatMap(({ notes }) => notes.map((note): Issue => ({ code: "ignored-input", ...note })));

/** Whose usage is given and not there is told where another side may have it. */
const absentUsage = (problems: readonly UsageProblem[]): readonly Issue[] =>
  problems.map(({ address, where, detail }) => ({
    code: "ignored-input",
    severity: "warning",
    subject: address,
    detail: `usage is given in ${where.file}, but ${detail}`,
  }));

/** Logs of a group that are given of the service that writes to it as well would count twice. */
const refuseTwice = (usage: Draft["usage"], groups: readonly PlannedLogGroup[]): void => {
  const [first] = groups;
  const named = usage.find(({ address }) => address === first?.address);
  if (first === undefined || named === undefined) return;
  const detail = `logs of ${quoted(first.address)} are given, and again at a service that writes to it: give one of them`;
  throw invalidInput("invalid-input", named.place(), detail);
};

const refuseUsage = (problems: readonly UsageProblem[]): void => {
  const [first] = problems;
  if (first !== undefined) throw invalidDocument(first.where.file, problems);
};

const assumptionsOf = (joined: Joined): readonly Assumption[] => {
  const beside = joined.inputs.flatMap(({ services }) => services.filter((item) => item.taskDefinitionBeside));
  const detail = `Locals stand between these services and their task definitions; the one in the same module is taken: ${beside
    .map(({ address }) => address)
    .join(", ")}`;
  return [
    ...(beside.length === 0 ? [] : [{ code: "task-definition-in-module", detail }]),
    ...definitionAssumptions(joined.inputs.flatMap(({ taskDefinitions }) => taskDefinitions)),
  ];
};

/**
 * A draft whose planned resources have become services, task definitions and shared infrastructure. Usage of what is not
 * there is refused, or told where `isOneSide` says that another side of a change may have it.
 */
export const settlePlanned = (draft: Draft, isOneSide = false): Draft => {
  if (draft.planned.length === 0 && draft.usage.length === 0) return draft;
  const joined = joinPlanned(draft.planned, draft.usage);
  const problems = usageProblems(joined, draft.usage);
  refuseUsage(isOneSide ? problems.filter(({ absent }) => absent !== true) : problems);
  const definitions = definitionsOf(joined);
  const context: ServiceContext = {
    joined,
    definitions,
    scaling: scalingFinder(joined),
    logGroups: logGroupFinder(joined),
    namesApart: namesApart(joined),
    addressOf: addressesApart(joined),
  };
  const services = readServices(context);
  const keys = joined.inputs.flatMap((input) => input.services.map(({ key }) => key));
  const names = new Map(keys.map((key, i) => [key, services[i]?.draft.service.name ?? key]));
  const account = accountOf(joined);
  const regions = regionsIn(joined);
  const shared = regions.map(({ region, inRegion }) => {
    const { named, ...rest } = plannedShared(inRegion, names);
    const { metered } = regions.length === 1 ? account : accountOf(inRegion);
    const groups = usedLogGroups(inRegion);
    const alone = {
      ...(metered.length === 0 ? {} : { resources: metered }),
      ...(groups.length === 0 ? {} : { logGroups: groups }),
    };
    const own = { ...named, shared: { ...named.shared, ...alone } };
    return { named: region === undefined ? own : { ...own, region }, ...rest };
  });
  const logGroups = usedLogGroups(joined);
  const isUsed = ({ address }: PlannedLogGroup) => logGroups.some((group) => group.address === address);
  const groups = joined.inputs.flatMap(({ logGroups }) => logGroups);
  const told = toldGroups(context);
  refuseTwice(draft.usage, [...told].filter(isUsed));
  return {
    services: [...draft.services, ...services.map((service) => service.draft)],
    taskDefinitions: [...draft.taskDefinitions, ...definitions.map(({ held }) => held)],
    regions: [...draft.regions, ...joined.inputs.flatMap(({ regions }) => regions)],
    shared: [...draft.shared, ...(joined.inputs.length === 0 ? [] : shared.map(({ named }) => named))],
    issues: [
      ...draft.issues,
      ...notesOf(joined.inputs),
      ...services.flatMap(({ issues }) => issues),
      ...shared.flatMap((each) => each.issues),
      ...logGroupIssues(groups, new Set([...told, ...groups.filter(isUsed)])),
      ...account.issues,
      ...absentUsage(problems),
    ],
    assumptions: [...draft.assumptions, ...assumptionsOf(joined), ...shared.flatMap((each) => each.assumptions)],
    resources: [...draft.resources, ...account.resources],
    planned: [],
    usage: [],
  };
};
