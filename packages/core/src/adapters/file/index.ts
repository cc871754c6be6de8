export { BorderError, isBorderError } from "../../domain/issues/border-error.ts";
export type { ReadInventoryOptions } from "./inventory/inventory-reading.ts";
export { readInventory } from "./inventory/read-inventory.ts";
export { type PlanSides, readPlanSides } from "./inventory/read-plan-sides.ts";
export { type PlacedRule, readPolicyFile } from "./policy/read-policy.ts";
export { readRateCard } from "./rate-card/read-rate-card.ts";
export { readOwnership } from "./review/read-ownership.ts";
export { readStandardInput } from "./text/standard-input.ts";
export { type HourlyCounts, readHourlyCounts } from "./workload/hourly-counts.ts";
