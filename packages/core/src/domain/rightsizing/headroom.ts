import type { SettingSpec } from "./settings.ts";

/** Percent that is added to the CPU quantile. */
export const cpuHeadroomSpec = (value: number): SettingSpec => ({
  default: value,
  min: 0,
  max: 400,
  unit: "percent",
  help: "Added to the CPU demand.",
});

/** Percent that is added to the memory quantile. */
export const memoryHeadroomSpec = (value: number): SettingSpec => ({
  default: value,
  min: 0,
  max: 400,
  unit: "percent",
  help: "Added to the memory demand.",
});

/** A percentile from 0 to 100. */
export const percentileSpec = (value: number, help: string): SettingSpec => ({
  default: value,
  min: 0,
  max: 100,
  unit: "percentile",
  help,
});

/** A value with `percent` of it on top. */
export const withHeadroom = (value: number, percent: number): number => value * (1 + percent / 100);
