import { median } from "./family-discounts.ts";

/** A known price with what a rule would multiply, and the group that is held out together with it. */
export interface Sample {
  readonly group: string;
  readonly base: number;
  readonly actual: number;
}

/** The middle of actual / base; undefined without a sample. */
export const factorOf = (samples: readonly Sample[]): number | undefined =>
  samples.length === 0 ? undefined : median(samples.map(({ actual, base }) => actual / base));

/** How far each sample is off where the factor comes from the other groups only; a lone group tells nothing. */
export const heldOutErrors = (samples: readonly Sample[]): readonly number[] => {
  const groups = Map.groupBy(samples, ({ group }) => group);
  return [...groups].flatMap(([group, own]) => {
    const factor = factorOf(samples.filter((sample) => sample.group !== group));
    return factor === undefined ? [] : own.map(({ base, actual }) => Math.abs((base * factor) / actual - 1));
  });
};

const percent = (fraction: number): string => (fraction * 100).toFixed(2);

/** Errors as a rule states them, in percent. */
export const errorFigures = (errors: readonly number[]) => {
  const sorted = [...errors].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 1;
  return {
    cells: sorted.length,
    mean: percent(sorted.reduce((sum, error) => sum + error, 0) / Math.max(1, sorted.length)),
    percent95: percent(at(0.95)),
    worst: percent(sorted.at(-1) ?? 1),
  };
};
