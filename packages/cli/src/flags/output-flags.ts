import * as Flags from "@oclif/core/flags";

const FORMATS = ["table", "json", "markdown", "csv", "html"] as const;
const FINDING_FORMATS = [...FORMATS, "sarif", "junit"] as const;
const COMPACT_FORMATS = [...FINDING_FORMATS, "compact"] as const;
const MESSAGE_FORMATS = [...FORMATS, "slack", "mail", "compact"] as const;
type Format = (typeof COMPACT_FORMATS)[number] | (typeof MESSAGE_FORMATS)[number];

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

/** The same for those that have a form in few words. */
export const compactOutputFlags = {
  ...outputFlags,
  format: Flags.option({
    options: COMPACT_FORMATS,
    default: "table",
    env: "ECS_COST_FORMAT",
    helpGroup: "OUTPUT",
    helpValue: COMPACT_FORMATS.join("|"),
    summary:
      "How the result looks; sarif and junit tell what is wrong with it, compact is for agents: few words, the same lines in every version.",
  })(),
};

/** The same for a report that is sent around. */
export const messageOutputFlags = {
  ...outputFlags,
  format: Flags.option({
    options: MESSAGE_FORMATS,
    default: "table",
    env: "ECS_COST_FORMAT",
    helpGroup: "OUTPUT",
    helpValue: MESSAGE_FORMATS.join("|"),
    summary:
      "How the result looks; slack is Block Kit JSON, mail is plain text whose first line is the subject, compact is for agents.",
  })(),
  post: Flags.string({
    env: "ECS_COST_POST",
    helpGroup: "OUTPUT",
    helpValue: "URL",
    summary:
      "Send the result to a webhook instead of stdout, as Slack takes it unless --format says otherwise. The address is a secret: better in the variable; ECS_COST_POST_TOKEN is sent as a bearer token.",
  }),
};

/** What the output flags mean together. */
export interface OutputSettings {
  readonly format: Format;
  readonly out?: string;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly colour: boolean;
}
