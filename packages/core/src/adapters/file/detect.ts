import { nearestKey } from "../../schema/nearest-key.ts";

/** What an input holds. */
export type InputKind =
  | "workload"
  | "task-definition"
  | "described-task-definition"
  | "services"
  | "service-list"
  | "list";

/** The formats that are read, as messages name them. */
export const FORMATS =
  "a workload file, an ECS task definition (as registered or as `aws ecs describe-task-definition` prints it), and the output of `aws ecs describe-services`";

type Keys = Readonly<Record<string, unknown>>;

const WORKLOAD_KEYS = ["region", "services", "shared"];

const isKeys = (value: unknown): value is Keys => value !== null && typeof value === "object" && !Array.isArray(value);
const has = (keys: Keys, name: string): boolean => Object.hasOwn(keys, name);

const isTaskDefinition = (value: unknown): boolean =>
  isKeys(value) && has(value, "containerDefinitions") && has(value, "family");

const isEcsService = (value: unknown): boolean =>
  isKeys(value) && (has(value, "serviceName") || has(value, "serviceArn"));

const isServices = (keys: Keys): boolean => {
  const services = keys["services"];
  if (!Array.isArray(services)) return false;
  return services.length === 0 ? has(keys, "failures") && !has(keys, "version") : services.some(isEcsService);
};

/** Compose files have `services` as well, but as a map, and their version is text. */
const isWorkload = (keys: Keys): boolean => {
  const { version, services } = keys;
  if (version === 1 || version === "1") {
    return Object.keys(keys).some((key) => key !== "version" && nearestKey(key, WORKLOAD_KEYS) !== undefined);
  }
  return Array.isArray(services) && services.some((item) => isKeys(item) && has(item, "name"));
};

/** The kind of an input by its content; undefined for anything that is not understood. */
export const detectKind = (data: unknown): InputKind | undefined => {
  if (Array.isArray(data)) {
    if (data.length > 0 && data.every(isEcsService)) return "service-list";
    const known = data.length > 0 && data.every((item) => detectElement(item) !== undefined);
    return known ? "list" : undefined;
  }
  return detectElement(data) ?? (isKeys(data) && isWorkload(data) ? "workload" : undefined);
};

/** What may stand in a list beside others. */
export const detectElement = (data: unknown): InputKind | undefined => {
  if (!isKeys(data)) return undefined;
  if (isTaskDefinition(data)) return "task-definition";
  if (isKeys(data["taskDefinition"]) && has(data["taskDefinition"], "containerDefinitions")) {
    return "described-task-definition";
  }
  return isServices(data) ? "services" : undefined;
};
