import { parseEcsArn } from "../../../domain/workload/arn.ts";
import type { TerraformPlan } from "../../../schema/terraform-plan.ts";
import { isData, textIn } from "../planned/block.ts";
import type { NamedRegion } from "../planned/draft.ts";
import { UNKNOWN } from "../planned/planned.ts";
import { whereOf } from "../text/checked.ts";
import type { PlanContext } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;
const isRegion = (text: unknown): text is string => typeof text === "string" && REGION.test(text);

/** A region that the provider configuration of a resource gives, itself or by a variable. */
const configured = (plan: TerraformPlan, provider: string | undefined): string | undefined => {
  const configs = plan.configuration?.["provider_config"];
  const config = isData(configs) && provider !== undefined ? configs[provider] : undefined;
  const expressions = isData(config) ? config["expressions"] : undefined;
  const region = isData(expressions) ? expressions["region"] : undefined;
  if (!isData(region)) return undefined;
  if (isRegion(region["constant_value"])) return region["constant_value"];
  const references = Array.isArray(region["references"]) ? region["references"] : [];
  return references
    .map((reference) => /^var\.([\w-]+)/.exec(String(reference))?.[1] ?? "")
    .map((name) => (Object.hasOwn(plan.variables ?? {}, name) ? plan.variables?.[name]?.["value"] : undefined))
    .find(isRegion);
};

/** The provider configuration of a resource; a module that has none of its own inherits that of the root. */
const providerKey = (plan: TerraformPlan, provider: string | undefined): string | undefined => {
  const configs = plan.configuration?.["provider_config"];
  if (provider === undefined || !isData(configs) || Object.hasOwn(configs, provider)) return provider;
  return provider.split(":").at(-1);
};

/** The account of the role that a provider configuration assumes, or the only one that it allows. */
const configuredAccount = (plan: TerraformPlan, provider: string | undefined): string | undefined => {
  const configs = plan.configuration?.["provider_config"];
  const config = isData(configs) && provider !== undefined ? configs[provider] : undefined;
  const text = JSON.stringify(isData(config) ? (config["expressions"] ?? null) : null);
  const found = new Set([
    ...[...text.matchAll(/arn:aws[a-z-]*:iam::(\d{12}):role/g)].map(([, account]) => account ?? ""),
    ...[.../"allowed_account_ids":\{"constant_value":\["(\d{12})"\]/g[Symbol.matchAll](text)].map(([, id]) => id ?? ""),
  ]);
  return found.size === 1 ? [...found][0] : undefined;
};

const ARN_ACCOUNT = /^arn:[^:]*:[a-z0-9-]+:[a-z0-9-]+:(\d{12}):/;

const ownAccount = ({ data }: PlanResource): string | undefined =>
  ["arn", "id", "cluster"]
    .map((setting) => (typeof data[setting] === "string" ? ARN_ACCOUNT.exec(data[setting])?.[1] : undefined))
    .find((account) => account !== undefined);

/** Finds region and account of resources: their own, else those of their provider configuration. */
export const planPlaces = (plan: TerraformPlan, references: PlanContext["references"]): PlanContext["placeOf"] => {
  const known = new Map<string | undefined, { readonly region?: string; readonly account?: string }>();
  const ofProvider = (key: string | undefined) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const provider = providerKey(plan, key);
    const region = configured(plan, provider);
    const account = configuredAccount(plan, provider);
    const place = { ...(region === undefined ? {} : { region }), ...(account === undefined ? {} : { account }) };
    known.set(key, place);
    return place;
  };
  return (resource) => {
    const region = ownRegion(resource);
    const account = ownAccount(resource);
    return {
      ...ofProvider(references.providerOf(resource)),
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { account }),
    };
  };
};

const ofArn = (resource: PlanResource): string | undefined =>
  ["arn", "id", "cluster"]
    .map((setting) => (typeof resource.data[setting] === "string" ? parseEcsArn(resource.data[setting])?.region : ""))
    .find(isRegion);

const ownRegion = (resource: PlanResource): string | undefined => {
  const own = textIn(resource, "region");
  return isRegion(own) ? own : ofArn(resource);
};

/** Regions are in names of endpoints and zones, and in what data sources found. */
const hinted = (plan: TerraformPlan, context: PlanContext): string | undefined => {
  const services = context.ofType("aws_vpc_endpoint").map((resource) => textIn(resource, "service_name"));
  const zones = context.ofType("aws_subnet").map((resource) => textIn(resource, "availability_zone"));
  const names = [
    ...dataRegions(plan),
    ...services.map((name) => (name === UNKNOWN ? undefined : /^com\.amazonaws\.([a-z0-9-]+)\./.exec(name ?? "")?.[1])),
    ...zones.map((zone) => (zone === UNKNOWN ? undefined : zone?.replace(/[a-z]$/, ""))),
  ];
  return onlyOne(names) ?? onlyOne(providerRegions(plan));
};

const onlyOne = (names: readonly unknown[]): string | undefined => {
  const all = new Set(names.filter(isRegion));
  return all.size === 1 ? [...all][0] : undefined;
};

/** Regions of all provider configurations, for a plan that holds nothing that is in one. */
const providerRegions = (plan: TerraformPlan): readonly unknown[] => {
  const configs = plan.configuration?.["provider_config"];
  return isData(configs) ? Object.keys(configs).map((key) => configured(plan, key)) : [];
};

const dataRegions = (plan: TerraformPlan): readonly unknown[] => {
  const found: unknown[] = [];
  const left: unknown[] = [plan.prior_state?.values?.root_module];
  for (let module = left.pop(); left.length > 0 || module !== undefined; module = left.pop()) {
    if (!isData(module)) continue;
    const { resources, child_modules } = module;
    for (const resource of Array.isArray(resources) ? resources : []) {
      if (!isData(resource) || resource["type"] !== "aws_region" || !isData(resource["values"])) continue;
      found.push(resource["values"]["region"] ?? resource["values"]["name"]);
    }
    if (Array.isArray(child_modules)) left.push(...child_modules.slice(0, 10_000));
  }
  return found;
};

const SITUATED = ["aws_ecs_service", "aws_ecs_task_definition", "aws_ecs_cluster"];
const OTHERS = ["aws_nat_gateway", "aws_lb", "aws_alb", "aws_vpc_endpoint", "aws_cloudwatch_log_group"];

/** Regions of the resources of a plan, each with the first resource that is in it; empty where none is known. */
export const planRegions = (plan: TerraformPlan, context: PlanContext): readonly NamedRegion[] => {
  const ofResource = (resource: PlanResource): NamedRegion[] => {
    const { region } = context.placeOf(resource);
    return region === undefined ? [] : [{ region, place: () => whereOf(resource.document, resource.path) }];
  };
  const situated = context.ofType(...SITUATED).flatMap(ofResource);
  const named = situated.length > 0 ? situated : context.ofType(...OTHERS).flatMap(ofResource);
  const once = [...new Map(named.toReversed().map((item) => [item.region, item])).values()].toReversed();
  if (once.length > 0) return once;
  const hint = hinted(plan, context);
  return hint === undefined ? [] : [{ region: hint, place: () => ({ file: context.file }) }];
};
