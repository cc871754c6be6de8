import { parseCpu, parseMemory } from "../../../domain/workload/task-size.ts";
import type { EcsTaskDefinition } from "../../../schema/aws-ecs.ts";
import { type KeyPath, quoted, type SchemaProblem } from "../../../schema/problems.ts";

type Size = string | number | null | undefined;

const cpu = (value: Size, path: KeyPath): SchemaProblem[] =>
  value == null || parseCpu(value) !== undefined
    ? []
    : [{ path, detail: `must be CPU units such as 1024, or text such as "1 vCPU", not ${quoted(value)}` }];

const memory = (value: Size, path: KeyPath): SchemaProblem[] =>
  value == null || parseMemory(value) !== undefined
    ? []
    : [{ path, detail: `must be MiB such as 2048, or text such as "2 GB", not ${quoted(value)}` }];

/** Sizes of a task definition that ECS would not take. */
export const taskDefinitionProblems = (definition: EcsTaskDefinition): SchemaProblem[] => [
  ...cpu(definition.cpu, ["cpu"]),
  ...memory(definition.memory, ["memory"]),
  ...definition.containerDefinitions.flatMap((container, i) => [
    ...cpu(container.cpu, ["containerDefinitions", i, "cpu"]),
    ...memory(container.memory, ["containerDefinitions", i, "memory"]),
    ...memory(container.memoryReservation, ["containerDefinitions", i, "memoryReservation"]),
  ]),
];
