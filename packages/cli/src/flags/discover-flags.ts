import * as Flags from "@oclif/core/flags";
import { profileFlag, regionsFlag } from "./aws-flags.ts";
import { outputFlags } from "./output-flags.ts";

const FORMATS = ["yaml", "table", "json", "markdown", "csv", "html"] as const;
const SELECTION = "SELECTION";

/** What is looked at, and how it is given. */
export const discoverFlags = {
  ...regionsFlag,
  ...profileFlag,
  traffic: Flags.boolean({
    allowNo: true,
    default: true,
    env: "ECS_COST_TRAFFIC",
    helpGroup: "AWS",
    summary:
      "Measure traffic of NAT gateways, endpoints and load balancers, and GB of logs, over the last 14 days; CloudWatch bills $0.01 per 1,000 metrics.",
  }),
  cluster: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_CLUSTER",
    helpGroup: SELECTION,
    helpValue: "NAME,...",
    summary: "Only these clusters; * and ? stand for any characters. A list with commas, or repeated.",
  }),
  tag: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_TAG",
    helpGroup: SELECTION,
    helpValue: "KEY=VALUE",
    summary: "Only services with this tag; may be repeated, then all of them.",
  }),
  filter: Flags.string({
    env: "ECS_COST_FILTER",
    helpGroup: SELECTION,
    helpValue: "EXPR",
    summary: "Only services that pass, for example name~api,tag.team=web.",
  }),
  ...outputFlags,
  format: Flags.option({
    options: FORMATS,
    default: "yaml" as (typeof FORMATS)[number],
    env: "ECS_COST_FORMAT",
    helpGroup: "OUTPUT",
    helpValue: FORMATS.join("|"),
    summary: "A workload file (yaml), or a report on what was found.",
  })(),
  out: Flags.string({
    env: "ECS_COST_OUT",
    helpGroup: "OUTPUT",
    helpValue: "FILE.yaml|FOLDER",
    summary:
      "Instead of stdout: a file for one region, or a folder that gets REGION/workload.yaml with the task definitions beside it.",
  }),
};
