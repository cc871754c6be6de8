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

/** A task described in the workload file itself. */
export const taskSchema = keys(
  {
    cpu: cpuSize('Task CPU: units (1024 to the vCPU) or text such as "1 vCPU"'),
    memory: memorySize('Task memory: MiB or text such as "2 GB"'),
    arch: maybe(word(ARCHITECTURES, "CPU architecture; default x86_64, as in a task definition")),
    os: maybe(word(SYSTEMS, "Operating system or its family; default linux, as in a task definition")),
    ephemeralStorageGiB: maybe(whole(20, 200, "Ephemeral storage of a Fargate task in GiB; default the free 20")),
    gpu: maybe(whole(0, 16, "GPUs per task")),
    networkMode: maybe(word(["awsvpc", "bridge", "host", "none"], "Network mode; default awsvpc")),
    hostPorts: maybe(
      list(whole(1, 65_535, "Port"), "Ports that the task takes on its instance (network modes bridge and host)", 100),
    ),
    privileged: maybe(flag("Whether a container runs privileged, which Fargate refuses")),
  },
  "Size and platform of a task",
);
