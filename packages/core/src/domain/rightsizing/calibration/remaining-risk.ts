import { OWN_WEIGHT, PRIOR_CPU_CASES, PRIOR_MEMORY_CASES, priorMemory, toMonth } from "./margins.ts";
import type { Calibration } from "./pool.ts";
import { type CpuScale, excessOf, type MemoryScale, memoryExcess } from "./scales.ts";

/** Chance, 0 to 1, that the days to come need more CPU than a size has for longer than is allowed, by the past. */
export const cpuChance = ({ pool, own }: Calibration, scale: CpuScale, size: number): number => {
  const { beyondLevel, beyondHighest } = excessOf(scale, size);
  const isShort = (each: { readonly beyondLevel: number; readonly beyondHighest: number }): boolean =>
    each.beyondLevel > beyondLevel + 1e-9 && each.beyondHighest > beyondHighest + 1e-9;
  const prior = 0.3 * Math.exp(-Math.max(0, beyondLevel) - Math.max(0, beyondHighest));
  return (
    (count(pool.cpu, isShort) + PRIOR_CPU_CASES * prior + OWN_WEIGHT * count(own.cpu, isShort)) /
    (pool.cpu.length + PRIOR_CPU_CASES + OWN_WEIGHT * own.cpu.length)
  );
};

/** Chance that memory outgrows a size over the days that cases judge, and over a month; 0 to 1. */
export interface MemoryChance {
  readonly soon: number;
  readonly month: number;
}

/** The same for memory, in percent of the present size. */
export const memoryChance = (calibration: Calibration, scale: MemoryScale, size: number): MemoryChance => {
  const { pool, own } = calibration;
  const { ratio, spreads } = memoryExcess(scale, size);
  const isOver = (each: { readonly ratio: number; readonly spreads: number }): boolean =>
    each.ratio > ratio + 1e-9 && each.spreads > spreads + 1e-9;
  const soon =
    (count(pool.memory, isOver) + PRIOR_MEMORY_CASES * priorMemory(ratio) + OWN_WEIGHT * count(own.memory, isOver)) /
    (pool.memory.length + PRIOR_MEMORY_CASES + OWN_WEIGHT * own.memory.length);
  return { soon, month: Math.min(1, soon * toMonth(calibration)) };
};

const count = <T>(cases: readonly T[], holds: (each: T) => boolean): number => {
  let found = 0;
  for (const each of cases) if (holds(each)) found += 1;
  return found;
};
