import type { ServiceCapacity, ServiceComparison, ServiceEstimate, ServiceIdentity } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";

/** What a condition can look at: text, a number, or null where it is not known. */
export type FieldValue = string | Decimal | null;

/** The fields of one kind of thing by name. */
export type Fields<T> = Readonly<Record<string, (thing: T) => FieldValue>>;

/** Any kind of service in a report, as far as choosing and ordering look at it. */
export type ReportedService = ServiceIdentity;

export const numberOrNull = (value: number | null): Decimal | null => (value === null ? null : new Decimal(value));

/** What every kind of service has. */
export const IDENTITY: Fields<ReportedService> = {
  name: ({ name }) => name,
  cluster: ({ cluster }) => cluster,
  region: ({ region }) => region ?? null,
  account: ({ account }) => account ?? null,
  id: ({ cluster, name }) => `${cluster}/${name}`,
  cpu: ({ cpu }) => numberOrNull(cpu),
  memory: ({ memory }) => numberOrNull(memory),
  architecture: ({ architecture }) => architecture,
  os: ({ os }) => os,
};

export const ESTIMATE_FIELDS: Fields<ServiceEstimate> = {
  ...IDENTITY,
  runsOn: ({ runsOn }) => runsOn.join(" "),
  tasks: ({ tasks }) => (tasks === null ? null : Object.values(tasks).reduce((a, b) => a.plus(b), new Decimal(0))),
  monthlyCost: ({ monthlyCost }) => monthlyCost,
  complete: ({ complete }) => String(complete),
};

export const COMPARE_FIELDS: Fields<ServiceComparison> = {
  ...IDENTITY,
  runsOn: ({ current }) => current.runsOn.join(" "),
  monthlyCost: ({ current }) => current.monthlyCost,
  best: ({ best }) => best,
  bestMonthlyCost: ({ bestMonthlyCost }) => bestMonthlyCost,
  monthlySaving: ({ monthlySaving }) => monthlySaving,
};

export const CAPACITY_FIELDS: Fields<ServiceCapacity> = {
  ...IDENTITY,
  status: ({ status }) => status,
  runsOn: ({ runsOn }) => runsOn.join(" "),
  providers: ({ strategy }) => strategy.map(({ capacityProvider }) => capacityProvider).join(" "),
  count: ({ count }) => new Decimal(count),
  monthlyCost: ({ monthlyCost }) => monthlyCost,
  todayMonthlyCost: ({ today }) => today?.monthlyCost ?? null,
  monthlySaving: ({ monthlySaving }) => monthlySaving,
  availability: ({ availability }) => availability.achieved,
};

/** `team` of `tag.team` or `tag:team`. */
export const tagKeyOf = (name: string): string | undefined => /^tag[.:](?<key>.+)$/.exec(name)?.groups?.["key"];

/** The accessor of a field or a tag by name; throws a usage error that lists what there is. */
export const fieldOf = <T extends { readonly tags: Readonly<Record<string, string>> }>(
  name: string,
  fields: Fields<T>,
  flag: string,
): ((thing: T) => FieldValue) => {
  const tag = tagKeyOf(name);
  if (tag !== undefined) return ({ tags }) => (Object.hasOwn(tags, tag) ? (tags[tag] ?? "") : "");
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) throw unknownField(name, [...Object.keys(fields), "tag.KEY"], flag);
  return field;
};

/** The usage error for a name that is none of `known`. */
export const unknownField = (name: string, known: readonly string[], flag: string): Error => {
  const [guess] = nearest(name, known, 1);
  const hint = `${guess === undefined ? "" : `Did you mean ${guess}? `}Fields: ${known.join(", ")}.`;
  return usageError(`${flag}: there is no field ${name}`, hint);
};
