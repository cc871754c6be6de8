import type { Notes } from "../../domain/issues/notes.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { BilledLine, Reconciliation } from "../../domain/report/review-report.ts";
import { hoursOfMonth } from "../../domain/review/commitment-advice.ts";
import { usedQuantity } from "../../domain/review/cost-row.ts";
import { reconcile } from "../../domain/review/reconcile.ts";
import type { ReconciledSide } from "../../domain/review/reconciled-pair.ts";
import type { ReviewScene } from "../../domain/review/review-scene.ts";
import { Decimal, ZERO } from "../../domain/units/decimal.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import { estimate } from "../estimate/estimate.ts";
import type { ReviewInput } from "./input.ts";

const DEFAULT_TOLERANCE = "0.01";
const HOURS_PER_DAY = 24;

/** The estimate of the workloads beside the bill; null where no workloads or no prices of their region are given. */
export const reviewReconciliation = (
  scene: ReviewScene,
  lines: readonly BilledLine[],
  input: ReviewInput,
  notes: Notes,
): Reconciliation | null => {
  const { inventory, catalogueOf } = input;
  if (inventory === undefined) return null;
  const { region } = inventory;
  const catalogue = region === undefined ? undefined : catalogueOf?.(region);
  if (catalogue !== undefined) return besideBill(scene, lines, input, { inventory, catalogue }, notes);
  notes.report({
    code: "missing-price",
    severity: "warning",
    subject: region ?? "workloads",
    detail:
      region === undefined
        ? "The workloads name no region, so they are not put beside the bill."
        : `There are no prices of ${region}, so the workloads are not put beside the bill.`,
  });
  return null;
};

const besideBill = (
  scene: ReviewScene,
  lines: readonly BilledLine[],
  { settings }: ReviewInput,
  { inventory, catalogue }: { readonly inventory: Inventory; readonly catalogue: PriceCatalogue },
  notes: Notes,
): Reconciliation => {
  const report = estimate(
    inventory,
    catalogue,
    settings?.hoursPerMonth === undefined ? {} : { hoursPerMonth: settings.hoursPerMonth },
  );
  for (const assumption of report.assumptions) notes.assume(assumption);
  for (const issue of report.issues) notes.report(issue);
  const estimated = [...report.services.flatMap(({ lineItems }) => lineItems), ...report.shared.lineItems];
  return reconcile(lines, estimated, {
    region: catalogue.region,
    tolerance: new Decimal(settings?.tolerance ?? DEFAULT_TOLERANCE),
    estimatedHours: new Decimal(report.hoursPerMonth),
    billedHours: new Decimal(scene.period.days * HOURS_PER_DAY),
    monthHours: new Decimal(hoursOfMonth(scene)),
    pricesAsOf: catalogue.asOf,
    covered: new Set(scene.rows.current.flatMap(({ covered, dimension }) => (covered && dimension ? [dimension] : []))),
    elsewhere: elsewhereOn(scene),
    currency: scene.bill.currency,
    withoutOverheads: settings?.overheads === "none",
  });
};

/** What the bill has, by region and price key, that has no place in ECS. */
const elsewhereOn = ({ current }: ReviewScene): ReadonlyMap<string, ReconciledSide> => {
  const sides = new Map<string, ReconciledSide>();
  for (const placed of current) {
    const { charge, meter, placing, region } = placed;
    if ((placing.place !== "unplaced" && placing.place !== "other") || meter.key === null) continue;
    const key = `${region ?? ""} ${meter.key}`;
    const known = sides.get(key) ?? { quantity: ZERO, cost: ZERO };
    sides.set(key, {
      quantity: known.quantity.plus(usedQuantity(placed)),
      cost: known.cost.plus(charge.effectiveCost),
    });
  }
  return sides;
};
