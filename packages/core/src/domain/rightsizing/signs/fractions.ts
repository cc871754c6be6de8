import type { UsageDemand } from "../../demand/demand-window.ts";
import { peakOf } from "../../demand/quantile.ts";

/** Percent: CPU that never passes this may be given as a fraction of 1. */
const ONE = 1;
/** As a fraction a load that is worth a task, as a percentage next to nothing. */
const LEAST_FRACTION = 0.1;

/** Whether the CPU of a task that holds memory lies within 0..1: a fraction, or a task that hardly works. */
export const mayBeFractions = (demand: UsageDemand): boolean => {
  const [cpu, memory] = [peakOf(demand, "cpu"), peakOf(demand, "memory")];
  return cpu !== undefined && cpu >= LEAST_FRACTION && cpu <= ONE && (memory === undefined || memory > ONE);
};
