import { BorderError } from "../../domain/issues/border-error.ts";
import type { Assumption } from "../../domain/issues/issue.ts";
import type { Notes } from "../../domain/issues/notes.ts";
import { createNotes } from "../../domain/issues/notes.ts";
import type { PackEffort } from "../../domain/packing/model/request.ts";
import type { KnownPlans } from "../../domain/placement/plan-fleets.ts";
import { rateCardText } from "../../domain/pricing/discount/discounted-catalogue.ts";
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

const netPrices = (terms: string): Assumption => ({
  code: "net-prices",
  detail:
    `Prices are less what the company does not pay: ${terms}. A discount holds however the capacity is bought, and the ` +
    "one across the board comes on top of the narrowest other one.",
});

/** Prices are those of one region. */
const refuseSeveral = ({ parts }: Inventory): void => {
  if (parts === undefined) return;
  throw new BorderError("the inventory is in several regions or accounts, each of which has its own prices", {
    code: "regions-differ",
    source: "user",
    hint: "Give each of its parts with the catalogue of its region, and join the reports.",
  });
};

export const createContext = (inventory: Inventory, catalogue: PriceCatalogue, settings: CostSettings): CostContext => {
  refuseSeveral(inventory);
  const notes = createNotes();
  for (const assumption of inventory.assumptions) notes.assume(assumption);
  for (const issue of inventory.issues) notes.report(issue);
  const terms = catalogue.rateCard === undefined ? "" : rateCardText(catalogue.rateCard);
  if (terms !== "") notes.assume(netPrices(terms));
  return { inventory, catalogue, hours: new Decimal(settings.hoursPerMonth ?? HOURS_PER_MONTH), notes };
};
