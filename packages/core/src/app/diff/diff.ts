import { BorderError } from "../../domain/issues/border-error.ts";
import type { Issue } from "../../domain/issues/issue.ts";
import { createNotes } from "../../domain/issues/notes.ts";
import type { KnownPlans } from "../../domain/placement/plan-fleets.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { DiffReport, DiffSideReport } from "../../domain/report/diff-report.ts";
import { type EstimateReport, SCHEMA_VERSION } from "../../domain/report/report.ts";
import { Decimal, sum, ZERO } from "../../domain/units/decimal.ts";
import { HOURS_PER_MONTH } from "../../domain/units/size.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import { type CostSettings, createContext } from "../context/cost-context.ts";
import { estimateIn } from "../estimate/estimate.ts";
import { changesOf } from "./changes.ts";
import { pairServices } from "./pairs.ts";

/** One side of a difference: an inventory that is priced with a catalogue, or a report that was saved. */
export type DiffSide =
  | { readonly of: "inventory"; readonly inventory: Inventory; readonly catalogue: PriceCatalogue }
  | { readonly of: "report"; readonly report: EstimateReport };

/**
 * What a change does to the cost: every service and what is shared, matched by address, then by cluster and name, then
 * by name, with the attributes that caused each difference, in USD a month. Throws a `BorderError` where the sides count different hours
 * to the month, or only one divides what is shared over its services: nothing can be subtracted across that.
 */
export const diff = (before: DiffSide, after: DiffSide, settings: CostSettings = {}): DiffReport => {
  const hours = {
    hoursPerMonth: settings.hoursPerMonth ?? hoursOf(before) ?? hoursOf(after) ?? String(HOURS_PER_MONTH),
  };
  const plans: KnownPlans = new Map();
  const sides = { before: reportOf(before, hours, plans), after: reportOf(after, hours, plans) };
  refuseOtherHours(sides.before, sides.after);
  refuseOtherShares(sides.before, sides.after);
  const pairs = pairServices(sides.before.services, sides.after.services);
  const { changes, unchangedServices } = changesOf({ before, after }, sides, pairs, { ...hours, known: plans });
  const known = changes.flatMap(({ monthlyChange }) => monthlyChange ?? []);
  // Where nothing is known, the side is incomplete and every change of it is null.
  const beforeMonthlyCost = sides.before.totalMonthlyCost ?? ZERO;
  const afterMonthlyCost = sides.after.totalMonthlyCost ?? ZERO;
  const change = known.length === changes.length ? afterMonthlyCost.minus(beforeMonthlyCost) : null;
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "diff",
    ...regionsOf(sides.after),
    currency: "USD",
    hoursPerMonth: sides.after.hoursPerMonth,
    prices: sides.after.prices,
    beforeMonthlyCost,
    afterMonthlyCost,
    monthlyChange: change,
    knownMonthlyChange: sum(known),
    relativeChange: relativeTo(beforeMonthlyCost, change),
    complete: sides.before.complete && sides.after.complete,
    before: sideReport(before, sides.before),
    after: sideReport(after, sides.after),
    changes,
    unchangedServices,
    ...notesOf(sides.before, sides.after, unknownChanges(changes)),
  };
};

const regionsOf = ({ region, regions }: EstimateReport): Pick<DiffReport, "region" | "regions"> => ({
  ...(region === undefined ? {} : { region }),
  ...(regions === undefined ? {} : { regions }),
});

const hoursOf = (side: DiffSide): string | undefined => (side.of === "report" ? side.report.hoursPerMonth : undefined);

const reportOf = (side: DiffSide, settings: CostSettings, known: KnownPlans): EstimateReport =>
  side.of === "report"
    ? side.report
    : estimateIn({ ...createContext(side.inventory, side.catalogue, settings), fleets: { known } });

const refuseOtherHours = (before: EstimateReport, after: EstimateReport): void => {
  if (new Decimal(before.hoursPerMonth).equals(after.hoursPerMonth)) return;
  throw new BorderError(
    `the sides count different hours to the month: ${before.hoursPerMonth} before, ${after.hoursPerMonth} after`,
    { code: "different-hours", source: "user", hint: "Make both with the same --hours." },
  );
};

const isAllocated = ({ assumptions }: EstimateReport): boolean =>
  assumptions.some(({ code }) => code === "shared-allocated");

const refuseOtherShares = (before: EstimateReport, after: EstimateReport): void => {
  if (isAllocated(before) === isAllocated(after)) return;
  throw new BorderError("one side divides what is shared over its services, the other does not", {
    code: "different-shares",
    source: "user",
    hint: "Save the estimates of both without --allocate-shared, or of both with it.",
  });
};

const relativeTo = (before: Decimal, change: Decimal | null): Decimal | null =>
  change === null || before.isZero() ? null : change.div(before);

const sideReport = ({ of }: DiffSide, report: EstimateReport): DiffSideReport => ({
  of,
  ...(report.region === undefined ? {} : { region: report.region }),
  prices: report.prices,
  monthlyCost: report.totalMonthlyCost ?? ZERO,
  complete: report.complete,
  services: report.services.length,
});

const unknownChanges = (changes: DiffReport["changes"]): readonly Issue[] =>
  changes
    .filter(({ monthlyChange }) => monthlyChange === null)
    .map(({ subject, beforeComplete, afterComplete }) => ({
      code: "unknown-change",
      severity: "warning",
      subject,
      detail: `What it costs ${sidesText(beforeComplete, afterComplete)} is not known, so the change is not either; it is in no sum of changes.`,
    }));

const sidesText = (before: boolean, after: boolean): string => {
  if (before === after) return "before and after";
  return before ? "after the change" : "before the change";
};

/** What both sides tell once; what only the side before tells says so. */
const notesOf = (
  before: EstimateReport,
  after: EstimateReport,
  unknown: readonly Issue[],
): Pick<DiffReport, "assumptions" | "issues"> => {
  const notes = createNotes();
  const keyOf = ({ code, subject, detail }: Issue): string => JSON.stringify([code, subject, detail]);
  const ofAfter = new Set(after.issues.map(keyOf));
  for (const assumption of [...after.assumptions, ...before.assumptions]) notes.assume(assumption);
  for (const issue of [...after.issues, ...unknown]) notes.report(issue);
  for (const issue of before.issues) {
    if (!ofAfter.has(keyOf(issue))) notes.report({ ...issue, detail: `Before the change: ${issue.detail}` });
  }
  return { assumptions: notes.assumptions(), issues: notes.issues() };
};
