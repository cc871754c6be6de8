import type { CpuUnits, MiB } from "../units/size.ts";

/**
 * How many times a vCPU-hour weighs a GB-hour where the cost of an instance is divided over tasks.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/split-cost-allocation-data.html checked 2026-11-20
 */
export const CPU_TO_MEMORY_WEIGHT = 9;

/**
 * Weight of a task in its share of an instance, CPU to memory at 9 : 1, as an integer: 1024 times vCPU x 9 + GB.
 *
 * @example taskWeight(1024, 2048) // 11264
 */
export const taskWeight = (cpu: CpuUnits, memory: MiB): number => CPU_TO_MEMORY_WEIGHT * cpu + memory;
