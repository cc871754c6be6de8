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

/** A value with `percent` of it on top; undefined where it is not known. */
export const withHeadroom = <Value extends number | undefined>(value: Value, percent: number): Value | number =>
  value === undefined ? value : value * (1 + percent / 100);
