import { parseEcsArn, parseTaskDefinitionRef } from "../../domain/workload/arn.ts";
import type { TaskDefinition } from "../../domain/workload/task-definition.ts";
import { type EcsTags, type EcsTaskDefinition, taskDefinitionSchema } from "../../schema/aws-ecs.ts";
import { type KeyPath, schemaProblems } from "../../schema/problems.ts";
import { originOf, refuseProblems } from "./checked.ts";
import type { InputDocument } from "./document.ts";
import { type Draft, EMPTY_DRAFT } from "./draft.ts";
import { tagMap } from "./plain-map.ts";
import { taskDefinitionProblems } from "./task-definition-rules.ts";

/** Reads a task definition that stands at a path of a document; `tags` are those that describe output has beside it. */
export const readTaskDefinitionAt = (
  document: InputDocument,
  data: unknown,
  path: KeyPath,
  tags: EcsTags,
  realPath: string | undefined,
): Draft => {
  const shape = schemaProblems(taskDefinitionSchema, data);
  const problems = shape.length > 0 ? shape : taskDefinitionProblems(data as EcsTaskDefinition);
  refuseProblems(
    document,
    problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
  );
  const definition = data as EcsTaskDefinition;
  const arn = definition.taskDefinitionArn ?? undefined;
  const revision = definition.revision ?? (arn === undefined ? undefined : parseTaskDefinitionRef(arn).revision);
  const region = arn === undefined ? undefined : parseEcsArn(arn)?.region;
  const origin = originOf(document, path);
  return {
    ...EMPTY_DRAFT,
    taskDefinitions: [
      {
        definition: definition as TaskDefinition,
        ...(revision === undefined ? {} : { revision }),
        tags: tagMap(tags ?? definition.tags),
        origin,
        ...(realPath === undefined ? {} : { path: realPath }),
      },
    ],
    regions: region ? [{ region, place: () => ({ file: origin }) }] : [],
  };
};
