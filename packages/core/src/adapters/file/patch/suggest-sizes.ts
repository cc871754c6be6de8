import { readFileSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { HeldTaskDefinition } from "../planned/draft.ts";
import { withNumber } from "./edit-json.ts";
import { patchTaskDefinitions, type SizeChange } from "./patch-task-definitions.ts";
import { patchWorkload } from "./patch-workload.ts";
import { type SizeSource, sizeSources } from "./size-sources.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** A setting with its value as it is written and the one that it should have. */
export interface AttributeChange {
  /** As its format names it: `cpu`, `container_definitions[0].memory`, `Properties.Cpu`. */
  readonly attribute: string;
  readonly from: string | number | null;
  readonly to: string | number;
}

/** What would give services their recommended sizes. */
export interface Suggestion {
  /** `cluster/name` of the services that it is for. */
  readonly subjects: readonly string[];
  readonly format: "task-definition" | "workload" | "terraform" | "cloudformation";
  /** File that it is in, as it was given. */
  readonly file: string;
  /** Address or logical path of the task definition in a plan or template; null in a file. */
  readonly address: string | null;
  readonly changes: readonly AttributeChange[];
  /** The change to the file as `git apply` takes it; null where the file is made from something else. */
  readonly patch: string | null;
}

export interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  /** Services that nothing can be suggested for, and why. */
  readonly issues: readonly Issue[];
}

interface Wanted<S extends SizeSource = SizeSource> {
  readonly change: SizeChange;
  readonly source: S;
}

/**
 * What would apply recommended sizes: patches of task definitions and workload files, and the exact attributes in
 * Terraform and CloudFormation. `stdin` is the text of the input `-`.
 */
export const suggestSizes = (
  inputs: readonly string[],
  changes: readonly SizeChange[],
  stdin?: string,
): Suggestions => {
  const sources = sizeSources(inputs, stdin);
  const issues: Issue[] = [];
  const wanted = changes.flatMap((change): Wanted[] => {
    const source = sources.get(change.id);
    if (source !== undefined) return [{ change, source }];
    issues.push(notSuggested(change.id, "No input that can be changed holds the size of its task."));
    return [];
  });
  const definitions = wanted.flatMap(({ change, source }) =>
    source.kind === "definition" ? [{ change, source }] : [],
  );
  const planned = definitions.filter(({ source }) => source.held.planned !== undefined);
  const files = definitions.filter(({ source }) => source.held.planned === undefined);
  const workloads = wanted.flatMap(({ change, source }) => (source.kind === "workload" ? [{ change, source }] : []));
  const suggestions = [
    ...plannedSuggestions(planned, sources, issues),
    ...fileSuggestions(inputs, files, issues),
    ...workloadSuggestions(workloads, issues),
  ];
  return { suggestions: suggestions.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)), issues };
};

const keyOf = ({ file, address, subjects }: Suggestion): string => JSON.stringify([file, address, subjects]);

const notSuggested = (subject: string, detail: string): Issue => ({
  ...{ code: "not-patched", severity: "warning", subject, detail },
});

type Definition = Extract<SizeSource, { readonly kind: "definition" }>;

/** A task definition has one size: where its services need different ones, or some keep theirs, none is suggested. */
const plannedSuggestions = (
  wanted: readonly Wanted<Definition>[],
  sources: ReadonlyMap<string, SizeSource>,
  issues: Issue[],
): readonly Suggestion[] =>
  [...Map.groupBy(wanted, ({ source }) => placeOf(source.held))].flatMap(([place, sharing]) => {
    const [first] = sharing;
    const users = new Set(
      [...sources].flatMap(([id, each]) => (each.kind === "definition" && isUsed(id, each.held, place) ? [id] : [])),
    );
    const isOne = sharing.every(({ change }) => isDeepStrictEqual(change.size, first?.change.size));
    if (first === undefined || !isOne || users.size > sharing.length) {
      for (const { change } of sharing) issues.push(notSuggested(change.id, SHARED));
      return [];
    }
    return [
      plannedSuggestion(
        first,
        sharing.map(({ change }) => change.id),
      ),
    ];
  });

const SHARED = "Its task definition serves several services, which need different sizes or keep theirs.";

const placeOf = ({ origin, planned }: HeldTaskDefinition): string => `${origin}#${planned}`;

/** Definitions stand under their own names as well, which no service has. */
const isUsed = (id: string, held: HeldTaskDefinition, place: string): boolean =>
  placeOf(held) === place && id !== `default/${held.planned}` && id !== `default/${held.definition.family}`;

interface Spelling {
  readonly format: Suggestion["format"];
  readonly of: (key: string) => string;
  readonly ofContainer: (index: number, key: string) => string;
}

const capital = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);

const TERRAFORM: Spelling = {
  format: "terraform",
  of: (key) => key,
  ofContainer: (index, key) => `container_definitions[${index}].${key}`,
};
const CLOUDFORMATION: Spelling = {
  format: "cloudformation",
  of: (key) => `Properties.${capital(key)}`,
  ofContainer: (index, key) => `Properties.ContainerDefinitions[${index}].${capital(key)}`,
};
const TASK_DEFINITION: Spelling = {
  format: "task-definition",
  of: (key) => key,
  ofContainer: (index, key) => `containerDefinitions[${index}].${key}`,
};

