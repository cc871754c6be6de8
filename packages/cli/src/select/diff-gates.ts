import type { CostChange, DiffReport, LineChange } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { signedDollars } from "../render/document/change-figures.ts";
import { type Figure, figure, type NamedFigure, withLead } from "./figure.ts";
import type { GateFigures } from "./gates.ts";

/** A change that is not known has no figure, unless only what comes after is incomplete: that can only add. */
const changeFigure = ({ monthlyChange, beforeComplete, beforeMonthlyCost, afterMonthlyCost }: CostChange): Figure => {
  if (monthlyChange !== null) return figure(monthlyChange);
  const least = (afterMonthlyCost ?? new Decimal(0)).minus(beforeMonthlyCost ?? 0);
  return beforeComplete ? { known: least, complete: false } : { known: least, complete: false, open: true };
};

const increase = ({ changes }: DiffReport): Figure => {
  const figures = changes.map(changeFigure);
  const known = figures.reduce<Decimal>((sum, part) => sum.plus(part.known), new Decimal(0));
  const complete = figures.every((part) => part.complete);
  return { known, complete, ...(figures.some(({ open }) => open) ? { open: true } : {}) };
};

/** Percent of a cost; without bound where there was none. A cost that is not known in full has no percentage. */
const percentOf = (change: Figure, before: Decimal | null, beforeComplete: boolean): Figure => {
  const infinite = new Decimal(Number.POSITIVE_INFINITY);
  const base = before ?? new Decimal(0);
  const growth = change.known.isPositive() ? infinite : infinite.negated();
  const share = change.known.isZero() ? new Decimal(0) : base.isZero() ? growth : change.known.div(base).times(100);
  return beforeComplete
    ? { ...change, known: share, unit: "percent" }
    : { known: share, complete: false, open: true, unit: "percent" };
};

const largestLine = ({ lineItems }: CostChange): LineChange | undefined =>
  [...lineItems].sort((a, b) => b.cost.abs().comparedTo(a.cost.abs()) || (a.dimension < b.dimension ? -1 : 1))[0];

/** The line of a change that moved most: `fargate/linux/x86_64/gb-hour +$20.00`. */
export const leadOf = (change: CostChange): string | undefined => {
  const line = largestLine(change);
  return line === undefined ? undefined : `${line.dimension} ${signedDollars(line.cost)}`;
};

const leadOfAll = ({ changes: [first] }: DiffReport): string | undefined => {
  const line = first === undefined ? undefined : leadOf(first);
  return first === undefined || line === undefined ? undefined : `${first.subject}, ${line}`;
};

const increaseWithLead = (report: DiffReport): Figure => withLead(increase(report), leadOfAll(report));

const changeWithLead = (change: CostChange): Figure => withLead(changeFigure(change), leadOf(change));

/** Without utilization nothing is known of sizes. */
const NOT_MEASURED: Figure = { known: new Decimal(0), complete: false, open: true };

/** Whether an expression of `--fail-on` is about figures that only utilization gives. */
export const needsMetrics = (expression: string): boolean =>
  /\b(?:advice(?:Saving)?|tooSmall|tooLarge)\b/.test(expression);

const isNotFollowed = ({ sizing }: CostChange): boolean => sizing?.fits === false;

/** Proposed sizes that do not fit; those that nothing is known of may not. */
const unfitting =
  (isMeant: (change: CostChange) => boolean) =>
  (report: DiffReport): Figure => {
    if (report.sizing === undefined) return NOT_MEASURED;
    return {
      known: new Decimal(report.changes.filter((change) => isNotFollowed(change) && isMeant(change)).length),
      complete: report.sizing.unknown === 0,
      unit: "count",
    };
  };

const adviceSaving = ({ sizing }: DiffReport): Figure => {
  if (sizing === undefined) return NOT_MEASURED;
  return figure(sizing.monthlySaving, sizing.monthlySaving !== null && sizing.unknown === 0);
};

const ofChanges =
  (read: (change: CostChange) => Figure) =>
  ({ changes }: DiffReport): readonly NamedFigure[] =>
    changes.filter(({ of }) => of === "service").map((change) => ({ service: change.subject, ...read(change) }));

const afterFigure = ({ after }: DiffReport): Figure => figure(after.monthlyCost, after.complete);

export const DIFF_GATES: GateFigures<DiffReport> = {
  report: {
    increase: increaseWithLead,
    "increase%": (report) => percentOf(increaseWithLead(report), report.beforeMonthlyCost, report.before.complete),
    monthlyChange: increaseWithLead,
    advice: unfitting(() => true),
    tooSmall: unfitting(({ sizing }) => sizing?.verdict === "too-small"),
    tooLarge: unfitting(({ sizing }) => sizing?.verdict === "too-large"),
    adviceSaving,
    monthly: afterFigure,
    afterMonthlyCost: afterFigure,
    beforeMonthlyCost: ({ before }) => figure(before.monthlyCost, before.complete),
    changes: ({ changes }) => figure(new Decimal(changes.length)),
    services: ({ after }) => figure(new Decimal(after.services)),
    issues: ({ issues }) => figure(new Decimal(issues.filter(({ severity }) => severity !== "info").length)),
  },
  service: {
    increase: ofChanges(changeWithLead),
    "increase%": ofChanges((change) =>
      percentOf(changeWithLead(change), change.beforeMonthlyCost, change.beforeComplete),
    ),
    monthlyChange: ofChanges(changeWithLead),
    adviceSaving: ({ changes }) =>
      changes
        .filter(({ of, kind }) => of === "service" && kind !== "removed")
        .map(({ subject, sizing }) => ({ service: subject, ...figure(sizing?.monthlySaving ?? null) })),
    monthlyCost: ofChanges(({ afterMonthlyCost, afterComplete }) => figure(afterMonthlyCost, afterComplete)),
  },
};
