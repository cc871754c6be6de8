import type { TaskShape } from "../../../domain/workload/task.ts";
import { architectureOf, INCLUDED_EPHEMERAL_GIB, operatingSystemOf } from "../../../domain/workload/task-definition.ts";

interface Size {
  readonly cpu: number;
  readonly memory: number;
  readonly arch?: string | undefined;
  readonly os?: string | undefined;
  readonly ephemeralStorageGiB?: number | undefined;
  readonly compatibility?: "FARGATE" | "EC2";
}

/** The task of a manifest, in CPU units and MiB. */
export const manifestTask = ({ cpu, memory, arch, os, ephemeralStorageGiB, compatibility }: Size): TaskShape => ({
  cpu,
  memory,
  architecture: architectureOf(arch),
  os: operatingSystemOf(os),
  ephemeralStorageGiB: ephemeralStorageGiB ?? INCLUDED_EPHEMERAL_GIB,
  gpu: 0,
  networkMode: "awsvpc",
  ports: [],
  privileged: false,
  fargateBlockers: [],
  containers: [],
  requiresCompatibilities: compatibility === undefined ? [] : [compatibility],
});
