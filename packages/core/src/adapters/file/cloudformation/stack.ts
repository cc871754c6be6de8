import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import { type Template, type TemplateResource, templateSchema } from "../../../schema/cloudformation-template.ts";
import { schemaProblems } from "../../../schema/problems.ts";
import type { Block } from "../planned/block.ts";
import { isData, ownEntries } from "../planned/block.ts";
import type { PlannedResources } from "../planned/planned.ts";
import { UNKNOWN } from "../planned/planned.ts";
import { refuseProblems } from "../text/checked.ts";
import { type InputDocument, readDocument } from "../text/document.ts";
import { readText } from "../text/read-text.ts";
import { type Evaluator, evaluatorOf } from "./evaluator.ts";
import { RESOURCE_TYPES, UNREAD } from "./resource-types.ts";

/** A resource that a stack or one of its nested stacks makes, its settings worked out. */
export interface StackResource extends Block {
  readonly key: string;
  /** Logical id, below those of the nested stacks that it is in: `Api/Service`. */
  readonly address: string;
  readonly type: string;
}

type Notes = PlannedResources["notes"];

/** What a template makes. */
export interface Stack {
  readonly resources: readonly StackResource[];
  readonly outputs: ReadonlyMap<string, unknown>;
  /** What it exports, by name. */
  readonly exports: ReadonlyMap<string, unknown>;
  /** Real paths of the templates of nested stacks. */
  readonly nested: readonly string[];
  readonly notes: Notes;
}

/** Where a template stands among others. */
export interface StackPlace {
  readonly document: InputDocument;
  /** File of the outermost template. */
  readonly root: string;
  /** Addresses of its resources begin with this. */
  readonly prefix: string;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly region: string | undefined;
  /** Real paths of the templates that hold this one. */
  readonly above: readonly string[];
}

const DEEPEST = 12;
const STACK = "AWS::CloudFormation::Stack";

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

const EMPTY: Stack = { resources: [], outputs: new Map(), exports: new Map(), nested: [], notes: [] };

type Note = Notes[number];

const warn = (subject: string, detail: string): Note => ({ severity: "warning", subject, detail });

const note = (subject: string, detail: string): Stack => ({ ...EMPTY, notes: [warn(subject, detail)] });

const readNested = (place: StackPlace, address: string, resource: TemplateResource, values: Evaluator): Stack => {
  const properties = values.value(resource.Properties ?? {});
  const { TemplateURL, Parameters } = isData(properties) ? properties : {};
  const found = nestedFile(place.document.file, resource, TemplateURL);
  if (found === undefined)
    return note(address, "the template of this nested stack is not in the folder; it is not included");
  if (place.above.includes(found.real) || place.above.length > DEEPEST) {
    return note(address, "this nested stack holds itself; it is not included");
  }
  const document = readDocument(found.file, readText(found.file, found.file));
  const stack = readStack({
    ...place,
    document,
    prefix: `${address}/`,
    parameters: new Map(Object.entries(isData(Parameters) ? Parameters : {})),
    above: [...place.above, found.real],
  });
  return { ...stack, nested: [found.real, ...stack.nested] };
};

const isResource = (entry: Template["Resources"][string]): entry is TemplateResource => !Array.isArray(entry);

const outputsOf = (template: Template, values: Evaluator) => {
  const outputs = new Map<string, unknown>();
  const exports = new Map<string, unknown>();
  for (const [name, output] of ownEntries(template.Outputs)) {
    if (Array.isArray(output) || (output.Condition != null && values.condition(output.Condition) === false)) continue;
    const value = values.value(output["Value"]);
    outputs.set(name, value);
    const exported = values.value(output.Export?.["Name"]);
    if (typeof exported === "string") exports.set(exported, value);
  }
  return { outputs, exports };
};

interface ReadEntry {
  readonly resources: readonly StackResource[];
  readonly notes: readonly Note[];
}

const LEFT_OUT: ReadEntry = { resources: [], notes: [] };

/** One resource of a template, where it is made and of a type that is read. */
const readEntry = (place: StackPlace, values: Evaluator, id: string, entry: TemplateResource): ReadEntry => {
  const { document, root } = place;
  const address = `${place.prefix}${id}`;
  const type = entry.Type;
  const made = entry.Condition == null ? true : values.condition(entry.Condition);
  if (made === false) return LEFT_OUT;
  if (UNREAD.has(type)) return { resources: [], notes: [warn(address, `${type} is not priced; it is not included`)] };
  if (!RESOURCE_TYPES.has(type) && type !== STACK) return LEFT_OUT;
  const notes =
    made === undefined
      ? [warn(address, `whether condition ${entry.Condition} holds is not known; it is taken to`)]
      : [];
  if (type === STACK) return { resources: [], notes };
  const data = values.value(entry.Properties ?? {});
  const path = ["Resources", id, "Properties"];
  return {
    resources: [{ document, path, data: isData(data) ? data : {}, key: `${root}#${address}`, address, type }],
    notes,
  };
};

/** Nested stacks by their logical ids, each read once and when it is first asked for. */
const nestedStacks = (place: StackPlace, template: Template, evaluator: () => Evaluator) => {
  const children = new Map<string, Stack>();
  const of = (id: string): Stack => {
    const known = children.get(id);
    if (known !== undefined) return known;
    children.set(id, EMPTY);
    const entry = template.Resources[id];
    if (!isData(entry) || !isResource(entry) || entry.Type !== STACK) return EMPTY;
    const values = evaluator();
    if (entry.Condition != null && values.condition(entry.Condition) === false) return EMPTY;
    const child = readNested(place, `${place.prefix}${id}`, entry, values);
    children.set(id, child);
    return child;
  };
  return { of, all: () => [...children.values()] };
};

const LOOP = "loops (Fn::ForEach) are not expanded; it is not included";

/** Reads a template with the templates of its nested stacks that stand in the same folder. */
export const readStack = (place: StackPlace): Stack => {
  const { document, root, prefix, parameters, region } = place;
  refuseProblems(document, schemaProblems(templateSchema, document.data));
  const template = document.data as Template;
  const nested = nestedStacks(place, template, () => values);
  const values: Evaluator = evaluatorOf(template, {
    parameters,
    region,
    keyOf: (id) => `${root}#${prefix}${id}`,
    outputOf: (id, output) => {
      const { outputs } = nested.of(id);
      return outputs.has(output) ? outputs.get(output) : UNKNOWN;
    },
  });
  const entries = ownEntries(template.Resources).map(([id, entry]) => {
    if (!isResource(entry)) return { ...LEFT_OUT, notes: [warn(`${prefix}${id}`, LOOP)] };
    nested.of(id);
    return readEntry(place, values, id, entry);
  });
  const { outputs, exports } = outputsOf(template, values);
  const children = nested.all();
  return {
    resources: [...entries, ...children].flatMap(({ resources }) => resources),
    outputs,
    exports: new Map([...children.flatMap((child) => [...child.exports]), ...exports]),
    nested: children.flatMap((child) => child.nested),
    notes: [...entries, ...children].flatMap(({ notes }) => notes),
  };
};
