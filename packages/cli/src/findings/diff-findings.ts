import type { CostChange, DiffReport } from "@ecs-cost/core";
import type { Finding, TestCase } from "../render/document/finding.ts";
import { changeText, sizeText } from "../render/report/diff/text.ts";
import type { OwnFindings } from "./collect.ts";
import { SIZE_RULE } from "./service-findings.ts";

const CHANGE_RULE = { id: "cost-change", description: "A change of monthly cost" };

const changeFinding = (change: CostChange): Finding => ({
  ...{ rule: CHANGE_RULE.id, level: "note", subject: change.subject, message: changeText(change) },
});

const sizeFinding = ({ subject, sizing }: CostChange): readonly Finding[] =>
  sizing === undefined || sizing.fits !== false
    ? []
    : [
        {
          ...{ rule: SIZE_RULE.id, subject, message: sizeText(subject, sizing) },
          level: sizing.verdict === "too-small" ? "warning" : "note",
        },
      ];

const changeCase = (change: CostChange): TestCase => ({
  ...{ suite: "diff", name: change.subject, message: changeText(change) },
  outcome: change.monthlyChange === null ? "skipped" : "passed",
});

/** What a difference says: each change, and each proposed size that does not fit. */
export const diffFindings = ({ changes, sizing }: DiffReport): OwnFindings => ({
  rules: [CHANGE_RULE, ...(sizing === undefined ? [] : [SIZE_RULE])],
  findings: [...changes.map(changeFinding), ...changes.flatMap(sizeFinding)],
  cases: changes.map(changeCase),
});
