import type { Where } from "../../../domain/issues/border-error.ts";
import { parseCpu, parseMemory } from "../../../domain/workload/task-size.ts";
import { type KeyPath, quoted, type SchemaProblem, schemaProblems } from "../../../schema/problems.ts";
import { type UsageEntry, type UsageFile, usageSchema } from "../../../schema/usage.ts";
import { refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { ownEntries } from "./block.ts";

/** What a usage file says of one address. */
export interface NamedUsage {
  readonly address: string;
  readonly entry: UsageEntry;
  readonly place: () => Where;
}

const exclusive = ({ desiredCount, runs }: UsageEntry, path: KeyPath): SchemaProblem[] =>
  desiredCount !== undefined && runs !== undefined
    ? [{ path: [...path, "runs"], detail: "cannot stand beside desiredCount: give one of them" }]
    : [];

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
  const entries = ownEntries((document.data as UsageFile).usage);
  refuseProblems(
    document,
    entries.flatMap(([address, entry]) => [
      ...exclusive(entry, ["usage", address]),
      ...whole(entry, ["usage", address]),
    ]),
  );
  return entries.map(([address, entry]) => ({ address, entry, place: () => whereOf(document, ["usage", address]) }));
};
