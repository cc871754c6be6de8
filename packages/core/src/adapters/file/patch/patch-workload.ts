import type { TaskSize } from "../../../domain/sizing/fargate-sizes.ts";
import type { KeyPath } from "../../../schema/problems.ts";
import { jsonSpans, replaced, type Span } from "../text/json-text.ts";
import { parseYaml, scalarSpan } from "../text/yaml-text.ts";
import { withNumber } from "./edit-json.ts";

/** A task of a workload file that is to have another size. */
export interface TaskPatch {
  /** Place in `services`. */
  readonly index: number;
  readonly size: TaskSize;
}

const spansOf = (file: string, text: string): ((path: KeyPath) => Span | undefined) => {
  if (/^\s*\{/.test(text)) return jsonSpans(text);
  const yaml = parseYaml(file, text);
  return (path) => scalarSpan(yaml, path);
};

/**
 * The text of a workload file, YAML or JSON, with the numbers of `task.cpu` and `task.memory` replaced and otherwise as it
 * was; undefined where one of them is written in a way that is not understood, such as an alias.
 */
export const patchWorkload = (file: string, text: string, patches: readonly TaskPatch[]): string | undefined => {
  const spanOf = spansOf(file, text);
  const edits: (Span & { content: string })[] = [];
  for (const { index, size } of patches) {
    for (const key of ["cpu", "memory"] as const) {
      const span = spanOf(["services", index, "task", key]);
      const raw = span === undefined ? "" : text.slice(span.offset, span.offset + span.length);
      const changed = withNumber(raw, size[key]);
      if (span === undefined || changed === undefined) return undefined;
      if (changed !== raw) edits.push({ ...span, content: changed });
    }
  }
  return replaced(text, edits);
};
