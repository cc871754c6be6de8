import { parseEcsArn, parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import type { TaskDefinition } from "../../../domain/workload/task-definition.ts";
import {
  describeTaskDefinitionSchema,
  type EcsTags,
  type EcsTaskDefinition,
  taskDefinitionSchema,
} from "../../../schema/aws-ecs.ts";
import { type KeyPath, type SchemaProblem, schemaProblems } from "../../../schema/problems.ts";
import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import { originOf, refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { tagMap } from "../text/plain-map.ts";
import { taskDefinitionProblems } from "../values/task-definition-rules.ts";

const at = (path: KeyPath, problems: readonly SchemaProblem[]): SchemaProblem[] =>
  problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));

const draftOf = (
  document: InputDocument,
  definition: EcsTaskDefinition,
  tags: EcsTags,
  path: KeyPath,
  realPath: string | undefined,
): Draft => {
  refuseProblems(document, at(path, taskDefinitionProblems(definition)));
  const arn = definition.taskDefinitionArn ?? "";
  const revision = definition.revision ?? parseTaskDefinitionRef(arn).revision;
  const { region, account } = parseEcsArn(arn) ?? {};
  const place = () => whereOf(document, path);
  const held = {
    definition: definition as TaskDefinition,
    ...(revision === undefined ? {} : { revision }),
    tags: tagMap(tags),
    origin: originOf(document, path),
    place,
    ...(region ? { region } : {}),
    ...(account ? { account } : {}),
    ...(realPath === undefined ? {} : { path: realPath }),
  };
  return {
    ...EMPTY_DRAFT,
    taskDefinitions: [held],
    regions: region ? [{ region, place }] : [],
  };
};

/** Reads a task definition as it is registered, at a path of a document. */
export const readRegistered = (document: InputDocument, data: unknown, path: KeyPath, realPath?: string): Draft => {
  refuseProblems(document, at(path, schemaProblems(taskDefinitionSchema, data)));
  const definition = data as EcsTaskDefinition;
  return draftOf(document, definition, definition.tags, path, realPath);
};

/** Reads a task definition as `aws ecs describe-task-definition` prints it, at a path of a document. */
export const readDescribed = (document: InputDocument, data: unknown, path: KeyPath, realPath?: string): Draft => {
  refuseProblems(document, at(path, schemaProblems(describeTaskDefinitionSchema, data)));
  const { taskDefinition, tags } = data as { readonly taskDefinition: EcsTaskDefinition; readonly tags?: EcsTags };
  return draftOf(document, taskDefinition, tags, [...path, "taskDefinition"], realPath);
};
