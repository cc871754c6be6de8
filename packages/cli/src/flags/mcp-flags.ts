import * as Flags from "@oclif/core/flags";
import { hoursFlag, priceFlags } from "./report-flags.ts";

/** What whoever starts the server allows; a call cannot widen it. */
export const mcpFlags = {
  root: Flags.string({
    env: "ECS_COST_ROOT",
    helpGroup: "LIMITS",
    helpValue: "FOLDER",
    summary: "Folder that inputs are read from; the working directory unless given.",
  }),
  "allow-aws": Flags.boolean({
    env: "ECS_COST_ALLOW_AWS",
    helpGroup: "LIMITS",
    summary: "Let calls read CloudWatch, Cost Explorer and Athena; the last two cost money.",
  }),
  "max-input-mib": Flags.integer({
    default: 256,
    min: 1,
    env: "ECS_COST_MAX_INPUT_MIB",
    helpGroup: "LIMITS",
    helpValue: "MIB",
    summary: "Largest inputs of a call, all together.",
  }),
  "max-output-kib": Flags.integer({
    default: 256,
    min: 1,
    env: "ECS_COST_MAX_OUTPUT_KIB",
    helpGroup: "LIMITS",
    helpValue: "KIB",
    summary: "Largest answer; compact answers are cut at a line, JSON is refused.",
  }),
  profile: Flags.string({
    env: "ECS_COST_PROFILE",
    helpGroup: "LIMITS",
    helpValue: "NAME",
    summary: "Profile of the AWS configuration that --allow-aws uses.",
  }),
  ...priceFlags,
  ...hoursFlag,
};
