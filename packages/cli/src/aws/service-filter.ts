import type { Service } from "@ecs-cost/core";
import type { Fields } from "../select/fields.ts";
import { parseFilter } from "../select/filter.ts";

/** What is known of a service before anything is worked out. */
export const SERVICE_FIELDS: Fields<Service> = {
  name: ({ name }) => name,
  cluster: ({ cluster }) => cluster,
  id: ({ id }) => id,
};

const OF_IDENTITY = /^\s*(?:name|cluster|id|tag[.:][^=!~<>]+?)\s*(?:!=|!~|=|~)/;

/**
 * Whether a service can pass an expression at all, as far as its name, cluster and tags tell: conditions on figures are
 * left for later.
 */
export const canPass = (expression: string | undefined): ((service: Service) => boolean) => {
  const parts = (expression ?? "").split(/(?<!\\),/).filter((part) => OF_IDENTITY.test(part));
  return parts.length === 0 ? () => true : parseFilter(parts.join(","), SERVICE_FIELDS);
};
