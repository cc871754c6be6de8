import { loadInventory } from "@ecs-cost/core/inventory";
import type { LiveSettings } from "../aws/live-metrics.ts";
import { COUNTS } from "../aws/utilization.ts";
import { isLive } from "../flags/inputs-and-metrics.ts";
import { onlyRegion, regionFor } from "../program/region.ts";
import { usageError } from "../program/usage-error.ts";
import type { Result } from "../render/document/result.ts";

/** The calls and the dollars of `--metrics cloudwatch`, without a call. */
export const dryRun = async (
  command: string,
  sources: readonly string[],
  inputs: readonly string[],
  region: string | undefined,
  live: LiveSettings,
): Promise<Result> => {
  if (!isLive(sources))
    throw usageError("--dry-run tells what --metrics cloudwatch would cost; there is no such source");
  const inventory = onlyRegion(await loadInventory(inputs, region === undefined ? {} : { region }), "--dry-run");
  const { planLiveMetrics } = await import("../aws/live-metrics.ts");
  const { planResult } = await import("../render/report/account/scan-plan.ts");
  const settings = command === "capacity" ? { ...live, columns: COUNTS } : live;
  return planResult(command, await planLiveMetrics(inventory, regionFor(region, inventory.region), settings));
};
