import type { CpuUnits, MiB } from "../units/size.ts";
import type { AcceleratorNeed } from "./accelerator.ts";

export type Architecture = "x86_64" | "arm64";
export type OperatingSystem = "linux" | "windows";
export type NetworkMode = "awsvpc" | "bridge" | "host" | "none";

/** A port that a container asks for on its host. */
export interface PortMapping {
  readonly containerPort: number;
  /** 0 or undefined lets ECS choose. */
  readonly hostPort?: number;
  readonly protocol: "tcp" | "udp";
}

/** One container as far as sizes and placement are concerned. */
export interface Container {
  readonly name: string;
  readonly essential: boolean;
  readonly cpu?: CpuUnits;
  readonly memory?: MiB;
  readonly memoryReservation?: MiB;
  /** `stopTimeout`: seconds from SIGTERM to SIGKILL; ECS takes 30 where none is set. */
  readonly stopTimeoutSeconds?: number;
}

/** A task as ECS places and bills it: sizes in CPU units and MiB. */
export interface TaskShape {
  readonly cpu: CpuUnits;
  readonly memory: MiB;
  readonly architecture: Architecture;
  readonly os: OperatingSystem;
  /** Total GiB of ephemeral storage; Fargate includes 20. */
  readonly ephemeralStorageGiB: number;
  /** Whole GPUs per task. */
  readonly gpu: number;
  /** What it needs of accelerators beside whole GPUs. */
  readonly accelerator?: AcceleratorNeed;
  readonly networkMode: NetworkMode;
  readonly ports: readonly PortMapping[];
  readonly privileged: boolean;
  /** Settings that Fargate refuses, by their task definition names, for example `ipcMode`. */
  readonly fargateBlockers: readonly string[];
  readonly containers: readonly Container[];
  readonly requiresCompatibilities: readonly string[];
}

/** Whether a task needs GPUs or other accelerators. */
export const needsAccelerator = ({ gpu, accelerator }: Pick<TaskShape, "gpu" | "accelerator">): boolean =>
  gpu > 0 || accelerator !== undefined;
