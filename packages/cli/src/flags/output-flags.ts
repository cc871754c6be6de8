import * as Flags from "@oclif/core/flags";

const FORMATS = ["table", "json", "markdown", "csv", "html"] as const;
const FINDING_FORMATS = [...FORMATS, "sarif", "junit"] as const;
type Format = (typeof FINDING_FORMATS)[number];

/** Flags of every command: how a result looks and where it goes. */
export const outputFlags = {
  format: Flags.option({
    options: FORMATS,
    default: "table",
    env: "ECS_COST_FORMAT",
    helpGroup: "OUTPUT",
    helpValue: FORMATS.join("|"),
    summary: "How the result looks.",
  })(),
  json: Flags.boolean({ env: "ECS_COST_JSON", helpGroup: "OUTPUT", summary: "The same as --format json." }),
  out: Flags.string({
    env: "ECS_COST_OUT",
    helpGroup: "OUTPUT",
    helpValue: "FILE",
    summary: "Write the result to a file, wholly or not at all, instead of stdout.",
  }),
  quiet: Flags.boolean({ env: "ECS_COST_QUIET", helpGroup: "OUTPUT", summary: "Only errors on stderr." }),
  verbose: Flags.boolean({
    env: "ECS_COST_VERBOSE",
    helpGroup: "OUTPUT",
    summary: "More detail, and the trace of a defect.",
  }),
  "no-color": Flags.boolean({
    env: "ECS_COST_NO_COLOR",
    helpGroup: "OUTPUT",
    summary: "No colours; NO_COLOR does the same.",
  }),
};

/** The same for reports that are judged, which annotations and test results can be made of. */
export const reportOutputFlags = {
  ...outputFlags,
  format: Flags.option({
    options: FINDING_FORMATS,
    default: "table",
    env: "ECS_COST_FORMAT",
    helpGroup: "OUTPUT",
    helpValue: FINDING_FORMATS.join("|"),
    summary: "How the result looks; sarif and junit tell what is wrong with it, for annotations and test results.",
  })(),
};

/** What the output flags mean together. */
export interface OutputSettings {
  readonly format: Format;
  readonly out?: string;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly colour: boolean;
}
