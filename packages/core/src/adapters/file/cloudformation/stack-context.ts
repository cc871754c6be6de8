import { type Block, blocksIn, textIn } from "../planned/block.ts";
import { isKnown, type PlannedResource, type Reference } from "../planned/planned.ts";
import { originOf, whereOf } from "../text/checked.ts";
import { plainMap } from "../text/plain-map.ts";
import type { StackResource } from "./stack.ts";
import { toReference } from "./template-value.ts";

/** Resources of a stack by their types. */
export type OfType = (type: string) => readonly StackResource[];

/** What every resource has. */
export const plannedResource = (resource: StackResource): PlannedResource => {
  const path = resource.path.slice(0, -1);
  return {
    key: resource.key,
    address: resource.address,
    origin: originOf(resource.document, path),
    place: () => whereOf(resource.document, path),
  };
};

/** What a setting names: a resource, an export of another stack, or text. */
export const referenceIn = (block: Block, setting: string): Reference =>
  toReference(Object.hasOwn(block.data, setting) ? block.data[setting] : undefined);

/** Tags given as a list of keys and values; those that are not known are left out. */
export const tagsOf = (resource: StackResource): Readonly<Record<string, string>> => {
  const tags = blocksIn(resource, "Tags");
  if (!isKnown(tags)) return {};
  return plainMap(
    tags.flatMap((tag) => {
      const key = textIn(tag, "Key");
      const value = textIn(tag, "Value");
      return isKnown(key) && isKnown(value) ? [[key, value] as const] : [];
    }),
  );
};
