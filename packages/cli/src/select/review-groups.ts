import type { CostGroup } from "@ecs-cost/core";
import type { GroupKey } from "@ecs-cost/core/review";
import { usageError } from "../program/usage-error.ts";

const KEYS = ["account", "region", "month", "cluster", "service", "dimension", "launch-type", "team"];

/** What `--group-by` of a review names: one key or several, as `account,tag:team`. */
export const parseReviewGroups = (text: string): readonly GroupKey[] => {
  const keys = text.split(",").map((key) => key.trim());
  const odd = keys.find((key) => !KEYS.includes(key) && !/^tag:.+$/.test(key));
  if (odd !== undefined) {
    throw usageError(`--group-by ${text}: expected ${KEYS.join(", ")} or tag:KEY, several with commas`);
  }
  return [...new Set(keys)] as readonly GroupKey[];
};

/** Keys of tags that groups need. */
export const groupTags = (keys: readonly GroupKey[]): readonly string[] =>
  keys.flatMap((key) => (key.startsWith("tag:") ? [key.slice(4)] : []));

/** Header of the column of a key. */
export const groupHeaders = (keys: readonly GroupKey[]): readonly string[] =>
  keys.map((key) =>
    key.startsWith("tag:") ? key.slice(4) : key.charAt(0).toUpperCase() + key.slice(1).replace("-", " "),
  );

/** Values of a group in the order of the keys. */
export const groupValues = (group: CostGroup, keys: readonly GroupKey[]): readonly string[] =>
  keys.map((key) => group.keys[key] ?? "");
