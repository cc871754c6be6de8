import * as Flags from "@oclif/core/flags";
import { profileFlag } from "./aws-flags.ts";
import { cacheDirFlag } from "./live-metrics-flags.ts";
import { outputFlags } from "./output-flags.ts";
import { priceFlags, verdictFlags } from "./report-flags.ts";

/** What is looked at. */
export const doctorFlags = {
  aws: Flags.boolean({
    env: "ECS_COST_AWS",
    helpGroup: "AWS",
    summary: "Ask AWS as well: credentials, and one call for each permission, which costs $0.00001.",
  }),
  region: Flags.string({
    env: "ECS_COST_REGION",
    helpGroup: "AWS",
    helpValue: "REGION",
    summary: "Region to ask; else AWS_REGION, AWS_DEFAULT_REGION or the profile's.",
  }),
  ...profileFlag,
  "data-dir": priceFlags["data-dir"],
  ...cacheDirFlag,
  strict: Flags.boolean({ ...verdictFlags.strict, summary: "Exit with 5 where anything is not as it should be." }),
  ...outputFlags,
};
