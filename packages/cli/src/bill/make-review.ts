import type { ReviewReport } from "@ecs-cost/core";
import type { BillReading } from "@ecs-cost/core/aws";
import {
  type Budget,
  billRegions,
  type GroupKey,
  type KeptFinding,
  type OverheadScope,
  type Ownership,
  review,
  type UnitMetric,
} from "@ecs-cost/core/review";
import type { ReportSettings } from "../command/report-settings.ts";
import { priceIssues } from "../prices/open-catalogue.ts";
import { usageError } from "../program/usage-error.ts";
import { pricesOfRegions } from "./bill-prices.ts";
import type { BillQuestion } from "./bill-question.ts";
import { readBill } from "./read-bill.ts";
import { type ReviewExtras, readExtras } from "./review-extras.ts";

/** What stands beside the bill, and how findings are made of it. */
export interface ReviewChoices {
  readonly workloads: readonly string[];
  readonly metrics: readonly string[];
  readonly minFinding: string;
  readonly overheads: OverheadScope;
  readonly plan: string;
  /** Tags that the cost is divided by in the report; others are read for rules alone. */
  readonly shownTags: readonly string[];
  readonly ownership?: Ownership;
  readonly groupBy?: readonly GroupKey[];
  readonly onlyTags?: Readonly<Record<string, string>>;
  readonly showback: boolean;
  readonly budgets?: readonly Budget[];
  readonly unitMetrics?: readonly UnitMetric[];
  readonly keptFindings?: readonly KeptFinding[];
}

/** Reads the bill and everything beside it, and reviews the month. */
export const makeReview = async (
  question: BillQuestion,
  settings: ReportSettings,
  choices: ReviewChoices,
): Promise<ReviewReport> => {
  const { workloads, metrics, minFinding, overheads, plan, shownTags, ...asked } = choices;
  const extras = await readExtras({ ...question, workloads, metrics });
  const reading = await readBill({ ...question, ...namedResources(extras) });
  refuseNothing(reading, question.month);
  const { inventory, usage } = extras;
  const billed = billRegions(reading.bill);
  const regions = new Set(inventory === undefined ? billed : [...billed, inventory.region]);
  const prices = await pricesOfRegions([...regions].sort(), settings);
  const notes = await Promise.all([...prices.keys()].map((region) => priceIssues(settings, region)));
  return review({
    reading: { ...reading, issues: [...reading.issues, ...extras.issues, ...notes.flat()] },
    month: question.month,
    tagKeys: [...new Set(shownTags)],
    ...asked,
    catalogueOf: (region) => prices.get(region),
    ...(inventory === undefined ? {} : { inventory }),
    ...(usage === undefined ? {} : { usage }),
    settings: { minFinding, overheads, plan, hoursPerMonth: settings.hours },
  });
};

/** Load balancers and log groups that workload files name come along for certain. */
const namedResources = ({ inventory }: ReviewExtras): Pick<BillQuestion, "ecsResources"> =>
  inventory === undefined
    ? {}
    : {
        ecsResources: {
          loadBalancers: inventory.shared.loadBalancers.map(({ name }) => name),
          logGroups: (inventory.shared.logGroups ?? []).map(({ name }) => name),
        },
      };

/** A bill that says nothing of the months cannot be reviewed; its source knows what it has instead. */
const refuseNothing = ({ bill, issues }: BillReading, month: string): void => {
  if (bill.from !== bill.to) return;
  const [issue] = issues.filter(({ severity }) => severity !== "info");
  const hint =
    issue === undefined ? "Give another --month, or a bill of that month." : `${issue.subject}: ${issue.detail}`;
  throw usageError(`the bill has nothing of ${month}`, hint);
};
