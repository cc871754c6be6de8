import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import type { Template, TemplateResource } from "../../../schema/cloudformation-template.ts";
import { isData } from "../planned/block.ts";
import { readDocument } from "../text/document.ts";
import { readText } from "../text/read-text.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Stack, StackPlace } from "./stack.ts";

const DEEPEST = 12;

/** Types that hold another template, with the setting that names it. */
const NESTED: ReadonlyMap<string, string> = new Map([
  ["AWS::CloudFormation::Stack", "TemplateURL"],
  ["AWS::Serverless::Application", "Location"],
]);

/** Whether resources of a type stand for the resources of another template. */
export const isNested = (type: string): boolean => NESTED.has(type);

/** A file below the folder of the template, or nothing: templates name no other files of the machine. */
const fileBeside = (file: string, name: unknown): string | undefined => {
  if (typeof name !== "string" || file === "-" || /^[a-z0-9]+:\/\//i.test(name) || isAbsolute(name)) return undefined;
  return normalize(name).startsWith("..") ? undefined : join(dirname(file), name);
};

const realPath = (file: string): string | undefined => {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
};

const nestedFile = (file: string, resource: TemplateResource, url: unknown) => {
  const names = [resource.Metadata?.["aws:asset:path"], url, typeof url === "string" ? basename(url) : undefined];
  for (const name of names) {
    const beside = fileBeside(file, name);
    const real = beside === undefined ? undefined : realPath(beside);
    if (beside !== undefined && real !== undefined) return { file: beside, real };
  }
  return undefined;
};

export const EMPTY_STACK: Stack = {
  resources: [],
  held: [],
  outputs: new Map(),
  exports: new Map(),
  nested: [],
  notes: [],
};

const missing = (address: string, detail: string): Stack => ({
  ...EMPTY_STACK,
  notes: [{ code: "not-understood", severity: "warning", subject: address, detail }],
});

type Read = (place: StackPlace) => Stack;

const readNested = (
  place: StackPlace,
  address: string,
  resource: TemplateResource,
  values: Evaluator,
  read: Read,
): Stack => {
  const properties = values.value(resource.Properties ?? {});
  const settings = isData(properties) ? properties : {};
  const found = nestedFile(place.document.file, resource, settings[NESTED.get(resource.Type) ?? ""]);
  if (found === undefined)
    return missing(address, "the template of this nested stack is not in the folder; it is not included");
  if (place.above.includes(found.real) || place.above.length > DEEPEST) {
    return missing(address, "this nested stack holds itself; it is not included");
  }
  const { Parameters } = settings;
  const stack = read({
    ...place,
    document: readDocument(found.file, readText(found.file, found.file)),
    prefix: `${address}/`,
    parameters: new Map(Object.entries(isData(Parameters) ? Parameters : {})),
    above: [...place.above, found.real],
  });
  return { ...stack, nested: [found.real, ...stack.nested] };
};

/** Nested stacks by their logical ids, each read once and when it is first asked for. */
export const nestedStacks = (place: StackPlace, template: Template, evaluator: () => Evaluator, read: Read) => {
  const children = new Map<string, Stack>();
  const of = (id: string): Stack => {
    const known = children.get(id);
    if (known !== undefined) return known;
    children.set(id, EMPTY_STACK);
    const entry = Object.hasOwn(template.Resources, id) ? template.Resources[id] : undefined;
    if (!isData(entry) || !isNested(String(entry["Type"]))) return EMPTY_STACK;
    const resource = entry as TemplateResource;
    const values = evaluator();
    if (resource.Condition != null && values.condition(resource.Condition) === false) return EMPTY_STACK;
    const child = readNested(place, `${place.prefix}${id}`, resource, values, read);
    children.set(id, child);
    return child;
  };
  return { of, all: () => [...children.values()] };
};
