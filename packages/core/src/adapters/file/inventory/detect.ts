import { nearestKey } from "../../../schema/nearest-key.ts";

/** What an input holds. */
export type InputKind =
  | "workload"
  | "task-definition"
  | "described-task-definition"
  | "services"
  | "service-list"
  | "list"
  | "terraform-plan"
  | "template"
  | "usage"
  | "service-input"
  | "run-task"
  | "ecspresso"
  | "copilot"
  | "compose"
  | "ecs-params"
  | "pulumi";

/** Kinds that are read by readers which are loaded only where an input is one. */
export type PlannedKind = Exclude<
  InputKind,
  "workload" | "task-definition" | "described-task-definition" | "services" | "service-list" | "list"
>;

/** The formats that are read, as messages name them. */
export const FORMATS =
  "a workload file, an ECS task definition (as registered or as `aws ecs describe-task-definition` prints it), the output of `aws ecs describe-services`, a Terraform plan (`terraform show -json`), a CloudFormation template (CDK synth too), a Pulumi preview or stack (`pulumi preview --json`, `pulumi stack export`), what `aws ecs create-service` or ecspresso takes, a manifest of Copilot, a Compose file, and a usage file";

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

const isMap = (keys: Keys, name: string): boolean => isKeys(keys[name]);

const isTerraformPlan = (keys: Keys): boolean =>
  typeof keys["format_version"] === "string" &&
  ["planned_values", "values", "resource_changes"].some((key) => has(keys, key));

const TEMPLATE_TYPE = /^(?:AWS|Alexa|Custom)::/;

/** Kubernetes and others have resources as well; those of a template are a map, each with a type of AWS. */
const isTemplate = (keys: Keys): boolean => {
  if (!has(keys, "Resources") || !isMap(keys, "Resources")) return false;
  const resources = Object.values(keys["Resources"] as Keys);
  return (
    typeof keys["AWSTemplateFormatVersion"] === "string" ||
    Object.keys(keys["Resources"] as Keys).some((name) => name.startsWith("Fn::ForEach::")) ||
    resources.some((item) => isKeys(item) && typeof item["Type"] === "string" && TEMPLATE_TYPE.test(item["Type"]))
  );
};

const COPILOT_TYPE =
  /^(?:Load Balanced Web Service|Backend Service|Worker Service|Scheduled Job|Request-Driven Web Service|Static Site)$/;

const isCopilot = (keys: Keys): boolean =>
  typeof keys["name"] === "string" && typeof keys["type"] === "string" && COPILOT_TYPE.test(keys["type"]);

/** Services of a Compose file are a map, each with an image or what it is built of. */
const isCompose = (keys: Keys): boolean => {
  const { services } = keys;
  if (!isKeys(services)) return false;
  return Object.values(services).some(
    (item) => isKeys(item) && ["image", "build", "extends"].some((key) => has(item, key)),
  );
};

const isEcsParams = (keys: Keys): boolean => isKeys(keys["task_definition"]) && has(keys, "version");

const isEcspresso = (keys: Keys): boolean =>
  typeof keys["service_definition"] === "string" && typeof keys["task_definition"] === "string";

/** A preview has steps on URNs, an exported stack a deployment of resources. */
const isPulumi = (keys: Keys): boolean => {
  const { steps, deployment } = keys;
  if (isKeys(deployment) && Array.isArray(deployment["resources"])) return true;
  return Array.isArray(steps) && steps.some((step) => isKeys(step) && String(step["urn"]).startsWith("urn:pulumi:"));
};

const SERVICE_KEYS = ["serviceName", "desiredCount", "schedulingStrategy", "deploymentConfiguration", "loadBalancers"];
const RUN_KEYS = ["count", "overrides", "startedBy", "referenceId", "group"];
const PLACING = ["launchType", "capacityProviderStrategy", "networkConfiguration", "taskDefinition", "platformVersion"];

const some = (keys: Keys, names: readonly string[]): boolean => names.some((name) => has(keys, name));

/** What creates a service: its settings without those that only a service that exists has. */
const isServiceInput = (keys: Keys): boolean => some(keys, SERVICE_KEYS) && some(keys, PLACING);

const isRunTask = (keys: Keys): boolean =>
  typeof keys["taskDefinition"] === "string" && some(keys, [...RUN_KEYS, "launchType", "capacityProviderStrategy"]);

const manifestKind = (keys: Keys): InputKind | undefined => {
  if (isPulumi(keys)) return "pulumi";
  if (isCopilot(keys)) return "copilot";
  if (isEcspresso(keys)) return "ecspresso";
  if (isCompose(keys)) return "compose";
  if (isEcsParams(keys)) return "ecs-params";
  if (isServiceInput(keys)) return "service-input";
  return isRunTask(keys) ? "run-task" : undefined;
};

const isUsage = (keys: Keys): boolean => has(keys, "usage") && has(keys, "version") && !has(keys, "services");

const documentKind = (keys: Keys): InputKind | undefined => {
  if (isTerraformPlan(keys)) return "terraform-plan";
  if (isTemplate(keys)) return "template";
  if (isUsage(keys)) return "usage";
  return isWorkload(keys) ? "workload" : manifestKind(keys);
};

/** The kind of an input by its content; undefined for anything that is not understood. */
export const detectKind = (data: unknown): InputKind | undefined => {
  if (Array.isArray(data)) {
    if (data.length > 0 && data.every(isEcsService)) return "service-list";
    const known = data.length > 0 && data.every((item) => detectElement(item) !== undefined);
    return known ? "list" : undefined;
  }
  return detectElement(data) ?? (isKeys(data) ? documentKind(data) : undefined);
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
