import type { CapacityReport, CompareReport, EstimateReport, LineItem, UnpricedUsage } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { usageError } from "../program/usage-error.ts";
import { tagKeyOf } from "./fields.ts";

/** What services are put together by. */
export type GroupBy =
  | { readonly kind: "service" | "cluster" | "region" | "account" | "dimension" }
  | { readonly kind: "tag"; readonly key: string };

export interface Group {
  /** The cluster, tag value, service or dimension; see `SHARED` and `UNTAGGED`. */
  readonly key: string;
  /** Null where nothing of the group is known. */
  readonly monthlyCost: Decimal | null;
  readonly complete: boolean;
  readonly services: number;
}

export interface SavingGroup extends Group {
  readonly bestMonthlyCost: Decimal | null;
  readonly monthlySaving: Decimal | null;
}

/** Keys of what belongs to no service, and of services that lack the tag. */
const SHARED = "(shared)";
const UNTAGGED = "(untagged)";
/** Key of services whose region or account no input tells. */
const UNKNOWN_PLACE = "(unknown)";

const KINDS = ["service", "cluster", "region", "account", "dimension"] as const;
const isKind = (text: string): text is (typeof KINDS)[number] => (KINDS as readonly string[]).includes(text);

export const parseGroupBy = (text: string): GroupBy => {
  if (isKind(text)) return { kind: text };
  const key = tagKeyOf(text);
  if (key === undefined)
    throw usageError(`--group-by ${text}: expected service, cluster, region, account, dimension or tag:KEY`);
  return { kind: "tag", key };
};

interface Groupable {
  readonly name: string;
  readonly cluster: string;
  readonly region?: string;
  readonly account?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The group of a service. */
export const keyOf = (service: Groupable, by: GroupBy, region?: string): string => {
  if (by.kind === "region") return service.region ?? region ?? UNKNOWN_PLACE;
  if (by.kind === "account") return service.account ?? UNKNOWN_PLACE;
  if (by.kind === "tag") return Object.hasOwn(service.tags, by.key) ? (service.tags[by.key] ?? "") : UNTAGGED;
  return by.kind === "cluster" ? service.cluster : `${service.cluster}/${service.name}`;
};

const zero = new Decimal(0);
const orZero = (value: Decimal | null): Decimal => value ?? zero;

/** Groups in order of their cost, unknown ones last. */
export const dearestFirst = <G extends Group>(groups: readonly G[]): readonly G[] =>
  [...groups].sort((a, b) => orZero(b.monthlyCost).comparedTo(orZero(a.monthlyCost)) || (a.key < b.key ? -1 : 1));

/** Sum of what is known, null where there are values and not one is. */
const sum = (values: readonly (Decimal | null)[]): Decimal | null =>
  values.length > 0 && values.every((value) => value === null)
    ? null
    : values.reduce<Decimal>((total, value) => total.plus(value ?? zero), zero);

/** Costs of an estimate put together, dearest first; the groups add up to its total. */
export const groupEstimate = (report: EstimateReport, by: GroupBy): readonly Group[] => {
  if (by.kind === "dimension") return byDimension(report);
  const groups = [...Map.groupBy(report.services, (service) => keyOf(service, by, report.region))].map(
    ([key, services]) => ({
      key,
      monthlyCost: sum(services.map(({ monthlyCost }) => monthlyCost)),
      complete: services.every(({ complete }) => complete),
      services: services.length,
    }),
  );
  return dearestFirst([...groups, ...sharedGroup(report)]);
};

const sharedGroup = ({ shared }: EstimateReport): readonly Group[] =>
  shared.lineItems.length === 0 && shared.unpriced.length === 0
    ? []
    : [{ key: SHARED, monthlyCost: shared.monthlyCost, complete: shared.complete, services: 0 }];

const byDimension = (report: EstimateReport): readonly Group[] => {
  const used = new Map<string, { cost: Decimal | null; complete: boolean; services: Set<string> }>();
  const entry = (dimension: string) => {
    const known = used.get(dimension) ?? { cost: null, complete: true, services: new Set<string>() };
    used.set(dimension, known);
    return known;
  };
  const add = (id: string, lineItems: readonly LineItem[], unpriced: readonly UnpricedUsage[]): void => {
    for (const { dimension, cost } of lineItems) {
      const group = entry(dimension);
      group.cost = orZero(group.cost).plus(cost);
      if (id !== SHARED) group.services.add(id);
    }
    for (const { dimension } of unpriced) entry(dimension).complete = false;
  };
  for (const { cluster, name, lineItems, unpriced } of report.services) add(`${cluster}/${name}`, lineItems, unpriced);
  add(SHARED, report.shared.lineItems, report.shared.unpriced);
  return dearestFirst(
    [...used].map(([key, { cost, complete, services }]) => ({
      key,
      monthlyCost: cost,
      complete,
      services: services.size,
    })),
  );
};

/** Costs and savings of a comparison put together; what is shared is no part of it. */
export const groupComparison = (report: CompareReport, by: GroupBy): readonly SavingGroup[] => {
  if (by.kind === "dimension") throw usageError("--group-by dimension is for estimate: an option has lines of its own");
  return dearestFirst(
    [...Map.groupBy(report.services, (service) => keyOf(service, by, report.region))].map(([key, services]) => ({
      key,
      monthlyCost: sum(services.map(({ current }) => current.monthlyCost)),
      complete: services.every(({ current }) => current.complete),
      services: services.length,
      bestMonthlyCost: sum(
        services.map(({ current, monthlySaving }) => afterSaving(current.monthlyCost, monthlySaving)),
      ),
      monthlySaving: sum(services.map(({ monthlySaving }) => monthlySaving)),
    })),
  );
};

/** What a service costs once it runs where that is cheapest: never more than today. */
const afterSaving = (current: Decimal | null, saving: Decimal | null): Decimal | null =>
  current === null ? null : current.minus(saving ?? zero);

/** Strategies put together, the dearest first. */
export interface CapacityGroup extends Group {
  readonly todayMonthlyCost: Decimal | null;
  readonly monthlySaving: Decimal | null;
}

/** Costs of the recommended strategies put together, beside today's. */
export const groupCapacity = (report: CapacityReport, by: GroupBy): readonly CapacityGroup[] => {
  if (by.kind === "dimension") throw usageError("--group-by dimension is for estimate: a strategy has no lines");
  return dearestFirst(
    [...Map.groupBy(report.services, (service) => keyOf(service, by, report.region))].map(([key, services]) => ({
      key,
      monthlyCost: sum(services.map(({ monthlyCost }) => monthlyCost)),
      complete: services.every(({ status }) => status !== "unknown"),
      services: services.length,
      todayMonthlyCost: sum(services.map(({ today }) => today?.monthlyCost ?? null)),
      monthlySaving: sum(services.map(({ monthlySaving }) => monthlySaving)),
    })),
  );
};
