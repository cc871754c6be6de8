import { liveSettings } from "../aws/utilization.ts";
import { inputsAndMetrics } from "../flags/inputs-and-metrics.ts";
import { type MetricFileFlagValues, metricFileSettings } from "../flags/metric-file-flags.ts";
import { valuesOf } from "../flags/report-flags.ts";
import { rightsizeSettings } from "../flags/rightsize-flags.ts";
import { usageError } from "../program/usage-error.ts";
import type { SizingSettings } from "./sizing.ts";

interface SideArgs {
  readonly base?: string | undefined;
  readonly head?: string | undefined;
}

type SizingFlags = Parameters<typeof liveSettings>[0] &
  MetricFileFlagValues &
  Omit<Parameters<typeof rightsizeSettings>[0], "compare-strategies" | "backtest"> & {
    readonly metrics?: readonly string[] | string | undefined;
  };

/** The sides, which may stand after `--metrics`, and how sizes are judged where it is given. */
export const sidesAndSizing = (
  { base, head }: SideArgs,
  flags: Omit<SizingFlags, "dry-run">,
  quiet: boolean,
): { readonly base: string; readonly head?: string; readonly sizing?: SizingSettings } => {
  const named = [base, head].flatMap((side) => (side === undefined ? [] : [side]));
  const given = valuesOf(flags.metrics);
  const { inputs, metrics } = given.length === 0 ? { inputs: named, metrics: [] } : inputsAndMetrics(named, given);
  const [first, second, third] = inputs;
  if (first === undefined) throw usageError("BASE is missing", "diff takes BASE HEAD, or one Terraform plan.");
  if (third !== undefined) throw usageError(`${third} is one side too many`, "diff takes two sides: BASE HEAD.");
  const sides = { base: first, ...(second === undefined ? {} : { head: second }) };
  if (metrics.length === 0) return sides;
  const rightsize = rightsizeSettings({ ...flags, "compare-strategies": false, backtest: false }, flags, undefined);
  const days = rightsize.lookbackDays ?? LIVE_DAYS;
  const live = liveSettings(
    { ...flags, "dry-run": false },
    { days, filter: undefined, quiet, files: metricFileSettings(flags) },
  );
  return { ...sides, sizing: { metrics, live, rightsize } };
};

/** Days of CloudWatch that are read unless `--lookback` says otherwise. */
const LIVE_DAYS = 14;
