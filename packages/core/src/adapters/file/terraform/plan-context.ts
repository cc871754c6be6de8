import { textIn } from "../planned/block.ts";
import { type HeldResource, type PlannedResource, type Reference, UNKNOWN } from "../planned/planned.ts";
import { originOf, whereOf } from "../text/checked.ts";
import type { PlanResource } from "./plan-resources.ts";
import type { References } from "./references.ts";

/** A plan while its resources are read. */
export interface PlanContext {
  readonly file: string;
  readonly references: References;
  /** Of a state everything is known: what a resource names is what its settings say. */
  readonly isState: boolean;
  /** Previous addresses of resources that were moved, by their addresses. */
  readonly moved: ReadonlyMap<string, string>;
  readonly held: readonly HeldResource[];
  /** Region and account of a resource, as far as the plan tells them. */
  readonly placeOf: (resource: PlanResource) => Pick<PlannedResource, "region" | "account">;
  readonly ofType: (...types: readonly string[]) => readonly PlanResource[];
}

/** Key of a resource over all inputs. */
export const keyOf = (context: Pick<PlanContext, "file">, { address }: Pick<PlanResource, "address">): string =>
  `${context.file}#${address}`;

/** What every resource has. */
export const plannedResource = (context: PlanContext, resource: PlanResource): PlannedResource => {
  const path = resource.path.slice(0, -1);
  const previousAddress = context.moved.get(resource.address);
  return {
    key: keyOf(context, resource),
    address: resource.address,
    ...(previousAddress === undefined ? {} : { previousAddress }),
    ...context.placeOf(resource),
    origin: originOf(resource.document, path),
    place: () => whereOf(resource.document, path),
  };
};

/** The one resource of a type that a setting refers to; else its text; else that it is unknown. */
export const referenceIn = (
  context: PlanContext,
  resource: PlanResource,
  setting: string,
  ...types: readonly string[]
): Reference => {
  const known = context.isState ? textIn(resource, setting) : undefined;
  if (known !== undefined) return known;
  const found = types.flatMap((type) => context.references.from(resource, [setting], type));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return { to: keyOf(context, only) };
  return textIn(resource, setting);
};

/** How many Availability Zones subnets span: as many as there are subnets, given or referred to. */
export const subnetsIn = (context: PlanContext, resource: PlanResource, setting: string) => {
  const given = resource.data[setting];
  if (Array.isArray(given)) return given.length;
  if (given !== UNKNOWN) return undefined;
  const referred = context.references.from(resource, [setting], "aws_subnet").length;
  return referred > 0 ? referred : UNKNOWN;
};
