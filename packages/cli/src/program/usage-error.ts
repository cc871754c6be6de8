import { BorderError } from "@ecs-cost/core/estimate";

/** Something that the user typed and cannot mean: exit code 2. */
export const usageError = (message: string, hint?: string): BorderError =>
  new BorderError(message, { code: "invalid-usage", source: "user", ...(hint === undefined ? {} : { hint }) });
