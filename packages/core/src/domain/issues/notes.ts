import type { Assumption, Issue } from "./issue.ts";

/** Collects what a report has to tell; the same assumption, or the same issue of a subject, is told once. */
export interface Notes {
  assume(assumption: Assumption): void;
  report(issue: Issue): void;
  assumptions(): readonly Assumption[];
  issues(): readonly Issue[];
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const SEVERITY_ORDER: Readonly<Record<Issue["severity"], number>> = { error: 0, warning: 1, info: 2 };

/** Assumptions come out by code, issues by severity, code, subject and detail. */
export const createNotes = (): Notes => {
  const assumptions = new Map<string, Assumption>();
  const issues = new Map<string, Issue>();
  return {
    assume: (assumption) => {
      if (!assumptions.has(assumption.code)) assumptions.set(assumption.code, assumption);
    },
    report: (issue) => {
      issues.set(JSON.stringify([issue.code, issue.subject, issue.detail]), issue);
    },
    assumptions: () => [...assumptions.values()].sort((a, b) => byCodeUnits(a.code, b.code)),
    issues: () =>
      [...issues.values()].sort(
        (a, b) =>
          SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
          byCodeUnits(a.code, b.code) ||
          byCodeUnits(a.subject, b.subject) ||
          byCodeUnits(a.detail, b.detail),
      ),
  };
};
