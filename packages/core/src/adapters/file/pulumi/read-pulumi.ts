import { isData } from "../planned/block.ts";
import type { Draft } from "../planned/draft.ts";
import type { PlanSide } from "../terraform/plan-states.ts";
import { readTerraformPlan } from "../terraform/read-plan.ts";
import type { InputDocument } from "../text/document.ts";
import { isNative, isUnknownValue, terraformKey, terraformType, terraformValues } from "./pulumi-types.ts";

type Data = Readonly<Record<string, unknown>>;

/** A resource on both sides of a preview, or as a stack has it. */
interface PulumiResource {
  readonly urn: string;
  readonly type: string;
  readonly before: Data | undefined;
  readonly after: Data | undefined;
}

const map = (value: unknown): Data => (isData(value) ? value : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const GOES = new Set(["delete", "delete-replaced", "discard-replaced", "discard", "forget", "read-discard"]);

const ofStep = (step: Data): PulumiResource[] => {
  const before = isData(step["oldState"]) ? step["oldState"] : undefined;
  const after = isData(step["newState"]) && !GOES.has(String(step["op"])) ? step["newState"] : undefined;
  const state = after ?? before;
  const isHalf = step["op"] === "delete-replaced" || step["op"] === "create-replacement";
  if (state === undefined || isHalf || state["custom"] === false) return [];
  return [{ urn: String(step["urn"]), type: String(state["type"]), before, after }];
};

const ofState = (state: Data): PulumiResource[] =>
  state["custom"] === false || state["delete"] === true
    ? []
    : [{ urn: String(state["urn"]), type: String(state["type"]), before: state, after: state }];

const resourcesOf = (data: Data): readonly PulumiResource[] => {
  const deployed = list(map(data["deployment"])["resources"]).filter(isData).flatMap(ofState);
  const steps = list(data["steps"]).filter(isData).flatMap(ofStep);
  const once = new Map([...deployed, ...steps].map((resource) => [resource.urn, resource]));
  return [...once.values()];
};

const nameOf = (urn: string): string => (urn.split("::").at(-1) ?? urn).replaceAll(/[^\w-]/g, "_") || "unnamed";

/** `aws_ecs_service.web`, each address once. */
const addressesOf = (all: readonly PulumiResource[]): ReadonlyMap<string, string> => {
  const taken = new Map<string, number>();
  return new Map(
    all.map(({ urn, type }) => {
      const plain = `${terraformType(type) ?? type.replaceAll(/[^\w]/g, "_")}.${nameOf(urn)}`;
      const before = taken.get(plain) ?? 0;
      taken.set(plain, before + 1);
      return [urn, before === 0 ? plain : `${plain}-${before + 1}`] as const;
    }),
  );
};

const nativeOf = (state: Data | undefined): boolean => isNative(String(state?.["type"]));

/** Outputs know what inputs leave to AWS; an output that is not known yet leaves the input. */
const valuesOf = (state: Data | undefined): Data | undefined => {
  if (state === undefined) return undefined;
  const outputs = Object.entries(map(state["outputs"])).filter(([, value]) => value !== null && !isUnknownValue(value));
  const id = state["id"];
  const values = terraformValues({ ...map(state["inputs"]), ...Object.fromEntries(outputs) }, nativeOf(state));
  return { ...map(values), ...(typeof id === "string" && id !== "" ? { id } : {}) };
};

const unknownIn = (state: Data | undefined): Data =>
  Object.fromEntries(
    Object.entries(map(state?.["inputs"])).flatMap(([key, value]) =>
      isUnknownValue(value) ? [[terraformKey(key, nativeOf(state)), true]] : [],
    ),
  );

const expressionsOf = (state: Data, addresses: ReadonlyMap<string, string>): Data =>
  Object.fromEntries(
    Object.entries(map(state["propertyDependencies"])).flatMap(([key, urns]) => {
      const references = list(urns).flatMap((urn) => addresses.get(String(urn)) ?? []);
      return references.length === 0 ? [] : [[terraformKey(key, nativeOf(state)), { references }]];
    }),
  );

const REGION_SETTING = /^aws(?:-native)?:region$/;

const regionOf = (data: Data): unknown => {
  const config = Object.entries(map(data["config"])).find(([key]) => REGION_SETTING.test(key))?.[1];
  const states = [
    ...list(map(data["deployment"])["resources"]),
    ...list(data["steps"]).map((step) => map(step)["newState"]),
  ];
  const provider = states.filter(isData).find(({ type }) => /^pulumi:providers:aws(?:-native)?$/.test(String(type)));
  return (isData(config) ? config["value"] : config) ?? map(provider?.["inputs"])["region"];
};

/** A preview or stack as a plan of Terraform, whose provider it is made with. */
const asPlan = (data: Data): Data => {
  const all = resourcesOf(data).filter(({ type }) => !type.startsWith("pulumi:"));
  const addresses = addressesOf(all);
  const region = regionOf(data);
  const changes = all.map(({ urn, type, before, after }) => {
    const address = addresses.get(urn) ?? urn;
    const [, name = address] = address.split(".", 2);
    return {
      ...{ address, mode: "managed", type: terraformType(type) ?? type, name },
      change: {
        actions: after === undefined ? ["delete"] : before === undefined ? ["create"] : ["update"],
        ...{ before: valuesOf(before) ?? null, after: valuesOf(after) ?? null, after_unknown: unknownIn(after) },
      },
    };
  });
  const resources = all.map(({ before, after }, i) => ({
    ...{ address: changes[i]?.address, type: changes[i]?.type, name: changes[i]?.name, mode: "managed" },
    provider_config_key: "aws",
    expressions: expressionsOf(after ?? before ?? {}, addresses),
  }));
  const provider = typeof region === "string" ? { aws: { expressions: { region: { constant_value: region } } } } : {};
  return {
    format_version: "1.2",
    resource_changes: changes,
    configuration: { provider_config: provider, root_module: { resources } },
  };
};

/** Reads a preview of Pulumi, or the state of a stack: resources of its AWS provider, as Terraform names them. */
export const readPulumi = (document: InputDocument, side: PlanSide = "after"): Draft => {
  const plan = asPlan(document.data as Data);
  const placed = { ...document, data: plan, lineOf: () => undefined, knownLineOf: () => undefined };
  return readTerraformPlan(placed, side);
};
