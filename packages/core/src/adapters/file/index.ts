export { BorderError, isBorderError } from "../../domain/issues/border-error.ts";
export { type HourlyCounts, readHourlyCounts } from "./hourly-counts.ts";
export type { ReadInventoryOptions } from "./inventory-reading.ts";
export { type PlacedRule, readPolicyFile } from "./policy-file.ts";
export { readInventory } from "./read-inventory.ts";
export { type PlanSides, readPlanSides } from "./read-plan-sides.ts";
export { readStandardInput } from "./standard-input.ts";
