import * as z from "zod/mini";
import { cpuSize, flag, keys, list, maybe, memorySize, whole, word } from "./leaves.ts";

const ARCHITECTURES = ["x86_64", "arm64", "X86_64", "ARM64", "x86", "amd64"] as const;

const SYSTEMS = [
  "linux",
  "windows",
  "LINUX",
  "WINDOWS",
  "WINDOWS_SERVER_2016_FULL",
  "WINDOWS_SERVER_2004_CORE",
  "WINDOWS_SERVER_20H2_CORE",
  "WINDOWS_SERVER_2019_CORE",
  "WINDOWS_SERVER_2019_FULL",
  "WINDOWS_SERVER_2022_CORE",
  "WINDOWS_SERVER_2022_FULL",
  "WINDOWS_SERVER_2025_CORE",
  "WINDOWS_SERVER_2025_FULL",
] as const;

const GPUS = "GPUs per task: a whole number, a part of one such as 0.25, or ALL of the instance";
const gpus = z
  .union([z.number().check(z.gte(0), z.lte(16)), z.literal("ALL")], {
    error: "must be a whole number from 0 to 16, a part of one such as 0.25, or ALL",
  })
  .check(
    z.refine((value) => typeof value === "string" || value < 1 || Number.isInteger(value), {
      error: "must be a whole number from 0 to 16, a part of one such as 0.25, or ALL",
    }),
    z.meta({ description: GPUS }),
  );

const neuronDevices = z
  .union([z.int().check(z.gte(0), z.lte(16)), z.literal("ALL")], {
    error: "must be a whole number from 0 to 16, or ALL",
  })
  .check(z.meta({ description: "Neuron devices per task, which has those of its instance to itself" }));

/** A task described in the workload file itself. */
export const taskSchema = keys(
  {
    cpu: cpuSize('Task CPU: units (1024 to the vCPU) or text such as "1 vCPU"'),
    memory: memorySize('Task memory: MiB or text such as "2 GB"'),
    arch: maybe(word(ARCHITECTURES, "CPU architecture; default x86_64, as in a task definition")),
    os: maybe(word(SYSTEMS, "Operating system or its family; default linux, as in a task definition")),
    ephemeralStorageGiB: maybe(whole(20, 200, "Ephemeral storage of a Fargate task in GiB; default the free 20")),
    gpu: maybe(gpus),
    gpuMemoryMiB: maybe(whole(1, 1_048_576, "MiB of the memory of one GPU that a task takes where tasks share it")),
    neuronDevices: maybe(neuronDevices),
    networkMode: maybe(word(["awsvpc", "bridge", "host", "none"], "Network mode; default awsvpc")),
    hostPorts: maybe(
      list(whole(1, 65_535, "Port"), "Ports that the task takes on its instance (network modes bridge and host)", 100),
    ),
    containers: maybe(whole(1, 10, "Containers of the task, for the metrics of Container Insights; default 1")),
    privileged: maybe(flag("Whether a container runs privileged, which Fargate refuses")),
  },
  "Size and platform of a task",
);
