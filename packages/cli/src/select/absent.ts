import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";
import { type Condition, parseConditions, type Refusal } from "./conditions.ts";
import { tagKeyOf } from "./fields.ts";

/** A service as conditions name it. */
export interface NamedService {
  readonly name: string;
  readonly cluster: string;
  readonly region?: string | null;
  readonly account?: string | null;
  readonly tags?: Readonly<Record<string, string>>;
}

const READ: Readonly<Record<string, (service: NamedService) => string | null | undefined>> = {
  name: ({ name }) => name,
  cluster: ({ cluster }) => cluster,
  id: ({ cluster, name }) => `${cluster}/${name}`,
  region: ({ region }) => region,
  account: ({ account }) => account,
};

/** Reports of one region or account do not say it of each service. */
const OFTEN_UNSAID = /^(?:region|account)$/;

const valuesOf = (field: string, services: readonly NamedService[]): ReadonlySet<string> => {
  const tag = tagKeyOf(field);
  const read = Object.hasOwn(READ, field) ? READ[field] : undefined;
  const value = (service: NamedService) =>
    tag === undefined ? read?.(service) : Object.hasOwn(service.tags ?? {}, tag) ? service.tags?.[tag] : undefined;
  return new Set(services.flatMap((service) => value(service) ?? []));
};

const namesSomething = ({ name, operator, wanted, optional }: Condition): boolean =>
  optional !== true &&
  (operator === "=" || operator === "!=") &&
  wanted !== "" &&
  wanted !== "unknown" &&
  (Object.hasOwn(READ, name) || tagKeyOf(name) !== undefined);

/**
 * Refuses conditions that name a service, cluster or tag which no service has: what is misspelt would pass over
 * everything, or over nothing, without a word.
 */
export const refuseAbsent = (
  conditions: readonly Condition[],
  services: readonly NamedService[],
  refuse: Refusal,
): void => {
  for (const { name, wanted, text } of conditions.filter(namesSomething)) {
    const values = valuesOf(name, services);
    if (values.has(wanted) || (values.size === 0 && OFTEN_UNSAID.test(name))) continue;
    const [guess] = nearest(wanted, [...values], 1);
    const hint = `${guess === undefined ? "" : `Did you mean ${guess}? `}Write ${text}? for what may be absent.`;
    throw refuse(`no service has ${name} ${wanted}`, hint);
  }
};

/** The same for `--filter`. */
export const refuseAbsentInFilter = (expression: string | undefined, services: readonly NamedService[]): void => {
  if (expression === undefined) return;
  const refuse: Refusal = (message, hint) => usageError(`--filter: ${message}`, hint);
  refuseAbsent(parseConditions(expression, refuse), services, refuse);
};
