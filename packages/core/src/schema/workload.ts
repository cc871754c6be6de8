import * as z from "zod/mini";
import { keys, list, maybe, regionCode } from "./leaves.ts";
import { serviceSchema } from "./workload-service.ts";
import { sharedSchema } from "./workload-shared.ts";

/** The workload file, version 1. */
export const workloadSchema = keys(
  {
    version: z.literal(1, { error: "must be 1" }).check(z.meta({ description: "Version of this format" })),
    region: maybe(regionCode("Region that prices are taken of, for example eu-west-1")),
    shared: maybe(sharedSchema),
    services: list(serviceSchema, "Services and standalone tasks"),
  },
  "Workloads on Amazon ECS, for ecs-cost",
);

export type WorkloadFile = z.infer<typeof workloadSchema>;
export type WorkloadService = WorkloadFile["services"][number];
export type WorkloadShared = NonNullable<WorkloadFile["shared"]>;
export type WorkloadTask = NonNullable<WorkloadService["task"]>;

/** The JSON Schema (draft 2020-12) of the workload file, as it is published. */
export const workloadJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(workloadSchema, { io: "input" }),
  title: "ecs-cost workload file",
});
