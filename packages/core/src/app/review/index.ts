/** The monthly review of a bill: apart from the main entry point, which the other commands load. */
export { billRegions } from "../../domain/bill/place-bill.ts";
export { OVERHEAD_SCOPES, type OverheadScope } from "../../domain/bill/place-charge.ts";
export type { Budget } from "../../domain/review/budgets.ts";
export { type KeptFinding, statedFindings } from "../../domain/review/findings/finding-states.ts";
export { GROUP_KEYS, type GroupKey } from "../../domain/review/ownership/cost-groups.ts";
export { type Ownership, ownershipTags } from "../../domain/review/ownership/owner-rules.ts";
export type { UnitMetric } from "../../domain/review/unit-costs.ts";
export type { ReviewInput, ReviewSettings } from "./input.ts";
export { review } from "./review.ts";
