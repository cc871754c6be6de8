import { rowOf } from "../account/resource-table.ts";

/** Types whose Terraform name does not follow from theirs. */
const NAMES: Readonly<Record<string, string>> = {
  "rds/instance": "aws_db_instance",
  "lb/loadBalancer": "aws_lb",
  "alb/loadBalancer": "aws_alb",
  "elb/loadBalancer": "aws_elb",
  "applicationloadbalancing/loadBalancer": "aws_lb",
  "s3/bucketV2": "aws_s3_bucket",
  "ssm/parameter": "aws_ssm_parameter",
  "servicediscovery/service": "aws_service_discovery_service",
  "servicediscovery/privateDnsNamespace": "aws_service_discovery_private_dns_namespace",
  "servicediscovery/publicDnsNamespace": "aws_service_discovery_public_dns_namespace",
  "servicediscovery/httpNamespace": "aws_service_discovery_http_namespace",
  "scheduler/schedule": "aws_scheduler_schedule",
};

const snake = (text: string): string =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

/** Whether a type is of the provider that is made of CloudFormation, whose settings have its names. */
export const isNative = (type: string): boolean => type.startsWith("aws-native:");

/** `aws:ecs/taskDefinition:TaskDefinition` -> `aws_ecs_task_definition`, `aws-native:ecs:Service` -> `awscc_ecs_service`; undefined for a type of no AWS provider. */
export const terraformType = (type: string): string | undefined => {
  const native = /^aws-native:(?<module>\w+):(?<name>\w+)$/.exec(type)?.groups;
  if (native !== undefined) return `awscc_${native["module"]}_${snake(native["name"] ?? "")}`.toLowerCase();
  const { module = "", name = "" } = /^aws:(?<module>[^/:]+)\/(?<name>[^:]+):/.exec(type)?.groups ?? {};
  if (module === "" || name === "") return undefined;
  const named = NAMES[`${module}/${name}`];
  if (named !== undefined) return named;
  const short = `aws_${snake(name)}`;
  const long = `aws_${module.toLowerCase()}_${snake(name)}`;
  return rowOf(long) === undefined && rowOf(short) !== undefined ? short : long;
};

/** Lists that Terraform has as nested blocks are in the plural here. */
const BLOCKS: Readonly<Record<string, string>> = {
  actions: "action",
  capacity_provider_strategies: "capacity_provider_strategy",
  default_actions: "default_action",
  default_capacity_provider_strategies: "default_capacity_provider_strategy",
  load_balancers: "load_balancer",
  metric_queries: "metric_query",
  overrides: "override",
  settings: "setting",
  subnet_mappings: "subnet_mapping",
  volumes: "volume",
};

/** Maps whose keys are the user's. */
const OWN_KEYS: ReadonlySet<string> = new Set(["tags", "tagsAll", "parameters", "options", "labels"]);

/** Strings that stand for what is not known before an update. */
const UNKNOWN_VALUES: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const SECRET = "4dabf18193072939515e22adb298388d";

/** Whether a value is known only after an update, or kept secret. */
export const isUnknownValue = (value: unknown): boolean =>
  UNKNOWN_VALUES.has(value) || (typeof value === "object" && value !== null && SECRET in value);

const DEEPEST = 40;

/** Settings as Terraform spells them; what is not known is left out. */
export const terraformValues = (value: unknown, native: boolean, depth = 0): unknown => {
  if (depth > DEEPEST || isUnknownValue(value)) return undefined;
  if (Array.isArray(value)) return value.map((item) => terraformValues(item, native, depth + 1));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      terraformKey(key, native),
      OWN_KEYS.has(key) ? item : terraformValues(item, native, depth + 1),
    ]),
  );
};

/** `capacityProviderStrategies` -> `capacity_provider_strategy`. */
export const terraformKey = (key: string, native: boolean): string =>
  (native ? undefined : BLOCKS[snake(key)]) ?? snake(key);
