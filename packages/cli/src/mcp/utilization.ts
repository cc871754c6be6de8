import { liveSettings } from "../aws/utilization.ts";
import { LIVE_DAYS } from "../kinds/rightsize.ts";
import { metricSources } from "./inputs.ts";
import type { ServerSettings } from "./tool.ts";

const PERIOD_SECONDS = 300;

/** Where utilization is read that a call names, and how CloudWatch is; nothing is kept of it. */
export const utilizationOf = (metrics: readonly string[], days: number | undefined, settings: ServerSettings) => ({
  sources: metricSources(metrics, settings),
  live: liveSettings(
    { period: PERIOD_SECONDS, cache: false, "cache-dir": undefined, profile: settings.profile, "dry-run": false },
    { days: days ?? LIVE_DAYS, filter: undefined, quiet: true },
  ),
});

/** Arguments on utilization. */
export const LOOKBACK = {
  type: "integer",
  minimum: 1,
  maximum: 93,
  description: "Newest days with points to look at; 14 unless given.",
} as const;