/** Addresses of Terraform have the type of their resource. */
const isTerraform = (address: string): boolean => /(?:^|\.)aws_ecs_task_definition\./.test(address);

const plannedSuggestion = ({ change, source }: Wanted<Definition>, subjects: readonly string[]): Suggestion => {
  const { held } = source;
  const address = held.planned ?? "";
  const spelling = isTerraform(address) ? TERRAFORM : CLOUDFORMATION;
  return {
    ...{ subjects, format: spelling.format, file: held.place().file, address },
    changes: attributeChanges(held, change, spelling),
    patch: null,
  };
};

const attributeChanges = (
  { definition }: HeldTaskDefinition,
  { size, containers }: SizeChange,
  spelling: Spelling,
): readonly AttributeChange[] => {
  const isSet = (value: unknown): boolean => value !== undefined && value !== null;
  const own = (["cpu", "memory"] as const).flatMap((key) => changed(spelling.of(key), definition[key], size[key]));
  const inside = containers.flatMap((container, index) => {
    const written = definition.containerDefinitions?.[index];
    return (["cpu", "memory", "memoryReservation"] as const).flatMap((key) => {
      const [from, to] = [written?.[key], container[key]];
      return to === undefined || !isSet(from) || from === 0 ? [] : changed(spelling.ofContainer(index, key), from, to);
    });
  });
  return [...own, ...inside];
};

/** A setting in the form that it has: text stays text, with its unit. */
const changed = (attribute: string, from: unknown, to: number): readonly AttributeChange[] => {
  if (from === undefined || from === null) return [{ attribute, from: null, to: String(to) }];
  const raw = JSON.stringify(from);
  const written = withNumber(raw, to) ?? JSON.stringify(to);
  return written === raw ? [] : [{ attribute, from: JSON.parse(raw), to: JSON.parse(written) }];
};

/** The name of a file in a patch: below the working directory, so that the patch applies there. */
const patchName = (path: string): string => {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") || isAbsolute(below) ? path.replace(/^[\\/]+/, "") : below.replaceAll("\\", "/");
};

/** A definition that does not stand alone in its file is named with its place there. */
const spellingAt = ({ place }: HeldTaskDefinition): Spelling => {
  const { key } = place();
  if (key === undefined) return TASK_DEFINITION;
  return {
    format: "task-definition",
    of: (name) => `${key}.${TASK_DEFINITION.of(name)}`,
    ofContainer: (index, name) => `${key}.${TASK_DEFINITION.ofContainer(index, name)}`,
  };
};

const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

const fileSuggestions = (
  inputs: readonly string[],
  wanted: readonly Wanted<Definition>[],
  issues: Issue[],
): readonly Suggestion[] => {
  const patched = patchTaskDefinitions(
    inputs,
    wanted.map(({ change }) => change),
  );
  issues.push(...patched.issues);
  const failed = new Set(patched.issues.map(({ subject }) => subject));
  return patched.files.flatMap(({ source, bytes }): Suggestion[] => {
    const here = wanted.filter((each) => each.source.held.path === source && !failed.has(each.change.id));
    const patch = unifiedDiff(patchName(source), textOf(readFileSync(source)), textOf(bytes));
    const [first] = here;
    if (patch === "" || first === undefined) return [];
    const changes = [...Map.groupBy(here, (each) => each.source.held).values()].flatMap(([one]) =>
      one === undefined ? [] : attributeChanges(one.source.held, one.change, spellingAt(one.source.held)),
    );
    const subjects = here.map(({ change }) => change.id);
    return [
      { subjects, format: "task-definition", file: first.source.held.place().file, address: null, changes, patch },
    ];
  });
};

type Workload = Extract<SizeSource, { readonly kind: "workload" }>;

const workloadSuggestions = (wanted: readonly Wanted<Workload>[], issues: Issue[]): readonly Suggestion[] =>
  [...Map.groupBy(wanted, ({ source }) => source.realPath)].flatMap(([path, here]): Suggestion[] => {
    const file = here[0]?.source.file ?? path;
    const text = textOf(readFileSync(path));
    const patches = here.map(({ change, source }) => ({ index: source.index, size: change.size }));
    const after = patchWorkload(file, text, patches);
    if (after === undefined) {
      const detail = `A size in ${file} is written in a way that is not understood.`;
      for (const { change } of here) issues.push(notSuggested(change.id, detail));
      return [];
    }
    return [
      {
        subjects: here.map(({ change }) => change.id),
        ...{ format: "workload", file, address: null },
        changes: here.flatMap(({ change, source }) => taskChanges(source.index, change)),
        patch: unifiedDiff(patchName(path), text, after),
      },
    ];
  });

const taskChanges = (index: number, { size, current }: SizeChange): readonly AttributeChange[] =>
  (["cpu", "memory"] as const).flatMap((key) =>
    current?.[key] === size[key]
      ? []
      : [{ attribute: `services[${index}].task.${key}`, from: current?.[key] ?? null, to: size[key] }],
  );
