import { isDeepStrictEqual } from "node:util";
import type { Template } from "../../../schema/cloudformation-template.ts";
import { UNKNOWN } from "../planned/planned.ts";
import { conditionsOf, type Truth } from "./conditions.ts";
import { concat, importOf, isPlain, linkTo, NO_VALUE } from "./template-value.ts";

/** What a template is evaluated with. */
export interface Surroundings {
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly region: string | undefined;
  /** Key of a resource of this template over all inputs. */
  readonly keyOf: (logicalId: string) => string;
  /** An output of a nested stack. */
  readonly outputOf: (logicalId: string, output: string) => unknown;
}

/** Works out values and conditions of a template. */
export interface Evaluator {
  readonly value: (value: unknown) => unknown;
  readonly condition: (name: string) => Truth;
}

const DEEPEST = 80;
const PLACEHOLDER = /\$\{(!?)([^${}]+)\}/g;

type Data = Readonly<Record<string, unknown>>;

const isListType = (type: unknown): boolean => /^(?:CommaDelimitedList|List<)/.test(String(type));

const splitList = (text: string): readonly string[] => text.split(",").map((item) => item.trim());

const parameterValue = ({ Type, Default }: Data): unknown => {
  if (String(Type).startsWith("AWS::SSM::") || Default === undefined || Default === null) return UNKNOWN;
  return isListType(Type) && !Array.isArray(Default) ? splitList(String(Default)) : Default;
};

const givenValue = (parameter: unknown, value: unknown): unknown =>
  isPlain(parameter) && isListType(parameter["Type"]) && isText(value) ? splitList(value) : value;

const listOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? (value as readonly unknown[]) : undefined;

const isText = (value: unknown): value is string => typeof value === "string";

const join = ([delimiter, items]: readonly unknown[]): unknown => {
  const list = listOf(items);
  if (!isText(delimiter) || list === undefined) return UNKNOWN;
  return concat(list.flatMap((item, i) => (i === 0 ? [item] : [delimiter, item])));
};

const select = ([index, items]: readonly unknown[]): unknown => {
  const list = listOf(items);
  const at = Number(index);
  return list === undefined || !Number.isInteger(at) || at < 0 || at >= list.length ? UNKNOWN : list[at];
};

const split = ([delimiter, text]: readonly unknown[]): unknown =>
  isText(delimiter) && delimiter !== "" && isText(text) ? text.split(delimiter) : UNKNOWN;

const inMap = (mappings: Data, [map, top, second, options]: readonly unknown[]): unknown => {
  let here: unknown = mappings;
  for (const key of [map, top, second]) {
    if (!isPlain(here) || (typeof key !== "string" && typeof key !== "number")) return UNKNOWN;
    if (!Object.hasOwn(here, key)) return isPlain(options) ? (options["DefaultValue"] ?? UNKNOWN) : UNKNOWN;
    here = here[key];
  }
  return here;
};

/** An evaluator of the functions of a template: what cannot be worked out is `UNKNOWN`. */
export const evaluatorOf = (template: Template, around: Surroundings): Evaluator => {
  const parameters: Data = template.Parameters ?? {};
  const resources: Data = template.Resources;

  const attribute = (id: string, name: string): unknown => {
    if (!Object.hasOwn(resources, id)) return UNKNOWN;
    return name.startsWith("Outputs.") ? around.outputOf(id, name.slice(8)) : linkTo(around.keyOf(id), name);
  };

  const ref = (name: unknown): unknown => {
    if (!isText(name)) return UNKNOWN;
    if (name === "AWS::NoValue") return NO_VALUE;
    if (name === "AWS::Region") return around.region ?? UNKNOWN;
    if (Object.hasOwn(parameters, name)) {
      const parameter = parameters[name];
      if (around.parameters.has(name)) return givenValue(parameter, around.parameters.get(name));
      return isPlain(parameter) ? parameterValue(parameter) : UNKNOWN;
    }
    return attribute(name, "Ref");
  };

  const getAtt = (value: unknown): unknown => {
    const parts = listOf(value) ?? (isText(value) ? value.split(".") : []);
    const [id, ...names] = parts;
    return isText(id) && names.every(isText) && names.length > 0 ? attribute(id, names.join(".")) : UNKNOWN;
  };

  const placeholder = (name: string, own: Data): unknown => {
    if (Object.hasOwn(own, name)) return own[name];
    return name.includes(".") ? getAtt(name) : ref(name);
  };

  const sub = (value: unknown): unknown => {
    const [text, own] = listOf(value) ?? [value, {}];
    if (!isText(text)) return UNKNOWN;
    const parts: unknown[] = [];
    let from = 0;
    for (const match of text.matchAll(PLACEHOLDER)) {
      const [whole, literal, name = ""] = match;
      parts.push(text.slice(from, match.index));
      parts.push(literal === "!" ? `\${${name}}` : placeholder(name.trim(), isPlain(own) ? own : {}));
      from = match.index + whole.length;
    }
    return concat([...parts, text.slice(from)]);
  };

  const choose = (value: unknown, depth: number): unknown => {
    const [name, then, otherwise] = listOf(value) ?? [];
    const truth = isText(name) ? condition(name) : undefined;
    if (truth !== undefined) return resolve(truth ? then : otherwise, depth + 1);
    const [one, other] = [resolve(then, depth + 1), resolve(otherwise, depth + 1)];
    return isDeepStrictEqual(one, other) ? one : UNKNOWN;
  };

  const functions: Readonly<Record<string, (value: unknown) => unknown>> = {
    Ref: ref,
    "Fn::GetAtt": getAtt,
    "Fn::Sub": sub,
    "Fn::Join": (value) => join(listOf(value) ?? []),
    "Fn::Select": (value) => select(listOf(value) ?? []),
    "Fn::Split": (value) => split(listOf(value) ?? []),
    "Fn::FindInMap": (value) => inMap(template.Mappings ?? {}, listOf(value) ?? []),
    "Fn::ImportValue": (value) => (isText(value) ? importOf(value) : UNKNOWN),
    // Only user data is written so, which is read as text.
    "Fn::Base64": (value) => value,
    "Fn::Length": (value) => listOf(value)?.length ?? UNKNOWN,
  };

  const call = (key: string, argument: unknown, depth: number): unknown => {
    if (key === "Fn::If") return choose(argument, depth);
    const known = Object.hasOwn(functions, key) ? functions[key] : undefined;
    return known === undefined ? UNKNOWN : known(resolve(argument, depth + 1));
  };

  const resolve = (value: unknown, depth = 0): unknown => {
    if (depth > DEEPEST) return UNKNOWN;
    if (isText(value)) return value.includes("{{resolve:") ? UNKNOWN : value;
    if (Array.isArray(value)) {
      return value.map((item) => resolve(item, depth + 1)).filter((item) => item !== NO_VALUE);
    }
    if (!isPlain(value)) return value;
    const [key, ...others] = Object.keys(value);
    if (key !== undefined && others.length === 0 && (key === "Ref" || key.startsWith("Fn::"))) {
      return call(key, value[key], depth);
    }
    const entries = Object.entries(value).map(([name, item]) => [name, resolve(item, depth + 1)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
  };

  const condition = conditionsOf(template.Conditions ?? {}, (value) => resolve(value));
  return {
    condition,
    value: (value) => {
      const found = resolve(value);
      return found === NO_VALUE ? undefined : found;
    },
  };
};
