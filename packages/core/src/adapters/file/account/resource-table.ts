import { APPLICATIONS } from "./rows/applications.ts";
import { ECS } from "./rows/ecs.ts";
import { NETWORK } from "./rows/network.ts";
import { OPERATIONS } from "./rows/operations.ts";
import type { ResourceRow } from "./rows/resource-row.ts";
import { STORAGE } from "./rows/storage.ts";

/** What every known type of resource is to the cost of ECS, one row a type. */
export const RESOURCE_TABLE: readonly ResourceRow[] = [...ECS, ...NETWORK, ...STORAGE, ...OPERATIONS, ...APPLICATIONS];

/** `AWS::ECS::TaskDefinition` and `awscc_ecs_task_definition` -> `ecs/taskdefinition`. */
const cloudControlName = (type: string): string | undefined => {
  const named = /^AWS::(\w+)::(\w+)$/.exec(type) ?? /^awscc_([a-z0-9]+)_(\w+)$/.exec(type);
  if (named === null) return undefined;
  return `${named[1]}/${named[2]?.replaceAll("_", "")}`.toLowerCase();
};

/** Every way to look a row up: the types of the Terraform provider, and the names that CloudFormation and Cloud Control share. */
const byName = (): ReadonlyMap<string, ResourceRow> =>
  new Map(
    RESOURCE_TABLE.flatMap((row) => [
      ...row[1]
        .split(" ")
        .filter((type) => type !== "")
        .map((type) => [type, row] as const),
      ...(row[0] === "" ? [] : [[cloudControlName(row[0]) ?? row[0], row] as const]),
    ]),
  );

let rows: ReadonlyMap<string, ResourceRow> | undefined;

/** The row of a type, as CloudFormation or Terraform names it; undefined where the table does not know it. */
export const rowOf = (type: string): ResourceRow | undefined => {
  rows ??= byName();
  return rows.get(cloudControlName(type) ?? type);
};
