import type { Notes } from "../../domain/issues/notes.ts";
import { createNotes } from "../../domain/issues/notes.ts";
import type { PackEffort } from "../../domain/packing/model/request.ts";
import type { KnownPlans } from "../../domain/placement/plan-fleets.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import { Decimal } from "../../domain/units/decimal.ts";
import { HOURS_PER_MONTH } from "../../domain/units/size.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";

/** What the caller may set about a cost calculation. */
export interface CostSettings {
  /** Hours to the month, a positive decimal string; 730 unless given. */
  readonly hoursPerMonth?: string;
}

/** What every step of a cost calculation shares. */
export interface CostContext {
  readonly inventory: Inventory;
  readonly catalogue: PriceCatalogue;
  readonly hours: Decimal;
  readonly notes: Notes;
  /** Where the same fleets are priced again and again: plans that were made, and how hard new ones are searched for. */
  readonly fleets?: { readonly known: KnownPlans; readonly effort?: PackEffort };
}

export const createContext = (inventory: Inventory, catalogue: PriceCatalogue, settings: CostSettings): CostContext => {
  const notes = createNotes();
  for (const assumption of inventory.assumptions) notes.assume(assumption);
  for (const issue of inventory.issues) notes.report(issue);
  return { inventory, catalogue, hours: new Decimal(settings.hoursPerMonth ?? HOURS_PER_MONTH), notes };
};
