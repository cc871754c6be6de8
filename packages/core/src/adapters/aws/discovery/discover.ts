import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import type { InventorySource } from "../../../ports/inventory-source.ts";
import { endsEverything } from "../client/aws-error.ts";
import { awsIssue } from "../client/aws-issue.ts";
import { createGate } from "../client/limiter.ts";
import type { Aws } from "../client/open-aws.ts";
import type { ServiceRef } from "../metrics/series.ts";
import { type DiscoveryFilter, type RegionFacts, readRegionFacts } from "./region-facts.ts";
import { inventoryOf } from "./region-inventory.ts";
import { insightsOf } from "./shared-facts.ts";

export interface DiscoverOptions extends DiscoveryFilter {
  readonly regions: readonly string[];
}

/** What was found in one region. */
export interface DiscoveredRegion {
  readonly region: string;
  readonly inventory: Inventory;
  readonly facts: RegionFacts;
}

/** What was found in the account. */
export interface Discovery {
  /** In the order in which the regions were named. */
  readonly regions: readonly DiscoveredRegion[];
  /** Regions that could not be read at all. */
  readonly issues: readonly Issue[];
}

const REGIONS_AT_ONCE = 4;

/**
 * Finds what runs on ECS in some regions. A service or region that is denied costs only itself: an issue names the
 * action.
 *
 * @throws {BorderError} where no region could be read, or the credentials have expired.
 */
export const discover = async (aws: Aws, options: DiscoverOptions): Promise<Discovery> => {
  const failures: BorderError[] = [];
  const issues: Issue[] = [];
  const atOnce = createGate(REGIONS_AT_ONCE);
  const read = async (region: string): Promise<readonly DiscoveredRegion[]> => {
    try {
      const facts = await readRegionFacts(aws, region, options);
      return [{ region, inventory: inventoryOf(facts), facts }];
    } catch (error) {
      if (!(error instanceof BorderError) || error.source !== "aws" || endsEverything(error)) throw error;
      failures.push(error);
      issues.push(awsIssue(error, region, "nothing of this region is included"));
      return [];
    }
  };
  const regions = [...new Set(options.regions)];
  const found = (await Promise.all(regions.map((region) => atOnce(() => read(region))))).flat();
  const [failure] = failures;
  if (found.length === 0 && failure !== undefined) throw failure;
  return { regions: found, issues: issues.sort((a, b) => (a.subject < b.subject ? -1 : 1)) };
};

/** The live account as a source of inventories, one per region. */
export const accountSource = (aws: Aws, options: DiscoverOptions): InventorySource => ({
  read: async () => (await discover(aws, options)).regions.map(({ inventory }) => inventory),
});

/** The services of a region as CloudWatch knows them; standalone tasks have no metrics of their own. */
export const servicesToScan = ({ facts }: DiscoveredRegion): readonly ServiceRef[] =>
  facts.clusters.flatMap(({ name, services }) =>
    services.map(({ serviceName = "" }) => ({ region: facts.region, cluster: name, service: serviceName })),
  );

/** Clusters of a region in which Container Insights counts running tasks. */
export const clustersWithInsights = ({ facts }: DiscoveredRegion): ReadonlySet<string> =>
  new Set(facts.clusters.filter((cluster) => insightsOf(cluster) !== "off").map(({ name }) => name));
