import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { type AwsCall, endsEverything, malformedAnswer } from "../client/aws-error.ts";
import { awsIssue } from "../client/aws-issue.ts";
import type { Aws } from "../client/open-aws.ts";

/** The discovery of one region while it goes on. */
export interface RegionRun {
  readonly aws: Aws;
  readonly region: string;
  readonly issues: Issue[];
}

/** What the work gives, or undefined with an issue where AWS would not tell; credentials that have expired end everything. */
export const attempt = async <T>(
  run: RegionRun,
  subject: string,
  missing: string,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BorderError) || error.source !== "aws" || endsEverything(error)) throw error;
    run.issues.push(awsIssue(error, subject, missing));
    return undefined;
  }
};

/** A call of this region. */
export const callOf = (run: RegionRun, action: string): AwsCall => ({ action, region: run.region });

/** A list of texts, such as ARNs; an answer with anything else in it is asked for again. */
export const textsOf = (call: AwsCall, list: unknown): readonly string[] => {
  if (list === undefined) return [];
  if (Array.isArray(list) && list.every((each) => typeof each === "string")) return list as string[];
  throw malformedAnswer(call, "a list of names is none");
};

/** A list of structures of which each has these fields as text. */
export const recordsOf = <T extends object>(
  call: AwsCall,
  list: readonly T[] | undefined,
  fields: readonly (keyof T & string)[],
): readonly T[] => {
  if (list === undefined) return [];
  const isWhole = (record: unknown): boolean =>
    record !== null &&
    typeof record === "object" &&
    fields.every((field) => typeof (record as Record<string, unknown>)[field] === "string");
  if (Array.isArray(list) && list.every(isWhole)) return list;
  throw malformedAnswer(call, `${fields.join(", ")} is missing in what it lists`);
};

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted by what `key` gives. */
export const sortedBy = <T>(list: readonly T[], key: (item: T) => string): readonly T[] =>
  [...list].sort((a, b) => byCodeUnits(key(a), key(b)));

/** Each issue once, in an order that does not depend on which answer came first. */
export const orderedIssues = (issues: readonly Issue[]): readonly Issue[] => {
  const known = new Map(issues.map((issue) => [JSON.stringify([issue.subject, issue.code, issue.detail]), issue]));
  return sortedBy([...known], ([key]) => key).map(([, issue]) => issue);
};
