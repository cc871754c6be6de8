import type { SeriesOwner } from "../reading/held-series.ts";

/** Tags or dimensions of a series. */
export type Tags = Readonly<Record<string, string>>;

const SERVICE_KEYS = [
  "servicename",
  "ecsservice",
  "ecsservicename",
  "service",
  "dimensionservicename",
  "awsecsservicename",
];
const CLUSTER_KEYS = [
  "clustername",
  "ecscluster",
  "ecsclustername",
  "cluster",
  "dimensionclustername",
  "awsecsclustername",
  "containerlabelcomamazonawsecscluster",
];
const FAMILY_KEYS = [
  "taskdefinitionfamily",
  "ecstaskfamily",
  "ecstaskdefinitionfamily",
  "taskfamily",
  "family",
  "dimensiontaskdefinitionfamily",
  "awsecstaskfamily",
  "containerlabelcomamazonawsecstaskdefinitionfamily",
];
const TASK_KEYS = [
  "taskid",
  "taskarn",
  "ecstaskid",
  "ecstaskarn",
  "awsecstaskarn",
  "containerlabelcomamazonawsecstaskarn",
  "instance",
];
const CONTAINER_KEYS = ["containername", "ecscontainername", "container", "containerlabelcomamazonawsecscontainername"];
const ARN_KEYS = ["servicearn", "ecsservicearn", "resourcearn"];

/** A key as all of its spellings have it: `ecs_container-name` is `ecscontainername`. */
export const plainKey = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, "");

const KEYS: ReadonlySet<string> = new Set(
  [SERVICE_KEYS, CLUSTER_KEYS, FAMILY_KEYS, TASK_KEYS, CONTAINER_KEYS, ARN_KEYS].flat(),
);

/** Whether a key tells what a series is of. */
export const isOwnerKey = (key: string): boolean => KEYS.has(plainKey(key));

/** What a series is of by its tags: the service with its cluster where that is told, or else the family of its tasks. */
export const ownerOf = (tags: Tags): SeriesOwner => {
  const known = new Map(Object.entries(tags).map(([key, value]) => [plainKey(key), value.trim()]));
  const first = (keys: readonly string[]): string | undefined =>
    keys.map((key) => known.get(key)).find((value) => value !== undefined && value !== "");
  const cluster = first(CLUSTER_KEYS)?.replace(/^arn:[^/]*\//, "");
  const name = first(SERVICE_KEYS) ?? first(FAMILY_KEYS)?.replace(/:\d+$/, "");
  const named = name === undefined || name.includes("/") || cluster === undefined ? name : `${cluster}/${name}`;
  const service = first(ARN_KEYS) ?? named;
  const task = first(TASK_KEYS);
  const container = first(CONTAINER_KEYS);
  const core = known.get("cpu");
  return {
    ...(service === undefined ? {} : { service }),
    ...(first(SERVICE_KEYS) === undefined && first(ARN_KEYS) === undefined && name !== undefined
      ? { byFamily: true as const }
      : {}),
    ...(task === undefined ? {} : { task }),
    ...(container === undefined ? {} : { container: core === undefined ? container : `${container} ${core}` }),
  };
};

/** `key:value`, `key=value` and `key="value"`, parted by commas, spaces or semicolons, as scopes and labels have them. */
const TAG = /([A-Za-z_@][\w.@-]*)\s*[:=]\s*("(?:[^"\\]|\\.)*"|[^\s,;{}"|]+)/g;

/** Tags that stand in a text, and the text without those that tell what it is of. */
export const tagsIn = (text: string): { readonly tags: Tags; readonly rest: string } => {
  const tags: Record<string, string> = {};
  const rest = text.replace(TAG, (whole, key: string, value: string) => {
    if (!isOwnerKey(key)) return whole;
    tags[key] = value.replace(/^"|"$/g, "");
    return " ";
  });
  return { tags, rest };
};

const NAMESPACES = /(?<![\w/])(AWS\/ECS|ECS\/ContainerInsights|ECS)(?![\w/])/g;
const REGION = /(?<![\w-])[a-z]{2}(-[a-z]+)+-\d(?=[:\s]|$):?/g;

/** The service that is left of a label when all else was taken out: one word, or cluster and service. */
export const serviceInWords = (rest: string): string | undefined => {
  const words = rest
    .replace(NAMESPACES, " ")
    .replace(REGION, " ")
    .split(/[\s|,;:()[\]{}"]+/)
    .map((word) => word.replace(/^[-_./]+|[-_./]+$/g, ""))
    .filter((word) => word !== "" && !/^\d+$/.test(word));
  if (words.length === 0) return undefined;
  return words.length === 2 ? `${words[0]}/${words[1]}` : words.join(" ");
};
