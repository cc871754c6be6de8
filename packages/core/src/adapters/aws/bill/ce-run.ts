import { isBorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { groupingIssues, SUBJECT } from "../../bill/cost-explorer/bill-notes.ts";
import type { Cell, Dimension, Grouping } from "../../bill/cost-explorer/grouping.ts";
import { type Refined, refine } from "../../bill/cost-explorer/refine.ts";
import { endsEverything } from "../client/aws-error.ts";
import { awsIssue } from "../client/aws-issue.ts";
import type { Aws } from "../client/open-aws.ts";
import { type Answered, ask, type Question } from "./ce-question.ts";

/** A reading of Cost Explorer under way: what was asked and found so far. */
export interface Run {
  readonly aws: Aws;
  readonly period: Pick<Question, "from" | "to">;
  readonly currency: string;
  readonly issues: Issue[];
  readonly paid: () => void;
  /** Requests that may still be sent. */
  requestsLeft: number;
  cells: readonly Cell[];
}

/** Values that cells have of a dimension, sorted. */
export const valuesOf = (cells: readonly Cell[], dimension: Dimension): readonly string[] =>
  [...new Set(cells.flatMap(({ values }) => values[dimension] ?? []))].sort();

const askOne = async (run: Run, question: Question, missing: string): Promise<Answered | undefined> => {
  try {
    return await ask(run.aws, question, run.paid);
  } catch (error) {
    if (!isBorderError(error) || endsEverything(error)) throw error;
    run.issues.push(awsIssue(error, SUBJECT, missing));
    return undefined;
  }
};

/**
 * Asks questions at the same time. One that fails costs only what it would have told; where all of them would be too
 * many requests, none is asked, and an issue says so.
 */
export const askAll = async (
  run: Run,
  questions: readonly Question[],
  missing: string,
): Promise<readonly (Answered | undefined)[]> => {
  if (questions.length > run.requestsLeft) {
    run.issues.push({
      code: "bill-detail",
      severity: "warning",
      subject: SUBJECT,
      detail: `${questions.length} further requests would be more than allowed; ${missing}`,
    });
    return questions.map(() => undefined);
  }
  run.requestsLeft -= questions.length;
  return Promise.all(questions.map((each) => askOne(run, each, missing)));
};

/** Divides the cells by what was answered; what it leaves open is asked for later. */
export const learnQuietly = (run: Run, grouping: Grouping | undefined): Refined | undefined => {
  if (grouping === undefined) return undefined;
  const refined = refine(run.cells, grouping);
  run.cells = refined.cells;
  return refined;
};

/** Divides the cells by what was answered, and notes what that could not tell. */
export const learn = (run: Run, grouping: Grouping | undefined): void => {
  const refined = learnQuietly(run, grouping);
  if (refined !== undefined && grouping !== undefined) {
    run.issues.push(...groupingIssues(grouping, refined, run.currency));
  }
};
