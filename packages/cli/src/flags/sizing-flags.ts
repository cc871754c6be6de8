import * as Flags from "@oclif/core/flags";
import { liveMetricsFlags } from "./live-metrics-flags.ts";
import { metricFileFlags } from "./metric-file-flags.ts";
import { rightsizeFlags } from "./rightsize-flags.ts";

const {
  advise: _advise,
  "compare-strategies": _strategies,
  backtest: _backtest,
  patch: _patch,
  overwrite: _overwrite,
  ...judging
} = rightsizeFlags;
const { "dry-run": _dryRun, ...live } = liveMetricsFlags;

/** How `diff` judges proposed sizes by utilization: as `rightsize` advises. */
export const sizingFlags = {
  ...judging,
  metrics: Flags.string({
    multiple: true,
    env: "ECS_COST_METRICS",
    helpGroup: "METRICS",
    helpValue: "SRC...",
    summary:
      "Utilization, as rightsize takes it: says whether the size of each service that the change touches fits, and the better one.",
  }),
  ...metricFileFlags,
  ...live,
};
