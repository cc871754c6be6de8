import type { OverheadScope } from "../../domain/bill/place-charge.ts";
import type { UsageByService } from "../../domain/demand/usage-by-service.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { Purchase } from "../../domain/pricing/purchase.ts";
import type { RightsizeReport } from "../../domain/report/rightsize-report.ts";
import type { Budget } from "../../domain/review/budgets.ts";
import type { KeptFinding } from "../../domain/review/findings/finding-states.ts";
import type { GroupKey } from "../../domain/review/ownership/cost-groups.ts";
import type { Ownership } from "../../domain/review/ownership/owner-rules.ts";
import type { UnitMetric } from "../../domain/review/unit-costs.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { BillReading } from "../../ports/bill-source.ts";
import type { RightsizeSettings } from "../rightsize/settings.ts";

/** What a caller may set about a review. */
export interface ReviewSettings {
  /** What comes along with ECS: `regions` (default), `tagged` or `none`. */
  readonly overheads?: OverheadScope;
  /** How many of the largest changes are named; 10 unless given. */
  readonly movers?: number;
  /** Share of months that the interval of the forecast is meant to hold; 0.8 unless given. */
  readonly confidence?: number;
  /** Least excess of a day, in the currency of the bill, that is an anomaly; 1 unless given. */
  readonly minAnomaly?: string;
  /** Least saving a month of a finding, in the currency of the bill; 1 unless given. Unknown savings are always told. */
  readonly minFinding?: string;
  /** Plan that the commitment curve is drawn for; `compute-sp-1y-no-upfront` unless given. */
  readonly plan?: Purchase;
  /** Share of the GB through NAT that goes to services of AWS; 0.5 unless given, because no bill tells it. */
  readonly natShareToAws?: string;
  /** Relative difference up to which estimate and bill agree; 0.01 unless given. */
  readonly tolerance?: string;
  /** Hours to the month of the estimate; 730 unless given. */
  readonly hoursPerMonth?: string;
  /** How task sizes are advised, where utilization is given. */
  readonly rightsize?: RightsizeSettings;
}

export interface ReviewInput {
  readonly reading: BillReading;
  /** `YYYY-MM`. */
  readonly month: string;
  /** Tags that the cost is divided by. */
  readonly tagKeys: readonly string[];
  /** Prices by region; without them savings rest on what the bill itself shows. */
  readonly catalogueOf?: (region: string) => PriceCatalogue | undefined;
  /** What is meant to run: it is estimated and put beside the bill. */
  readonly inventory?: Inventory;
  /** Series of the services, for the sizes of their tasks; needs an inventory and prices of its region. */
  readonly usage?: UsageByService;
  /** Sizes that were advised before, instead of series. */
  readonly rightsizing?: RightsizeReport;
  /** Who owns what; without it cost has no teams. */
  readonly ownership?: Ownership;
  readonly budgets?: readonly Budget[];
  /** Figures of the business by month, for the cost of one unit. */
  readonly unitMetrics?: readonly UnitMetric[];
  /** What is known of findings from before. */
  readonly keptFindings?: readonly KeptFinding[];
  /** What the total is put together by, several at once. */
  readonly groupBy?: readonly GroupKey[];
  /** Tell every cost of the month with its team. */
  readonly showback?: boolean;
  /** Only what carries these values of tags is the cost of ECS that is reviewed; the rest is in `other`. */
  readonly onlyTags?: Readonly<Record<string, string>>;
  readonly settings?: ReviewSettings;
}
