import * as Flags from "@oclif/core/flags";
import { profileFlag } from "./aws-flags.ts";

const LIVE = "CLOUDWATCH";

/** Where points of CloudWatch are kept. */
export const cacheDirFlag = {
  "cache-dir": Flags.string({
    env: "ECS_COST_CACHE_DIR",
    helpGroup: LIVE,
    helpValue: "FOLDER",
    summary: "Folder that keeps points of CloudWatch; else ecs-cost in XDG_CACHE_HOME or ~/.cache.",
  }),
};

/** How far back CloudWatch is read, where no other flag says it. */
export const lookbackFlag = {
  lookback: Flags.integer({
    min: 1,
    max: 93,
    default: 14,
    env: "ECS_COST_LOOKBACK",
    helpGroup: LIVE,
    helpValue: "DAYS",
    summary: "Days of running tasks to read with --metrics cloudwatch.",
  }),
};

/** How `--metrics cloudwatch` reads. */
export const liveMetricsFlags = {
  "dry-run": Flags.boolean({
    env: "ECS_COST_DRY_RUN",
    helpGroup: LIVE,
    summary: "With --metrics cloudwatch: tell the calls and what they cost, and make none.",
  }),
  period: Flags.integer({
    min: 60,
    default: 300,
    env: "ECS_COST_PERIOD",
    helpGroup: LIVE,
    helpValue: "SECONDS",
    summary: "Seconds between points; a longer period is taken where CloudWatch has not kept so fine ones.",
  }),
  cache: Flags.boolean({
    allowNo: true,
    default: true,
    env: "ECS_COST_CACHE",
    helpGroup: LIVE,
    summary: "Keep points, so that an interrupted or repeated scan asks only for what is missing.",
  }),
  ...cacheDirFlag,
  ...profileFlag,
};

/** What these flags say, as oclif hands them on. */
export interface LiveMetricsFlagValues {
  readonly "dry-run": boolean;
  readonly period: number;
  readonly cache: boolean;
  readonly "cache-dir": string | undefined;
  readonly profile: string | undefined;
}
