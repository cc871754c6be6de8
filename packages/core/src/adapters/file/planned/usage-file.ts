import type { Where } from "../../../domain/issues/border-error.ts";
import { parseCpu, parseMemory } from "../../../domain/workload/task-size.ts";
import { type KeyPath, quoted, type SchemaProblem, schemaProblems } from "../../../schema/problems.ts";
import { COUNT_KEYS, type UsageEntry, type UsageFile, usageSchema } from "../../../schema/usage.ts";
import { refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { ownEntries } from "./block.ts";

/** What a usage file says of one address. */
export interface NamedUsage {
  /** May have stars in it; the type where it is a default. */
  readonly address: string;
  readonly isDefault?: true;
  readonly entry: UsageEntry;
  readonly place: () => Where;
}

const exclusive = (entry: UsageEntry, path: KeyPath): SchemaProblem[] => {
  const [first, second] = COUNT_KEYS.filter((key) => entry[key] !== undefined);
  if (first === undefined || second === undefined) return [];
  return [{ path: [...path, second], detail: `cannot stand beside ${first}: give one of them` }];
};

const HOURS = [168, 672, 744] as const;

/** Hours at counts are those of a week, or of a month. */
const hours = ({ hoursAtCount }: UsageEntry, path: KeyPath): SchemaProblem[] => {
  if (hoursAtCount === undefined) return [];
  const total = Object.values(hoursAtCount).reduce((sum, each) => sum + each, 0);
  const [week, shortest, longest] = HOURS;
  if (total === week || (total >= shortest && total <= longest)) return [];
  const detail = `adds up to ${total} hours: give those of a week, ${week}, or of a month, ${shortest} to ${longest}`;
  return [{ path: [...path, "hoursAtCount"], detail }];
};

const whole = ({ cpu, memory }: UsageEntry, path: KeyPath): SchemaProblem[] => [
  ...(cpu === undefined || (parseCpu(cpu) ?? 0) > 0
    ? []
    : [{ path: [...path, "cpu"], detail: `is ${quoted(cpu)}, which is not a whole number of CPU units above 0` }]),
  ...(memory === undefined || (parseMemory(memory) ?? 0) > 0
    ? []
    : [{ path: [...path, "memory"], detail: `is ${quoted(memory)}, which is not a whole number of MiB above 0` }]),
];

/** Reads a usage file; every problem in it is reported at once. */
export const readUsageFile = (document: InputDocument): readonly NamedUsage[] => {
  document.refuseDuplicateKeys();
  refuseProblems(document, schemaProblems(usageSchema, document.data));
  const { usage, defaults } = document.data as UsageFile;
  const named = [
    ...ownEntries(usage).map(([address, entry]) => ({ address, entry, path: ["usage", address] })),
    ...ownEntries(defaults).map(([address, entry]) => ({
      ...{ address, entry, path: ["defaults", address] },
      isDefault: true as const,
    })),
  ];
  refuseProblems(
    document,
    named.flatMap(({ entry, path }) => [...exclusive(entry, path), ...hours(entry, path), ...whole(entry, path)]),
  );
  return named.map(({ path, ...item }) => ({ ...item, place: () => whereOf(document, path) }));
};
