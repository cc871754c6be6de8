import * as Flags from "@oclif/core/flags";
import { profileFlag, regionsFlag } from "./aws-flags.ts";
import { outputFlags } from "./output-flags.ts";
import { priceFlags, verdictFlags } from "./report-flags.ts";

const part = (name: string, summary: string) =>
  Flags.boolean({ allowNo: true, default: true, env: `ECS_COST_${name}`, helpGroup: "PRICE", summary });

/** Which prices are read anew, and where they are kept. */
export const refreshFlags = {
  ...regionsFlag,
  ...profileFlag,
  "data-dir": priceFlags["data-dir"],
  "savings-plans": part("SAVINGS_PLANS", "Read Savings Plans rates."),
  spot: part("SPOT", "Read EC2 Spot prices."),
  "fargate-spot-feed": part(
    "FARGATE_SPOT_FEED",
    "Read Fargate Spot prices from the feed behind the AWS pricing page, which AWS does not document.",
  ),
  strict: verdictFlags.strict,
  ...outputFlags,
};
