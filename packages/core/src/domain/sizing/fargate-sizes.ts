import type { CpuUnits, MiB } from "../units/size.ts";
import type { OperatingSystem } from "../workload/task.ts";

/** One CPU and memory combination that Fargate runs. */
export interface TaskSize {
  readonly cpu: CpuUnits;
  readonly memory: MiB;
}

interface SizeRow {
  readonly cpu: CpuUnits;
  readonly memories: readonly MiB[];
  readonly systems: readonly OperatingSystem[];
}

const gigabytes = (from: number, to: number, step: number): MiB[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);

const LINUX: readonly OperatingSystem[] = ["linux"];
const BOTH: readonly OperatingSystem[] = ["linux", "windows"];

/**
 * Checked on 2026-11-20.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 * @see https://aws.amazon.com/about-aws/whats-new/2026/06/amazon-ecs-fargate-32vcpu for the row of 32 vCPU
 */
const ROWS: readonly SizeRow[] = [
  { cpu: 256, memories: [512, 1024, 2048], systems: LINUX },
  { cpu: 512, memories: gigabytes(1, 4, 1), systems: LINUX },
  { cpu: 1024, memories: gigabytes(2, 8, 1), systems: BOTH },
  { cpu: 2048, memories: gigabytes(4, 16, 1), systems: BOTH },
  { cpu: 4096, memories: gigabytes(8, 30, 1), systems: BOTH },
  { cpu: 8192, memories: gigabytes(16, 60, 4), systems: LINUX },
  { cpu: 16_384, memories: gigabytes(32, 120, 8), systems: LINUX },
  { cpu: 32_768, memories: [61_440, 122_880, 249_856], systems: LINUX },
];

const sizesOf = (os: OperatingSystem): readonly TaskSize[] =>
  ROWS.filter((row) => row.systems.includes(os)).flatMap(({ cpu, memories }) =>
    memories.map((memory) => ({ cpu, memory })),
  );

const SIZES: Readonly<Record<OperatingSystem, readonly TaskSize[]>> = {
  linux: sizesOf("linux"),
  windows: sizesOf("windows"),
};

/** Task sizes that Fargate accepts, in CPU units and MiB, ascending by CPU and then memory; 77 on Linux. */
export const legalSizes = (os: OperatingSystem): readonly TaskSize[] => SIZES[os];

/** Whether Fargate accepts a task of `cpu` CPU units and `memory` MiB. */
export const isLegalSize = (cpu: CpuUnits, memory: MiB, os: OperatingSystem): boolean =>
  SIZES[os].some((size) => size.cpu === cpu && size.memory === memory);
