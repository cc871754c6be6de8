/** A place in an input. Lines count from 1. */
export interface FindingPlace {
  readonly file: string;
  readonly line?: number;
  /** How a plan or template names what stands there. */
  readonly address?: string;
}

/** One thing that a report has to tell about one subject. */
export interface Finding {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  /** `cluster/name`, `shared`, or the command. */
  readonly subject: string;
  readonly message: string;
  readonly lineItem?: string;
}

/** What a rule is about, as lists of rules tell it. */
export interface FindingRule {
  readonly id: string;
  readonly description: string;
}

/** Whether a rule or service passed, for whatever shows tests. */
export interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly message: string;
}

/** Everything that annotations and test results are made of. */
export interface Findings {
  readonly command: string;
  readonly rules: readonly FindingRule[];
  readonly findings: readonly Finding[];
  readonly cases: readonly TestCase[];
  /** Where a subject stands; the first input where it has no place of its own. */
  readonly placeOf: (subject: string) => FindingPlace;
}
