import { NO_EXTRAS, NO_NETWORK } from "../src/domain/workload/defaults.ts";
import type { Service } from "../src/domain/workload/service.ts";
import type { TaskShape } from "../src/domain/workload/task.ts";

/** A plain Linux task of 1 vCPU and 2 GB, changed as told. */
export const sampleTask = (changes: Partial<TaskShape> = {}): TaskShape => ({
  cpu: 1024,
  memory: 2048,
  architecture: "x86_64",
  os: "linux",
  ephemeralStorageGiB: 20,
  gpu: 0,
  networkMode: "awsvpc",
  ports: [],
  privileged: false,
  fargateBlockers: [],
  containers: [],
  requiresCompatibilities: [],
  ...changes,
});

/** Two of those tasks on Fargate, changed as told. */
export const sampleService = (changes: Partial<Service> = {}): Service => ({
  id: "default/api",
  name: "api",
  cluster: "default",
  tags: {},
  task: sampleTask(),
  demand: { kind: "count", tasks: 2 },
  placement: { kind: "launch-type", launchType: "FARGATE" },
  scheduling: "replica",
  placementConstraints: false,
  interruptible: "unspecified",
  network: NO_NETWORK,
  extras: NO_EXTRAS,
  origin: "test",
  ...changes,
});
