import { readFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { ContainerSize } from "../../../domain/rightsizing/divide-containers.ts";
import type { TaskSize } from "../../../domain/sizing/fargate-sizes.ts";
import type { KeyPath } from "../../../schema/problems.ts";
import type { HeldTaskDefinition } from "../planned/draft.ts";
import { type DefinitionPatch, patchJson } from "./edit-json.ts";
import { definitionsByService } from "./sources.ts";

/** A service whose task definition is to have another size. */
export interface SizeChange {
  /** `cluster/name`. */
  readonly id: string;
  readonly size: TaskSize;
  readonly containers: readonly ContainerSize[];
  /** The size that it has, where the caller knows it. */
  readonly current?: TaskSize;
}

/** A changed file: where it belongs below the folder of the patches, and its bytes. */
export interface PatchedFile {
  readonly path: string;
  /** Real path of the file that it was made of. */
  readonly source: string;
  readonly bytes: Uint8Array;
}

export interface PatchedDefinitions {
  readonly files: readonly PatchedFile[];
  /** Services whose task definition could not be changed, and why. */
  readonly issues: readonly Issue[];
}

interface Wanted {
  readonly id: string;
  readonly held: HeldTaskDefinition;
  readonly change: SizeChange;
}

/**
 * The task definitions behind some services with their new sizes: the files of the inputs, byte for byte as they were
 * except for the digits of CPU and memory. Paths are relative to the deepest folder that holds all of them.
 */
export const patchTaskDefinitions = (inputs: readonly string[], changes: readonly SizeChange[]): PatchedDefinitions => {
  const held = definitionsByService(inputs);
  const issues: Issue[] = [];
  const wanted = changes.flatMap((change): Wanted[] => {
    const definition = held.get(change.id);
    if (definition?.path !== undefined) return [{ id: change.id, held: definition, change }];
    issues.push(notPatched(change.id, definition === undefined ? NO_DEFINITION : FROM_STDIN));
    return [];
  });
  const patched = [...Map.groupBy(wanted, (each) => each.held.path ?? "")].flatMap(([path, group]) => {
    const bytes = patchedBytes(path, settled(group, held, issues), issues);
    return bytes === undefined ? [] : [{ path, bytes }];
  });
  const root = commonFolder(patched.map(({ path }) => path));
  return { files: patched.map(({ path, bytes }) => ({ path: relative(root, path), source: path, bytes })), issues };
};

const NO_DEFINITION = "Its task is not described by a task definition of the inputs, so there is no file to change.";
const FROM_STDIN = "Its task definition came from standard input, so there is no file to change.";

const notPatched = (subject: string, detail: string): Issue => ({
  code: "not-patched",
  severity: "warning",
  subject,
  detail,
});

/** One size for each task definition: where its services need different ones, or some keep theirs, it stays as it is. */
const settled = (
  group: readonly Wanted[],
  definitions: ReadonlyMap<string, HeldTaskDefinition>,
  issues: Issue[],
): readonly Wanted[] =>
  [...Map.groupBy(group, ({ held }) => held)].flatMap(([held, sharing]) => {
    const [first] = sharing;
    const users = [...definitions.values()].filter((each) => each === held).length;
    const alike = sharing.every(({ change }) => isDeepStrictEqual(change.size, first?.change.size));
    if (first !== undefined && alike && users === sharing.length) return [first];
    for (const { id } of sharing) issues.push(notPatched(id, sharedText(held)));
    return [];
  });

const sharedText = ({ definition }: HeldTaskDefinition): string =>
  `Task definition ${definition.family} serves several services, which need different sizes or keep theirs.`;

const patchedBytes = (path: string, group: readonly Wanted[], issues: Issue[]): Uint8Array | undefined => {
  if (group.length === 0) return undefined;
  const bytes = readFileSync(path);
  const source = jsonOf(bytes);
  const fail = (detail: string): undefined => {
    for (const { id } of group) issues.push(notPatched(id, detail));
  };
  if (source === undefined) return fail(`${path} is not JSON in UTF-8.`);
  const patches = group.flatMap(({ held, change }): DefinitionPatch[] => {
    const found = placeOf(source.data, held);
    return found === undefined ? [] : [{ path: found, size: change.size, containers: change.containers }];
  });
  const text = patches.length < group.length ? undefined : patchJson(source.text, patches);
  if (text === undefined) return fail(`A size in ${path} is written in a way that is not understood.`);
  return Buffer.concat([bytes.subarray(0, source.from), Buffer.from(text)]);
};

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const jsonOf = (
  bytes: Buffer,
): { readonly text: string; readonly data: unknown; readonly from: number } | undefined => {
  const from = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(from));
    return { text, data: JSON.parse(text), from };
  } catch {
    return undefined;
  }
};

/** Where a task definition stands in a document: alone, as describe-task-definition prints it, or in a list of either. */
const placeOf = (data: unknown, { definition }: HeldTaskDefinition): KeyPath | undefined => {
  const elements: (readonly [KeyPath, unknown])[] = Array.isArray(data)
    ? data.map((element, index) => [[index], element] as const)
    : [[[], data]];
  for (const [path, element] of elements) {
    if (isDeepStrictEqual(element, definition)) return path;
    const described = (element as { readonly taskDefinition?: unknown } | null)?.taskDefinition;
    if (described !== undefined && isDeepStrictEqual(described, definition)) return [...path, "taskDefinition"];
  }
  return undefined;
};

const commonFolder = (paths: readonly string[]): string => {
  const [first = "", ...others] = paths;
  let folder = dirname(first);
  const holds = (path: string): boolean => !relative(folder, path).startsWith("..") && basename(path) !== "";
  while (!others.every(holds) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
};
