import { type Template, type TemplateResource, templateSchema } from "../../../schema/cloudformation-template.ts";
import { schemaProblems } from "../../../schema/problems.ts";
import type { Block } from "../planned/block.ts";
import { isData, ownEntries } from "../planned/block.ts";
import type { HeldResource, PlannedResources } from "../planned/planned.ts";
import { UNKNOWN } from "../planned/planned.ts";
import { refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { type Evaluator, evaluatorOf, type Surroundings } from "./evaluator.ts";
import { expandLoops } from "./loops.ts";
import { EMPTY_STACK, isNested, nestedStacks } from "./nested-stacks.ts";
import { RESOURCE_TYPES } from "./resource-types.ts";
import { linksIn } from "./template-value.ts";

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
  /** Those that are read. */
  readonly resources: readonly StackResource[];
  /** All of them. */
  readonly held: readonly HeldResource[];
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

type Note = Notes[number];

const warn = (subject: string, detail: string): Note => ({ severity: "warning", subject, detail });

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
  readonly held: readonly HeldResource[];
  readonly notes: readonly Note[];
}

const LEFT_OUT: ReadEntry = { resources: [], held: [], notes: [] };

/** Settings of a resource, worked out once. */
const settingsOnce = (values: Evaluator, entry: TemplateResource): HeldResource["settings"] => {
  let known: Readonly<Record<string, unknown>> | undefined;
  return () => {
    const data = known ?? values.value(entry.Properties ?? {});
    known = isData(data) ? data : {};
    return known;
  };
};

/** One resource of a template, where it is made; its settings are worked out where its type is read. */
const readEntry = (place: StackPlace, values: Evaluator, id: string, entry: TemplateResource): ReadEntry => {
  const { document, root } = place;
  const address = `${place.prefix}${id}`;
  const type = entry.Type;
  const made = entry.Condition == null ? true : values.condition(entry.Condition);
  if (made === false) return LEFT_OUT;
  const isRead = RESOURCE_TYPES.has(type);
  const notes =
    made === undefined && (isRead || isNested(type))
      ? [warn(address, `whether condition ${entry.Condition} holds is not known; it is taken to`)]
      : [];
  const key = `${root}#${address}`;
  const settings = settingsOnce(values, entry);
  const held: HeldResource = {
    ...{ key, address, type, settings, names: () => linksIn(settings()) },
    place: () => whereOf(document, ["Resources", id]),
  };
  if (!isRead) return { resources: [], held: [held], notes };
  const path = ["Resources", id, "Properties"];
  return { resources: [{ document, path, data: settings(), key, address, type }], held: [held], notes };
};

const LOOP = "the list that this loop goes over is not known; its resources are not included";

/** A template whose loops are expanded, and what is to be told of those that are not. */
const withoutLoops = (place: StackPlace, template: Template, around: Surroundings) => {
  const { value } = evaluatorOf(template, around);
  const resources = expandLoops(template.Resources, value);
  const outputs = expandLoops(template.Outputs ?? {}, value);
  const conditions = expandLoops(template.Conditions ?? {}, value);
  const notes = resources.open.map((id): Note => ({ code: "not-understood", ...warn(`${place.prefix}${id}`, LOOP) }));
  const expanded = {
    ...template,
    ...{ Resources: resources.data, Outputs: outputs.data, Conditions: conditions.data },
  } as Template;
  return { template: expanded, notes };
};

/** Reads a template with the templates of its nested stacks that stand in the same folder. */
export const readStack = (place: StackPlace): Stack => {
  const { document, root, prefix, parameters, region } = place;
  refuseProblems(document, schemaProblems(templateSchema, document.data));
  const around: Surroundings = {
    parameters,
    region,
    keyOf: (id) => `${root}#${prefix}${id}`,
    outputOf: (id, output) => {
      const { outputs } = nested.of(id);
      return outputs.has(output) ? outputs.get(output) : UNKNOWN;
    },
  };
  const { template, notes } = withoutLoops(place, document.data as Template, { ...around, outputOf: () => UNKNOWN });
  refuseProblems(document, schemaProblems(templateSchema, template));
  const nested = nestedStacks(place, template, () => values, readStack);
  const values: Evaluator = evaluatorOf(template, around);
  const entries = ownEntries(template.Resources).map(([id, entry]) => {
    if (Array.isArray(entry)) return LEFT_OUT;
    nested.of(id);
    return readEntry(place, values, id, entry);
  });
  const { outputs, exports } = outputsOf(template, values);
  const children = nested.all();
  const parts = [EMPTY_STACK, ...entries, ...children];
  return {
    resources: parts.flatMap(({ resources }) => resources),
    held: parts.flatMap(({ held }) => held),
    outputs,
    exports: new Map([...children.flatMap((child) => [...child.exports]), ...exports]),
    nested: children.flatMap((child) => child.nested),
    notes: [...notes, ...parts.flatMap((part) => part.notes)],
  };
};
