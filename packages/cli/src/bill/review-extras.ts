import type { Inventory, Issue, UsageByService } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { liveSettings, readUtilization } from "../aws/utilization.ts";
import { inputsAndMetrics } from "../flags/inputs-and-metrics.ts";
import { onlyRegion, regionFor } from "../program/region.ts";
import { usageError } from "../program/usage-error.ts";

/** What stands beside the bill, where it is given. */
export interface ReviewExtras {
  readonly inventory?: Inventory & { readonly region: string };
  readonly usage?: UsageByService;
  readonly issues: readonly Issue[];
}

interface ExtraSources {
  readonly workloads: readonly string[];
  readonly metrics: readonly string[];
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly quiet: boolean;
}

/** Days and seconds of CloudWatch that a review reads. */
const LIVE = { days: 14, period: 300 };

/** Reads the workload files, and the utilization of their services. */
export const readExtras = async ({
  workloads,
  metrics,
  region,
  profile,
  quiet,
}: ExtraSources): Promise<ReviewExtras> => {
  if (metrics.length > 0 && workloads.length === 0) {
    throw usageError("--metrics needs --workloads", "Sizes and names of the services are in the workload files.");
  }
  if (workloads.length === 0) return { issues: [] };
  const { inputs, metrics: sources } = inputsAndMetrics(workloads, metrics);
  const read = onlyRegion(readInventory(inputs, region === undefined ? {} : { region }), "review");
  const inventory = { ...read, region: regionFor(region, read.region) };
  if (sources.length === 0) return { inventory, issues: [] };
  const { period, days } = LIVE;
  const live = liveSettings(
    { "dry-run": false, period, cache: true, "cache-dir": undefined, profile },
    { days, filter: undefined, quiet },
  );
  const { services, issues, assumptions } = await readUtilization(sources, inventory, inventory.region, live);
  const told = { ...inventory, assumptions: [...inventory.assumptions, ...assumptions] };
  return { inventory: told, usage: services, issues };
};
