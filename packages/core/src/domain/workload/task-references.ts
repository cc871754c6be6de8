import type { TaskDefinition } from "./task-definition.ts";

/** What a task definition names that is billed by itself, each once and in order. */
export interface TaskReferences {
  /** Secrets of Secrets Manager, by ARN and without the key or version within. */
  readonly secrets: readonly string[];
  /** File systems of EFS, by id. */
  readonly fileSystems: readonly string[];
}

const isData = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const listIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isData) : [];

const sorted = (all: readonly string[]): readonly string[] => [...new Set(all)].sort();

/** `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY:STAGE:VERSION` -> the ARN up to the name. */
const secretOf = (reference: unknown): readonly string[] =>
  typeof reference === "string" && /^arn:[\w-]+:secretsmanager:/.test(reference)
    ? [reference.split(":").slice(0, 7).join(":")]
    : [];

const fileSystemOf = (volume: Readonly<Record<string, unknown>>): readonly string[] => {
  const settings = volume["efsVolumeConfiguration"];
  const id = isData(settings) ? settings["fileSystemId"] : undefined;
  return typeof id === "string" && id !== "" ? [id] : [];
};

/** Secrets and file systems that a task definition names. */
export const taskReferences = (definition: TaskDefinition): TaskReferences => ({
  secrets: sorted(
    definition.containerDefinitions.flatMap((container) =>
      listIn(container["secrets"]).flatMap(({ valueFrom }) => secretOf(valueFrom)),
    ),
  ),
  fileSystems: sorted(listIn(definition["volumes"]).flatMap(fileSystemOf)),
});
