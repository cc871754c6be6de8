import type { Issue } from "@ecs-cost/core";
import type { PolicyVerdict } from "../policy/judge-policy.ts";
import type { Finding, FindingRule, Findings, TestCase } from "../render/document/finding.ts";
import { policyText } from "../render/report/shared/policy.ts";
import type { GateResult } from "../select/gates.ts";

/** What gates and a policy say of a report. */
export interface Verdicts {
  readonly gates: readonly GateResult[];
  readonly policy?: PolicyVerdict;
}

/** What a report says itself, before anything judges it. */
export interface OwnFindings {
  readonly rules: readonly FindingRule[];
  readonly findings: readonly Finding[];
  readonly cases: readonly TestCase[];
}

interface Told {
  readonly command: string;
  readonly complete: boolean;
  readonly issues: readonly Issue[];
}

const GATE = "fail-on";

const GATE_RULE: FindingRule = { id: GATE, description: "A condition of --fail-on is met" };

/** What verdicts, issues and the report itself say, as findings and test cases. */
export const collectFindings = (
  report: Told,
  own: OwnFindings,
  { gates, policy }: Verdicts,
  strict: boolean,
  placeOf: Findings["placeOf"],
): Findings => {
  const issues = report.issues.filter(({ severity }) => severity !== "info");
  return {
    command: report.command,
    rules: [
      ...(gates.length === 0 ? [] : [GATE_RULE]),
      ...(policy?.rules ?? []).map(({ id }) => ({ id, description: `Rule of ${policy?.file}` })),
      ...own.rules,
      ...[...new Set(issues.map(({ code }) => code))]
        .sort()
        .map((id) => ({ id, description: "An issue of the report" })),
    ],
    findings: [
      ...gates.flatMap((gate) => gateFinding(gate, report.command)),
      ...policyFindings(policy),
      ...own.findings,
      ...issues.map(issueFinding),
    ],
    cases: [
      ...gates.map((gate) => gateCase(gate, report.command)),
      ...policyCases(policy),
      ...own.cases,
      completeness(report, issues.length, strict),
    ],
    placeOf,
  };
};

/** A gate on services is told at each that it failed for. */
const gateFinding = ({ verdict, message, services = [] }: GateResult, command: string): readonly Finding[] => {
  if (verdict === "passed") return [];
  const level = verdict === "failed" ? "error" : "warning";
  return (services.length === 0 ? [command] : services).map((subject) => ({ rule: GATE, level, subject, message }));
};

const OUTCOMES = { passed: "passed", failed: "failed", undecided: "skipped" } as const;

const gateCase = ({ expression, verdict, message }: GateResult, command: string): TestCase => ({
  suite: `${command} --fail-on`,
  name: expression,
  outcome: OUTCOMES[verdict],
  message,
});

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

const policyFindings = (policy: PolicyVerdict | undefined): readonly Finding[] =>
  (policy?.results ?? []).map((result) => ({
    rule: result.rule,
    level: result.verdict === "undecided" ? "warning" : LEVELS[result.severity],
    subject: result.subject,
    message: policyText(result),
    ...(result.lineItem === null ? {} : { lineItem: result.lineItem }),
  }));

/** A rule that is kept is one test; one that is broken is one for each subject. */
const policyCases = (policy: PolicyVerdict | undefined): readonly TestCase[] => {
  if (policy === undefined) return [];
  const byRule = Map.groupBy(policy.results, ({ rule }) => rule);
  const suite = `policy ${policy.file}`;
  return policy.rules.flatMap(({ id, subjects }): readonly TestCase[] => {
    const results = byRule.get(id) ?? [];
    if (results.length === 0) return [{ suite, name: id, outcome: "passed", message: `${subjects} looked at` }];
    return results.map((result) => ({
      ...{ suite, name: `${id}: ${result.subject}`, message: policyText(result) },
      outcome: result.verdict === "undecided" ? "skipped" : result.severity === "error" ? "failed" : "passed",
    }));
  });
};

const issueFinding = ({ code, severity, subject, detail }: Issue): Finding => ({
  ...{ rule: code, level: LEVELS[severity], subject },
  message: `${subject}: ${detail}`,
});

const completeness = ({ command, complete }: Told, issues: number, strict: boolean): TestCase => {
  const whole = complete && issues === 0;
  const message = whole ? "" : `The report is incomplete: ${issues} issues.`;
  return { suite: command, name: "complete", outcome: whole ? "passed" : strict ? "failed" : "skipped", message };
};
