import type { PolicyCommand, PolicySubject } from "@ecs-cost/core/schema";
import { DIFF_FIELDS } from "../select/diff.ts";
import { DIFF_GATES } from "../select/diff-gates.ts";
import { CAPACITY_FIELDS, COMPARE_FIELDS, ESTIMATE_FIELDS } from "../select/fields.ts";
import { CAPACITY_GATES, COMPARE_GATES, ESTIMATE_GATES } from "../select/gate-figures.ts";
import { PLAN_FIELDS, PLAN_GATES } from "../select/plan.ts";
import { RIGHTSIZE_FIELDS, RIGHTSIZE_GATES } from "../select/rightsize.ts";

type Tables = Readonly<Partial<Record<PolicySubject, readonly string[]>>>;

/** Fields of a line of the bill. */
export const LINE_FIELDS = ["dimension", "usageType", "label", "unit", "quantity", "rate", "cost"] as const;

/** Fields of a line that differs, beyond those of a line. */
export const LINE_CHANGE_FIELDS = ["beforeQuantity", "afterQuantity", "beforeCost", "afterCost"] as const;

/** Fields of what a line, cause or advice belongs to. */
export const OWNER_FIELDS = ["subject", "name", "cluster", "id"] as const;

export const CAUSE_FIELDS = ["attribute", "from", "to", "monthlyChange"] as const;
export const ADVICE_FIELDS = ["advice", "monthlySaving", "reason"] as const;
export const ISSUE_FIELDS = ["code", "severity", "subject", "detail"] as const;

const union = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];

interface Figures {
  readonly report: object;
  readonly service: object;
}

const tablesOf = (fields: object, { report, service }: Figures, more: Tables = {}): Tables => ({
  report: union(Object.keys(report), ["command", "region"]),
  service: union(Object.keys(fields), Object.keys(service), ["subject"]),
  issue: ISSUE_FIELDS,
  ...more,
});

const adviceOf = (fields: object): readonly string[] => union(OWNER_FIELDS, Object.keys(fields), ADVICE_FIELDS);

const CHANGE = union(Object.keys(DIFF_FIELDS), Object.keys(DIFF_GATES.service), ["id"]);

/** Which fields each subject of a rule has in the reports of each command. */
export const POLICY_FIELDS: Readonly<Record<PolicyCommand, Tables>> = {
  estimate: tablesOf(ESTIMATE_FIELDS, ESTIMATE_GATES, { line: union(OWNER_FIELDS, LINE_FIELDS) }),
  compare: tablesOf(COMPARE_FIELDS, COMPARE_GATES, { advice: adviceOf(COMPARE_FIELDS) }),
  rightsize: tablesOf(RIGHTSIZE_FIELDS, RIGHTSIZE_GATES, { advice: adviceOf(RIGHTSIZE_FIELDS) }),
  capacity: tablesOf(CAPACITY_FIELDS, CAPACITY_GATES, { advice: adviceOf(CAPACITY_FIELDS) }),
  plan: tablesOf(PLAN_FIELDS, PLAN_GATES, { advice: adviceOf(PLAN_FIELDS), line: union(OWNER_FIELDS, LINE_FIELDS) }),
  diff: {
    report: union(Object.keys(DIFF_GATES.report), ["command", "region"]),
    service: CHANGE,
    change: CHANGE,
    cause: union(OWNER_FIELDS, ["kind"], CAUSE_FIELDS),
    line: union(OWNER_FIELDS, ["kind"], LINE_FIELDS, LINE_CHANGE_FIELDS),
    advice: union(CHANGE, ADVICE_FIELDS),
    issue: ISSUE_FIELDS,
  },
};
