import type { PlanReport } from "@ecs-cost/core";
import type { Sheet } from "../../document/sheet.ts";

/** One row for each step, in the order to take them. */
export const planSheet = ({ steps }: PlanReport): Sheet => ({
  header: ["step", "kind", "subjects", "monthlySaving", "effort", "risk", "detail", "undo"],
  rows: steps.map(({ kind, subjects, monthlySaving, effort, risk, detail, undo }, index) => [
    String(index + 1),
    kind,
    subjects.join(" "),
    monthlySaving.toFixed(),
    effort,
    risk,
    detail,
    undo,
  ]),
});
