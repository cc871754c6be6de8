/** Units that CPU and memory are told in; `unknown` is found by what the values are. */
export const CPU_UNITS = ["percent", "fraction", "units", "vcpu", "millicores", "nanocores"] as const;
export const MEMORY_UNITS = ["percent", "fraction", "bytes", "KiB", "MiB", "GiB"] as const;
export type CpuUnit = (typeof CPU_UNITS)[number];
export type MemoryUnit = (typeof MEMORY_UNITS)[number];
export type MetricUnit = CpuUnit | MemoryUnit | "count" | "unknown";

/** What the user says of values whose source does not say it. */
export interface ToldUnits {
  readonly cpu?: CpuUnit;
  readonly memory?: MemoryUnit;
}

/** CPU units (1,024 to the vCPU) or MiB that one of a unit is; undefined for shares of the task size. */
const ABSOLUTE: Readonly<Partial<Record<MetricUnit, number>>> = {
  units: 1,
  vcpu: 1024,
  millicores: 1.024,
  nanocores: 1024 / 1e9,
  bytes: 1 / 1024 ** 2,
  KiB: 1 / 1024,
  MiB: 1,
  GiB: 1024,
};

/** CPU units or MiB that one of `unit` is; undefined where it is a share of the task size. */
export const absoluteFactor = (unit: MetricUnit): number | undefined => ABSOLUTE[unit];

/** Percent that one of `unit` is, of a task of `size` CPU units or MiB; undefined where that needs a size and there is none. */
export const percentFactor = (unit: MetricUnit, size: number | undefined): number | undefined => {
  const absolute = ABSOLUTE[unit];
  if (absolute !== undefined) return size === undefined || size <= 0 ? undefined : (absolute * 100) / size;
  return unit === "fraction" ? 100 : 1;
};
