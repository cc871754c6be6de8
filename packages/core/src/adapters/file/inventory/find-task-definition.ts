import { realpathSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import { quoted } from "../../../schema/problems.ts";
import type { DraftService, HeldTaskDefinition, TaskReference } from "../planned/draft.ts";
import { readDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { readText } from "../text/read-text.ts";
import { draftOf } from "./read-draft.ts";

/** A task definition found for a service, or why there is none. */
type Finding =
  | { readonly kind: "found"; readonly held: HeldTaskDefinition; readonly guess?: string }
  | { readonly kind: "missing"; readonly detail: string };

/** Finds the task definitions that services name. */
export type Finder = (service: DraftService, reference: TaskReference) => Finding;

const realPath = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};

/** A definition without a revision is one that is yet to be registered: newer than all that are. */
const revisionOf = (held: HeldTaskDefinition): number => held.revision ?? Number.MAX_SAFE_INTEGER;

const latest = (held: readonly HeldTaskDefinition[]): readonly HeldTaskDefinition[] => {
  const most = held.reduce((max, item) => Math.max(max, revisionOf(item)), 0);
  return held.filter((item) => revisionOf(item) === most);
};

const onlyOne = (candidates: readonly HeldTaskDefinition[], name: string): HeldTaskDefinition | undefined => {
  const [first, ...others] = candidates;
  const other = others.find((item) => !isDeepStrictEqual(item.definition, first?.definition));
  if (first !== undefined && other !== undefined) {
    const detail = `task definition ${quoted(name)} is given twice and differs: here and in ${other.origin}`;
    throw invalidInput("duplicate-task-definition", first.place(), detail);
  }
  return first;
};

/** The newest of the definitions of one family; throws where two of them claim to be that and differ. */
export const latestOf = (held: readonly HeldTaskDefinition[], name: string): HeldTaskDefinition | undefined =>
  onlyOne(latest(held), name);

const byName = (families: ReadonlyMap<string, readonly HeldTaskDefinition[]>, text: string): Finding => {
  const { family, revision } = parseTaskDefinitionRef(text);
  const ofFamily = families.get(family) ?? [];
  if (revision === undefined) {
    const held = latestOf(ofFamily, text);
    return held === undefined
      ? { kind: "missing", detail: `no input holds task definition ${quoted(text)}` }
      : { kind: "found", held };
  }
  const exact = onlyOne(
    ofFamily.filter((item) => item.revision === revision),
    text,
  );
  if (exact !== undefined) return { kind: "found", held: exact };
  const unnumbered = onlyOne(
    ofFamily.filter((item) => item.revision === undefined),
    text,
  );
  if (unnumbered !== undefined) return { kind: "found", held: unnumbered, guess: `${family}:${revision}` };
  const given = ofFamily.map((item) => `${family}:${item.revision}`).sort();
  const others = given.length === 0 ? "" : `, only ${given.slice(0, 5).join(", ")}`;
  return { kind: "missing", detail: `no input holds task definition ${quoted(text)}${others}` };
};

const onlyFamily = (families: ReadonlyMap<string, readonly HeldTaskDefinition[]>): Finding => {
  const [family, ...others] = families.keys();
  const held = family === undefined || others.length > 0 ? undefined : latestOf(families.get(family) ?? [], family);
  const detail =
    family === undefined
      ? "it names no task definition, and no input holds one"
      : "it names no task definition, and the inputs hold several; name the one that it uses";
  return held === undefined ? { kind: "missing", detail } : { kind: "found", held };
};

const readAlone = (file: string, path: string, real: string, from: string): HeldTaskDefinition => {
  const draft = draftOf(readDocument(file, readText(path, file)), real);
  const [held, ...others] = draft?.taskDefinitions ?? [];
  if (held !== undefined && others.length === 0) return held;
  const detail =
    held === undefined ? "is no ECS task definition" : "holds several task definitions; name one by its family";
  throw invalidInput("not-a-task-definition", { file }, `${detail} (named in ${from})`);
};

/** A finder over the task definitions that the inputs hold; those that services name by path are read on the way. */
export const taskDefinitionFinder = (held: readonly HeldTaskDefinition[]): Finder => {
  const families = Map.groupBy(held, (item) => item.definition.family);
  const paths = Map.groupBy(held, (item) => item.path);
  const read = new Map<string, HeldTaskDefinition>();
  return (service, reference) => {
    if (reference.kind === "held") return { kind: "found", held: reference.held };
    if (reference.kind === "unknown" || reference.kind === "unsized")
      return { kind: "missing", detail: reference.detail };
    if (reference.kind === "only") return onlyFamily(families);
    if (reference.kind === "name") return byName(families, reference.text);
    const real = realPath(reference.path);
    if (real === undefined) return { kind: "missing", detail: `there is no file ${quoted(reference.text)}` };
    const [known, ...others] = paths.get(real) ?? [];
    const found = known !== undefined && others.length === 0 ? known : read.get(real);
    const alone = found ?? readAlone(reference.text, reference.path, real, service.service.origin);
    read.set(real, alone);
    return { kind: "found", held: alone };
  };
};
