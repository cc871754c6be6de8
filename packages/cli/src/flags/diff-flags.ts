import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";

const SIDE = "a file, a folder, - for standard input, or a report saved by estimate --json; several parted by commas";

/** The two sides; a Terraform plan, which holds both, stands alone. */
export const sideArgs = {
  base: Args.string({ required: false, ignoreStdin: true, description: `What it was: ${SIDE}.` }),
  head: Args.string({
    required: false,
    ignoreStdin: true,
    description: `What it becomes: ${SIDE}. Left out where BASE is a Terraform plan, which holds both sides.`,
  }),
};

/** Which changes a difference lists, and prices of the side before. */
export const diffFlags = {
  "base-prices": Flags.string({
    env: "ECS_COST_BASE_PRICES",
    helpGroup: "PRICE",
    helpValue: "snapshot|live|FILE",
    summary: "Price book of BASE, where it is not that of HEAD; what prices did is then told apart.",
  }),
  fields: Flags.string({
    env: "ECS_COST_FIELDS",
    helpGroup: "SELECTION",
    helpValue: "A,B,...",
    summary: "Only these fields of each change, in every format.",
  }),
  filter: Flags.string({
    env: "ECS_COST_FILTER",
    helpGroup: "SELECTION",
    helpValue: "EXPR",
    summary: "Only changes that pass, for example cluster=production,monthlyChange>10,kind=added; totals count all.",
  }),
  top: Flags.integer({
    env: "ECS_COST_TOP",
    min: 1,
    helpGroup: "SELECTION",
    helpValue: "N",
    summary: "Only the N largest changes; totals count all.",
  }),
};
