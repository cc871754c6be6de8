import type { PlannedService, PlanReport, PlanStep } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { GroupBy, SavingGroup } from "../../../select/groups.ts";
import { largestFirst, type Selected } from "../../../select/selection.ts";
import type { Block, Cell, Document, TableBlock } from "../../document/document.ts";
import { counted, dollars, percent } from "../../document/figures.ts";
import { type Detail, fleetsTable, tailBlocks } from "../shared/report-parts.ts";
import { savingCell, savingGroupsTable, shareOf } from "../shared/savings.ts";

const SHORT_STEPS = 8;
const SHORT_SERVICES = 10;

/** A plan as a page: what it saves, the steps in their order, and how far from proven best it is. */
export const planDocument = (
  report: Selected<PlanReport>,
  detail: Detail,
  grouped?: { readonly by: GroupBy; readonly groups: readonly SavingGroup[] },
): Document => ({
  title: titleOf(report),
  blocks: [
    grouped === undefined ? stepsTable(report, detail) : savingGroupsTable(grouped.by, grouped.groups, "Planned"),
    { kind: "lines", lines: nextLines(report, detail) },
    ...(detail.verbose ? detailBlocks(report) : []),
    ...closing(report, detail),
  ],
});

const titleOf = ({ beforeMonthlyCost, afterMonthlyCost, monthlySaving, steps, complete }: PlanReport): string => {
  const known = complete ? "" : "at least, ";
  if (steps.length === 0) return `${known}${dollars(beforeMonthlyCost)} a month, and no move found that saves`;
  const share = beforeMonthlyCost.isZero() ? "" : ` (${percent(monthlySaving.div(beforeMonthlyCost))})`;
  return `${known}${dollars(beforeMonthlyCost)} a month today, ${dollars(afterMonthlyCost)} with this plan: ${dollars(monthlySaving)}${share} less in ${counted(steps.length, "step")}`;
};

const stepsTable = ({ steps, beforeMonthlyCost, afterMonthlyCost }: PlanReport, { verbose }: Detail): TableBlock => {
  const shown = verbose ? steps : steps.slice(0, SHORT_STEPS);
  const left = steps.slice(shown.length);
  let cost = beforeMonthlyCost;
  const rows = shown.map((step, index) => {
    cost = cost.minus(step.monthlySaving);
    return stepRow(step, index, cost);
  });
  const rest: Cell[][] =
    left.length === 0
      ? []
      : [
          [
            "",
            `${counted(left.length, "more step")}: see --verbose`,
            "",
            "",
            savingCell(sumOf(left)),
            dollars(afterMonthlyCost),
          ],
        ];
  return {
    kind: "table",
    columns: [
      { header: "Step", align: "right" },
      { header: "What" },
      { header: "Services", cutTo: 20 },
      { header: "Effort" },
      { header: "Risk" },
      { header: "Saves", align: "right" },
      { header: "Then", align: "right" },
    ],
    rows: [...rows, ...rest],
  };
};

const sumOf = (steps: readonly PlanStep[]): Decimal =>
  steps.reduce((sum, { monthlySaving }) => sum.plus(monthlySaving), new Decimal(0));

const KINDS: Readonly<Record<PlanStep["kind"], string>> = {
  resize: "Smaller size",
  spot: "Spot on Fargate",
  architecture: "ARM64 image",
  "launch-option": "Off instances",
  fleet: "Shared fleet",
  commitment: "Commitment",
};

const stepRow = ({ kind, subjects, effort, risk, monthlySaving }: PlanStep, index: number, cost: Decimal): Cell[] => [
  String(index + 1),
  KINDS[kind],
  subjects.map((subject) => subject.slice(subject.indexOf("/") + 1)).join(", "),
  effort,
  risk,
  savingCell(monthlySaving),
  dollars(cost),
];

const nextLines = (report: PlanReport, { verbose }: Detail): readonly Cell[] => {
  const { steps, gap, lowerBound, afterMonthlyCost } = report;
  const [first] = steps;
  const proven = afterMonthlyCost.equals(lowerBound) || gap.isZero();
  const bound = proven
    ? "Proven: nothing that these settings allow costs less."
    : `Nothing that these settings allow costs less than ${dollars(lowerBound)} (${percent(gap)} below).`;
  return [
    ...(first === undefined ? [] : [`Next: ${first.detail.replace(/\.$/, "")}. To undo it: ${lowerFirst(first.undo)}`]),
    { text: bound, tone: "faint" },
    ...commitmentLines(report),
    ...(verbose
      ? []
      : [
          {
            text: "--verbose shows services and fleets; --emit workload prints the plan as a workload file.",
            tone: "faint",
          } as const,
        ]),
  ];
};

const commitmentLines = ({ commitments }: PlanReport): readonly Cell[] => {
  const [best] = commitments.filter(({ taken }) => !taken);
  return best === undefined
    ? []
    : [`A commitment (${best.purchase}) over what the plan runs would save ${dollars(best.monthlySaving)} more.`];
};

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

const detailBlocks = (report: PlanReport): readonly Block[] => [
  {
    kind: "lines",
    heading: "What to do",
    bullets: true,
    lines: report.steps.map(({ detail, undo }, index) => `${index + 1}. ${detail} To undo it: ${lowerFirst(undo)}`),
  },
  servicesTable(report),
  fleetsTable(report.fleets),
];

const servicesTable = ({ services }: PlanReport): TableBlock => ({
  kind: "table",
  heading: "Services",
  columns: [
    { header: "Service" },
    { header: "Today" },
    { header: "Planned" },
    { header: "Cost", align: "right" },
    { header: "Saves", align: "right" },
    { header: "%", align: "right" },
  ],
  rows: largestFirst(services, ({ monthlySaving }) => monthlySaving).map(serviceRow),
});

const serviceRow = ({ cluster, name, option, before, monthlyCost, monthlySaving }: PlannedService): Cell[] => [
  `${cluster}/${name}`,
  before.option,
  option === before.option ? { text: "same", tone: "faint" } : option,
  dollars(monthlyCost),
  savingCell(monthlySaving),
  shareOf(monthlySaving, before.monthlyCost),
];

/** Without verbose one line says what is not sure. */
const closing = (report: PlanReport, detail: Detail): readonly Block[] => {
  if (detail.verbose || report.services.length > SHORT_SERVICES * 100) return tailBlocks(report, detail);
  const missing = report.issues.filter(({ severity }) => severity !== "info");
  const tail = tailBlocks({ ...report, issues: missing, assumptions: [] }, detail);
  const assumed = report.assumptions.length;
  return [
    ...tail.slice(0, -1),
    { kind: "lines", lines: [{ text: `${counted(assumed, "thing")} assumed: --verbose tells them.`, tone: "faint" }] },
    ...tail.slice(-1),
  ];
};
