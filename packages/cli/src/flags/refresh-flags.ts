import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { profileFlag, regionsFlag } from "./aws-flags.ts";
import { outputFlags } from "./output-flags.ts";
import { priceFlags, verdictFlags } from "./report-flags.ts";

const PRICE = "PRICE";

/** Inputs whose regions are read. */
export const refreshArgs = {
  input: Args.string({
    multiple: true,
    required: false,
    ignoreStdin: true,
    description: "Files whose regions are read, where --region names none.",
  }),
};

/** Which prices are read anew, from where, and where they are kept. */
export const refreshFlags = {
  ...regionsFlag,
  "all-regions": Flags.boolean({
    env: "ECS_COST_ALL_REGIONS",
    helpGroup: PRICE,
    exclusive: ["region"],
    summary: "Read every region that the price book has.",
  }),
  source: Flags.string({
    options: ["public", "api"],
    default: "public",
    env: "ECS_COST_SOURCE",
    helpGroup: PRICE,
    helpValue: "public|api",
    summary: "The price list's public files, which need no account, or the Price List API with credentials.",
  }),
  "price-list-url": Flags.string({
    env: "ECS_COST_PRICE_LIST_URL",
    helpGroup: PRICE,
    helpValue: "URL",
    summary: "Mirror of the public price list, with the paths of AWS's own; else AWS's host for the region.",
  }),
  ...profileFlag,
  "data-dir": priceFlags["data-dir"],
  "savings-plans": Flags.boolean({
    allowNo: true,
    default: true,
    env: "ECS_COST_SAVINGS_PLANS",
    helpGroup: PRICE,
    summary: "Read Savings Plans rates.",
  }),
  spot: Flags.boolean({
    allowNo: true,
    env: "ECS_COST_SPOT",
    helpGroup: PRICE,
    summary: "Read EC2 Spot prices, which takes credentials; on with --source api, else off.",
  }),
  "fargate-spot-feed": Flags.boolean({
    allowNo: true,
    default: false,
    env: "ECS_COST_FARGATE_SPOT_FEED",
    helpGroup: PRICE,
    summary: "Read Fargate Spot prices from the feed behind the AWS pricing page, which AWS does not document.",
  }),
  strict: verdictFlags.strict,
  ...outputFlags,
};
