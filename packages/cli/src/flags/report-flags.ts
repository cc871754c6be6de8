import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";

/** Where prices come from; the same for every command that prices something. */
export const priceFlags = {
  region: Flags.string({
    env: "ECS_COST_REGION",
    helpGroup: "PRICE",
    helpValue: "REGION",
    summary:
      "Region of what names none; else the only one that the inputs name, else AWS_REGION or AWS_DEFAULT_REGION.",
  }),
  prices: Flags.string({
    default: "auto",
    env: "ECS_COST_PRICES",
    helpGroup: "PRICE",
    helpValue: "auto|snapshot|live|FILE",
    summary:
      "Price book to use: the one that ships (snapshot), what prices refresh saved (live), the newer of both (auto), or a file of your own.",
  }),
  "data-dir": Flags.string({
    env: "ECS_COST_DATA_DIR",
    helpGroup: "PRICE",
    helpValue: "FOLDER",
    summary: "Folder of refreshed prices; else ecs-cost in XDG_DATA_HOME or ~/.local/share.",
  }),
  "estimate-missing": Flags.boolean({
    env: "ECS_COST_ESTIMATE_MISSING",
    helpGroup: "PRICE",
    summary: "Derive prices that the book lacks also by rules whose measured error is above 1.5 %; each is named.",
  }),
  discount: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_DISCOUNT",
    helpGroup: "PRICE",
    helpValue: "WHAT=PERCENT%",
    summary:
      "What you pay less, for example 'Fargate=12%', 'NAT,region=eu-west-1=20%' or 'EDP=7%' across the board; may be repeated. In the variable: separated by semicolons.",
  }),
  "rate-card": Flags.string({
    env: "ECS_COST_RATE_CARD",
    helpGroup: "PRICE",
    helpValue: "FILE",
    summary: "File with discounts, agreed rates and a currency, in YAML or JSON.",
  }),
  currency: Flags.string({
    env: "ECS_COST_CURRENCY",
    helpGroup: "PRICE",
    helpValue: "CODE=PER_USD@DAY",
    summary: "Tell the total in another currency too, for example EUR=0.92@2026-11-30.",
  }),
  "set-price": Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_SET_PRICE",
    helpGroup: "PRICE",
    helpValue: "KEY=USD",
    summary: "Price of one key, instead of the book's; may be repeated. In the variable: separated by semicolons.",
  }),
};

/** Which services a report shows and how. */
export const selectionFlags = {
  fields: Flags.string({
    env: "ECS_COST_FIELDS",
    helpGroup: "SELECTION",
    helpValue: "A,B,...",
    summary: "Only these fields of each service, in every format.",
  }),
  filter: Flags.string({
    env: "ECS_COST_FILTER",
    helpGroup: "SELECTION",
    helpValue: "EXPR",
    summary: "Only services that pass, for example cluster=production,monthlyCost>100,tag.team=web,name~api.",
  }),
  top: Flags.integer({
    env: "ECS_COST_TOP",
    min: 1,
    helpGroup: "SELECTION",
    helpValue: "N",
    summary: "Only the N services with the largest cost or saving; totals still count the others.",
  }),
  "group-by": Flags.string({
    env: "ECS_COST_GROUP_BY",
    helpGroup: "SELECTION",
    helpValue: "service|cluster|region|account|dimension|tag:KEY",
    summary: "Put costs together.",
  }),
};

/** What a report makes of the process. */
export const verdictFlags = {
  strict: Flags.boolean({
    env: "ECS_COST_STRICT",
    helpGroup: "VERDICT",
    summary: "Exit with 5 where a figure is missing.",
  }),
  "fail-on": Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_FAIL_ON",
    helpGroup: "VERDICT",
    helpValue: "EXPR",
    summary:
      "Exit with 4 where this holds, for example monthly>5000 or service.monthlyCost>500; may be repeated. In the variable: separated by semicolons.",
  }),
};

/** Rules that a report has to keep to. */
export const policyFlag = {
  policy: Flags.string({
    env: "ECS_COST_POLICY",
    helpGroup: "VERDICT",
    helpValue: "FILE|none",
    summary: "Rules to judge the report by; else ecs-cost.policy.yml of the working directory, where there is one.",
  }),
};

export const hoursFlag = {
  hours: Flags.string({
    default: "730",
    env: "ECS_COST_HOURS",
    helpGroup: "PRICE",
    helpValue: "H",
    summary: "Hours to the month.",
  }),
};

/** Files, folders and `-`. */
export const inputArgs = {
  input: Args.string({
    multiple: true,
    required: true,
    ignoreStdin: true,
    description:
      "Workload file, task definition, describe-services output, Terraform plan, CloudFormation template, a folder of them, or - for standard input; several are one inventory.",
  }),
};

/** Values of a repeatable flag; oclif hands on what a variable holds as one text. */
export const valuesOf = (value: readonly string[] | string | undefined): readonly string[] => {
  if (value === undefined) return [];
  if (typeof value !== "string") return value;
  return value.split(/[;\n]/).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
};

/** oclif types a repeatable argument as one text; it is the list of them. */
export const inputsOf = (input: unknown): readonly string[] =>
  Array.isArray(input) ? input.map(String) : [String(input)];
