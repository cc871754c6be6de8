import type { TaskSize } from "../../../domain/sizing/fargate-sizes.ts";
import type { KeyPath } from "../../../schema/problems.ts";
import { jsonSpan } from "../text/json-text.ts";
import { parseYaml, scalarSpan } from "../text/yaml-text.ts";
import { withNumber } from "./edit-json.ts";

/** A task of a workload file that is to have another size. */
export interface TaskPatch {
  /** Place in `services`. */
  readonly index: number;
  readonly size: TaskSize;
}

type Span = { readonly begin: number; readonly end: number } | undefined;

/**
 * The text of a workload file, YAML or JSON, with the numbers of `task.cpu` and `task.memory` replaced and otherwise as it
 * was; undefined where one of them is written in a way that is not understood, such as an alias.
 */
export const patchWorkload = (file: string, text: string, patches: readonly TaskPatch[]): string | undefined => {
  const yaml = /^\s*\{/.test(text) ? undefined : parseYaml(file, text);
  const spanOf = (path: KeyPath): Span => (yaml === undefined ? jsonSpan(text, path) : scalarSpan(yaml, path));
  const edits: { begin: number; end: number; text: string }[] = [];
  for (const { index, size } of patches) {
    for (const key of ["cpu", "memory"] as const) {
      const span = spanOf(["services", index, "task", key]);
      const raw = span === undefined ? "" : text.slice(span.begin, span.end);
      const changed = withNumber(raw, size[key]);
      if (span === undefined || changed === undefined) return undefined;
      if (changed !== raw) edits.push({ ...span, text: changed });
    }
  }
  let result = text;
  for (const { begin, end, text: changed } of edits.sort((a, b) => b.begin - a.begin)) {
    result = result.slice(0, begin) + changed + result.slice(end);
  }
  return result;
};
