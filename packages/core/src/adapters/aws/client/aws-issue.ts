import type { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";

/** A failure of AWS that the rest can do without, as an issue: what was denied or failed, and what is missing for it. */
export const awsIssue = (error: BorderError, subject: string, missing: string): Issue => ({
  code: error.code === "access-denied" ? "access-denied" : "not-read",
  severity: "warning",
  subject,
  detail: `${error.message}; ${missing}`,
});
