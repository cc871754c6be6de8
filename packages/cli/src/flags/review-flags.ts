import * as Flags from "@oclif/core/flags";
import { usageError } from "../program/usage-error.ts";
import { profileFlag } from "./aws-flags.ts";
import { messageOutputFlags } from "./output-flags.ts";
import { hoursFlag, priceFlags, selectionFlags, verdictFlags } from "./report-flags.ts";

const BILL = "BILL";
const READING = "READING";
const REVIEW = "REVIEW";

const PLANS = [
  ...["compute-sp-1y-no-upfront", "compute-sp-1y-partial-upfront", "compute-sp-1y-all-upfront"],
  ...["compute-sp-3y-no-upfront", "compute-sp-3y-partial-upfront", "compute-sp-3y-all-upfront"],
] as const;

/** What is reviewed, where it is read, and how. */
export const reviewFlags = {
  month: Flags.string({
    env: "ECS_COST_MONTH",
    helpGroup: BILL,
    helpValue: "YYYY-MM",
    summary:
      "Month to review; the last complete one unless given. A month that runs is reviewed as far as the bill goes.",
  }),
  bill: Flags.string({
    multiple: true,
    env: "ECS_COST_BILL",
    helpGroup: BILL,
    helpValue: "SRC",
    summary:
      "Bill: CUR 2.0, legacy CUR or FOCUS exports (CSV, gzip, Parquet), files of one bill or a folder of them, saved Cost Explorer JSON, cost-explorer for the live account, or athena://DATABASE.TABLE.",
  }),
  tag: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_TAG",
    helpGroup: BILL,
    helpValue: "KEY",
    summary: "Cost allocation tag to divide the cost by; may be repeated.",
  }),
  workloads: Flags.string({
    multiple: true,
    env: "ECS_COST_WORKLOADS",
    helpGroup: REVIEW,
    helpValue: "FILE",
    summary: "What is meant to run: its estimate stands beside the bill, usage type by usage type.",
  }),
  metrics: Flags.string({
    multiple: true,
    env: "ECS_COST_METRICS",
    helpGroup: REVIEW,
    helpValue: "SRC",
    summary: "Utilization of the services in --workloads, as in rightsize: adds oversized tasks to the findings.",
  }),
  "min-finding": Flags.string({
    default: "1",
    env: "ECS_COST_MIN_FINDING",
    helpGroup: REVIEW,
    helpValue: "AMOUNT",
    summary: "Least saving a month of a finding, in the currency of the bill.",
  }),
  overheads: Flags.option({
    options: ["regions", "tagged", "none"] as const,
    default: "regions" as "regions" | "tagged" | "none",
    env: "ECS_COST_OVERHEADS",
    helpGroup: REVIEW,
    helpValue: "regions|tagged|none",
    summary:
      "What counts as coming along with ECS (NAT, load balancers, logs, addresses, images): all of the regions where ECS runs, what ECS tags name, or nothing.",
  })(),
  plan: Flags.option({
    options: PLANS,
    default: "compute-sp-1y-no-upfront" as (typeof PLANS)[number],
    env: "ECS_COST_PLAN",
    helpGroup: REVIEW,
    helpValue: "PLAN",
    summary: "Savings Plan of the commitment curve.",
  })(),
  ownership: Flags.string({
    env: "ECS_COST_OWNERSHIP",
    helpGroup: REVIEW,
    helpValue: "FILE",
    summary: "Who owns what: rules, tags and shares that divide the cost over teams.",
  }),
  budgets: Flags.string({
    env: "ECS_COST_BUDGETS",
    helpGroup: REVIEW,
    helpValue: "FILE",
    summary: "Budgets a month, in total, by team or by tag: what is spent, and whether the month is on course.",
  }),
  "unit-metrics": Flags.string({
    env: "ECS_COST_UNIT_METRICS",
    helpGroup: REVIEW,
    helpValue: "FILE",
    summary: "Figures of the business by month, CSV month,metric,value: the cost of one unit, growth and rate apart.",
  }),
  findings: Flags.string({
    env: "ECS_COST_FINDINGS",
    helpGroup: REVIEW,
    helpValue: "FILE",
    summary: "File of findings with owner and state, kept in git; what is done is checked against the bill.",
  }),
  "keep-findings": Flags.boolean({
    env: "ECS_COST_KEEP_FINDINGS",
    helpGroup: REVIEW,
    summary: "Add findings that are new to the file of --findings.",
  }),
  showback: Flags.boolean({
    env: "ECS_COST_SHOWBACK",
    helpGroup: REVIEW,
    summary:
      "With --format csv or json: every cost with its account, region, team, service and dimension; the rows add up to the bill.",
  }),
  for: Flags.string({
    env: "ECS_COST_FOR",
    helpGroup: REVIEW,
    helpValue: "tag:KEY=VALUE",
    summary: "Review only what carries this tag, for the team it belongs to; the rest counts as everything else.",
  }),
  costs: Flags.option({
    options: ["net", "gross"] as const,
    default: "net" as "net" | "gross",
    env: "ECS_COST_COSTS",
    helpGroup: BILL,
    helpValue: "net|gross",
    summary:
      "Costs net of the discounts of a contract where the bill has them, or before, with discounts as lines of their own.",
  })(),
  "bill-currency": Flags.string({
    env: "ECS_COST_BILL_CURRENCY",
    helpGroup: BILL,
    helpValue: "CODE",
    summary: "Review the lines of this currency, where a bill has several.",
  }),
  "max-bill-gib": Flags.integer({
    default: 64,
    min: 1,
    env: "ECS_COST_MAX_BILL_GIB",
    helpGroup: BILL,
    helpValue: "GIB",
    summary: "Most that a compressed part of the bill may unpack to.",
  }),
  "max-line-mib": Flags.integer({
    default: 16,
    min: 1,
    max: 1024,
    env: "ECS_COST_MAX_LINE_MIB",
    helpGroup: BILL,
    helpValue: "MIB",
    summary: "Longest line of the bill.",
  }),
  "leave-out-broken": Flags.boolean({
    env: "ECS_COST_LEAVE_OUT_BROKEN",
    helpGroup: BILL,
    summary: "Review without the parts of the bill that cannot be read; the report is incomplete and names them.",
  }),
  "dry-run": Flags.boolean({
    env: "ECS_COST_DRY_RUN",
    helpGroup: READING,
    summary: "Tell what reading the bill would ask and cost, and read nothing.",
  }),
  cache: Flags.boolean({
    allowNo: true,
    default: false,
    env: "ECS_COST_CACHE",
    helpGroup: READING,
    summary: "Keep what Cost Explorer and Athena answer, so that a second look asks nothing again.",
  }),
  "cache-dir": Flags.string({
    env: "ECS_COST_CACHE_DIR",
    helpGroup: READING,
    helpValue: "FOLDER",
    summary: "Folder of --cache; else ecs-cost in XDG_CACHE_HOME or ~/.cache.",
  }),
  ...profileFlag,
  workgroup: Flags.string({
    env: "ECS_COST_WORKGROUP",
    helpGroup: READING,
    helpValue: "NAME",
    summary: "Athena workgroup.",
  }),
  "output-location": Flags.string({
    env: "ECS_COST_OUTPUT_LOCATION",
    helpGroup: READING,
    helpValue: "s3://...",
    summary: "Where Athena puts its results, where the workgroup does not say it.",
  }),
  ...priceFlags,
  region: Flags.string({
    env: "ECS_COST_REGION",
    helpGroup: READING,
    helpValue: "REGION",
    summary: "Region of Athena, and of workload files that name none.",
  }),
  ...hoursFlag,
  ...selectionFlags,
  "group-by": Flags.string({
    env: "ECS_COST_GROUP_BY",
    helpGroup: "SELECTION",
    helpValue: "KEY,...",
    summary:
      "Put costs together by account, region, month, cluster, service, dimension, launch-type, team or tag:KEY; several with commas.",
  }),
  filter: Flags.string({
    env: "ECS_COST_FILTER",
    helpGroup: "SELECTION",
    helpValue: "EXPR",
    summary: "List only services that pass, for example cluster=production,change>100; totals stay those of the month.",
  }),
  ...verdictFlags,
  "fail-on": Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_FAIL_ON",
    helpGroup: "VERDICT",
    helpValue: "EXPR",
    summary:
      "Exit with 4 where this holds, for example total>5000, change%%%>10, unplaced>0 or service.change>100; may be repeated. In the variable: separated by semicolons.",
  }),
  ...messageOutputFlags,
};

const MONTH = /^(?<year>20\d{2})-(?<month>0[1-9]|1[0-2])$/;
const MONTHS_OF_YEAR = 12;

/** `YYYY-MM` as many months later; throws a usage error for what is no month. */
export const monthPlus = (month: string, months: number): string => {
  const { year, month: number } = MONTH.exec(month)?.groups ?? {};
  if (year === undefined || number === undefined) {
    throw usageError(`--month ${month}: this is no month`, "For example 2026-10.");
  }
  const count = Number(year) * MONTHS_OF_YEAR + Number(number) - 1 + months;
  return `${Math.floor(count / MONTHS_OF_YEAR)}-${String((count % MONTHS_OF_YEAR) + 1).padStart(2, "0")}`;
};

/** The month to review: the one that is named, else the last that is over. */
export const monthToReview = (
  named: string | undefined,
  now: Date,
): { readonly month: string; readonly chosen: boolean } => {
  const running = now.toISOString().slice(0, 7);
  if (named === undefined) return { month: monthPlus(running, -1), chosen: true };
  if (monthPlus(named, 0) > running) {
    throw usageError(`--month ${named}: it has not begun`, `The last complete month is ${monthPlus(running, -1)}.`);
  }
  return { month: named, chosen: false };
};
