/** How much an issue matters: `info` never counts as incomplete, `warning` and `error` do. */
export type Severity = "info" | "warning" | "error";

/** Something that the report could not know, or that the reader has to know. Never a thrown error. */
export interface Issue {
  /** Stable code, listed in `ISSUE_CODES`. */
  readonly code: IssueCode;
  readonly severity: Severity;
  /** What it is about: a service as `cluster/name`, a price key, a file. */
  readonly subject: string;
  readonly detail: string;
}

/** Every issue code with one line of meaning; codes are only ever added. */
export const ISSUE_CODES = {
  "missing-price": "The price book has no price for this key in this region; the cost it would make is not included.",
  "missing-task-definition": "A service refers to a task definition that none of the inputs holds.",
  "missing-task-size": "The task definition gives no task-level CPU or memory and none can be derived.",
  "invalid-task-size": "The task size is not one that the platform accepts.",
  "invalid-strategy": "The capacity provider strategy breaks a rule of ECS.",
  "unsupported-platform": "This platform cannot be used as configured.",
  "unknown-demand": "How many tasks run, or for how long, is not given.",
  "unknown-cost": "A cost depends on a figure that is not given.",
  "nothing-fits": "No instance type can hold a task of this service.",
  "unknown-instance-type": "The instance type is not in the price book.",
  "idle-instances": "Instances are billed that no service runs on.",
  "ignored-input": "A part of an input was understood but has no bearing on the result.",
  "not-understood":
    "A part of an input that is billed, or may be, is not understood or has no price; its cost is not included.",
  "dated-price": "A price comes from a fact that is older than a year or undated.",
  "access-denied": "AWS denied an action; what it would have told is missing.",
  "not-read": "AWS did not give something that was asked for; what it would have told is missing.",
  "no-metrics":
    "No utilization belongs to the service, or only CPU or memory; what was not measured is not made smaller.",
  "too-few-points": "The series of the service is too short for advice on its task size, which is withheld.",
  "ambiguous-metrics": "A series could belong to several services, or a service has several; it is left out.",
  "unmatched-metrics": "No service of the inputs has the name of this series.",
  "unreadable-metrics": "Rows or values of a metric source could not be read and are left out.",
  "unknown-change":
    "What a service costs before or after a change is not known, so what the change costs is not either.",
  "bill-estimated": "AWS may still change amounts of the bill.",
  "bill-mismatch": "Parts of the bill don't add up to it; what they would have told is left out, the total is kept.",
  "bill-detail": "The source of the bill does not tell something; the figures that need it are not known.",
  "too-small": "Utilization says that the task size is too small; a plan only saves and leaves it.",
  "not-patched": "The recommended size could not be written into the task definition.",
  "empty-month": "The bill covers days of the month but has no line on any of them.",
  "duplicate-bill": "A part of the bill is there more than once; its lines are counted once.",
  "broken-bill": "A part of the bill could not be read; its lines are missing from every figure.",
  "unplaced-cost": "Lines of the bill could not be placed: they are neither in the total nor in other.",
} as const;

export type IssueCode = keyof typeof ISSUE_CODES;

/** A guess that the figures rest on. The same code appears once in a report. */
export interface Assumption {
  readonly code: string;
  readonly detail: string;
}

/** Why an option, size or type was chosen or lost. */
export interface Reason {
  readonly code: string;
  readonly detail: string;
}
