import { parseEcsArn } from "../../../domain/workload/arn.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import type { PlannedResource, PlannedResources, Reference } from "./planned.ts";
import { isLink, UNKNOWN } from "./planned.ts";
import type { NamedUsage } from "./usage-file.ts";
import { usageFinder } from "./usage-matches.ts";

/** Planned resources of all inputs, with what is said of their use. */
export interface Joined {
  readonly inputs: readonly PlannedResources[];
  /** What a reference is in the end: a link, a name or unknown. */
  readonly settle: (reference: Reference) => Reference;
  readonly usageOf: (resource: Pick<PlannedResource, "address"> & { readonly key?: string }) => UsageEntry;
}

const MOST_HOPS = 10;

/** Templates that another input holds as a nested stack are read there, with their parameters. */
const withoutNested = (all: readonly PlannedResources[]): readonly PlannedResources[] => {
  const nested = new Set(all.flatMap((input) => input.nested));
  return all.filter(({ realPath }) => realPath === undefined || !nested.has(realPath));
};

/** Puts the planned resources of all inputs together. */
export const joinPlanned = (all: readonly PlannedResources[], usage: readonly NamedUsage[]): Joined => {
  const inputs = withoutNested(all);
  const exported = new Map(inputs.flatMap((input) => [...input.exports]));
  const find = usageFinder(usage);
  const typeOf = new Map(inputs.flatMap(({ held }) => held.map(({ key, type }) => [key, type] as const)));
  const known = new Map<string, UsageEntry>();
  const usageOf: Joined["usageOf"] = ({ address, key }) => {
    const id = key ?? address;
    const type = typeOf.get(id);
    const entry = known.get(id) ?? find({ address, ...(type === undefined ? {} : { type }) });
    known.set(id, entry);
    return entry;
  };
  const settle = (reference: Reference): Reference => {
    let here = reference;
    for (let hops = 0; typeof here === "object" && !isLink(here); hops++) {
      if (hops > MOST_HOPS || !exported.has(here.importName)) return UNKNOWN;
      here = exported.get(here.importName);
    }
    return here;
  };
  return { inputs, settle, usageOf };
};

/** Name behind an ARN of ECS, or the text itself. */
export const nameOf = (text: string): string => parseEcsArn(text)?.resource ?? text;
