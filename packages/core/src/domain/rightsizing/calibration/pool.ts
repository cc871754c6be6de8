import type { CpuCase, MemoryCase, PastCases } from "./past-cases.ts";

/** What the past of all services of an account says, in a form that is quick to ask; grows with the services, not the points. */
export interface CalibrationPool {
  readonly services: number;
  /** Factors of CPU that would have been too small, ascending; Infinity last. */
  readonly cpuFactors: Float64Array;
  readonly cpu: readonly CpuCase[];
  /** Ratios of memory, ascending. */
  readonly memoryRatios: Float64Array;
  readonly memory: readonly MemoryCase[];
}

/** The past of one service among that of the others. */
export interface Calibration {
  readonly pool: CalibrationPool;
  readonly own: PastCases;
}

/** Puts the cases of services together, each once. */
export const poolCases = (services: Iterable<PastCases>): CalibrationPool => {
  const all = [...services].filter(({ cpu, memory }) => cpu.length + memory.length > 0);
  const cpu = all.flatMap((each) => each.cpu);
  const memory = all.flatMap((each) => each.memory);
  return {
    services: all.length,
    cpuFactors: Float64Array.from(cpu, ({ factor }) => factor).sort(),
    cpu,
    memoryRatios: Float64Array.from(memory, ({ ratio }) => ratio).sort(),
    memory,
  };
};

export const EMPTY_POOL: CalibrationPool = poolCases([]);

/** How many of the ascending values are at least (or, strictly, above) a limit. */
export const countFrom = (sorted: Float64Array, limit: number, strictly = false): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle] as number;
    if (strictly ? value > limit : value >= limit) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
};
