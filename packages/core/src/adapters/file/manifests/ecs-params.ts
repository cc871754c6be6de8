import { basename, dirname, resolve } from "node:path";
import { parseCpu, parseMemory } from "../../../domain/workload/task-size.ts";
import { isData } from "../planned/block.ts";
import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import type { InputDocument } from "../text/document.ts";
import { composeMemory } from "./compose.ts";
import { manifestService, unsized } from "./draft-service.ts";
import { manifestTask } from "./manifest-task.ts";

const scalar = (value: unknown): string | number | undefined =>
  typeof value === "string" || typeof value === "number" ? value : undefined;

const cpuOf = (value: unknown): number | undefined => {
  const cpu = scalar(value);
  return cpu === undefined ? undefined : parseCpu(cpu);
};

/** `0.5GB` as ECS writes it, `512m` as Compose does. */
const memoryOf = (value: unknown): number | undefined => {
  const memory = scalar(value);
  return memory === undefined ? undefined : (parseMemory(memory) ?? composeMemory(memory));
};

/** Reads the parameters that the ECS CLI takes beside a Compose file: the size of the one task that it makes of it. */
export const readEcsParams = (document: InputDocument): Draft => {
  const definition = (document.data as { readonly task_definition: unknown }).task_definition;
  const task = isData(definition) ? definition : {};
  const size = isData(task["task_size"]) ? task["task_size"] : {};
  const cpu = cpuOf(size["cpu_limit"]);
  const memory = memoryOf(size["mem_limit"]);
  const name = basename(document.file === "-" ? "compose" : dirname(resolve(document.file))) || "compose";
  const shape = cpu === undefined || memory === undefined ? undefined : manifestTask({ cpu, memory });
  const mode = task["ecs_network_mode"];
  const networkMode = mode === "bridge" || mode === "host" || mode === "none" ? mode : "awsvpc";
  const draft = manifestService(
    document,
    ["task_definition"],
    { name, ...(shape === undefined ? {} : { task: { ...shape, networkMode } }) },
    shape === undefined ? unsized("task_definition.task_size does not give cpu_limit and mem_limit") : undefined,
  );
  const detail =
    "ecs-params does not say how many tasks run; give a workload file with desiredCount, or the output of describe-services";
  return {
    ...EMPTY_DRAFT,
    services: [draft],
    issues: [{ code: "unknown-demand", severity: "error", subject: draft.service.id, detail }],
  };
};
