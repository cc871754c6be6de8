import type { ContainerSize } from "../../../domain/rightsizing/divide-containers.ts";
import type { TaskSize } from "../../../domain/sizing/fargate-sizes.ts";
import type { KeyPath } from "../../../schema/problems.ts";
import { jsonSpans, replaced } from "../text/json-text.ts";

/** New sizes for the task definition at a path of a JSON text. */
export interface DefinitionPatch {
  readonly path: KeyPath;
  readonly size: TaskSize;
  /** In the order of `containerDefinitions`. */
  readonly containers: readonly ContainerSize[];
}

const UNITS_PER: Readonly<Record<string, number>> = { "": 1, vcpu: 1024, gb: 1024 };

/** A JSON number, or a string with a number and perhaps a unit, as ECS takes sizes. */
const SIZE = /^(?<lead>["']?\s*)(?<digits>\d+\.?\d*|\.\d+)(?<space>\s*)(?<unit>[A-Za-z]*)(?<tail>\s*["']?)$/;

/** The same text with another number in it, in the unit that it has; undefined where it holds no size. */
export const withNumber = (raw: string, value: number): string | undefined => {
  const { lead = "", digits, space = "", unit = "", tail = "" } = SIZE.exec(raw)?.groups ?? {};
  const per = UNITS_PER[unit.toLowerCase()];
  if (digits === undefined || per === undefined) return undefined;
  if (Number(digits) * per === value) return raw;
  return `${lead}${value / per}${space}${unit}${tail}`;
};

/**
 * The text with the numbers of `cpu`, `memory` and `memoryReservation` replaced, and otherwise as it was: no key is
 * added. Undefined where one of them is written in a way that is not understood.
 */
export const patchJson = (text: string, patches: readonly DefinitionPatch[]): string | undefined => {
  const spanOf = jsonSpans(text);
  const edits: Parameters<typeof replaced>[1][number][] = [];
  for (const { path, size, containers } of patches) {
    const wanted: (readonly [KeyPath, number | undefined])[] = [
      [["cpu"], size.cpu],
      [["memory"], size.memory],
      ...containers.flatMap(({ cpu, memory, memoryReservation }, index) => {
        const at = ["containerDefinitions", index];
        return [
          [[...at, "cpu"], cpu],
          [[...at, "memory"], memory],
          [[...at, "memoryReservation"], memoryReservation],
        ] as const;
      }),
    ];
    for (const [steps, value] of wanted) {
      const span = spanOf([...path, ...steps]);
      if (span === undefined || value === undefined) continue;
      const raw = text.slice(span.offset, span.offset + span.length);
      if (raw === "null") continue;
      const changed = withNumber(raw, value);
      if (changed === undefined) return undefined;
      if (changed !== raw) edits.push({ ...span, content: changed });
    }
  }
  return replaced(text, edits);
};
