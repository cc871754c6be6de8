/** The monthly review of a bill: apart from the main entry point, which the other commands load. */
export { billRegions } from "../../domain/bill/place-bill.ts";
export { OVERHEAD_SCOPES, type OverheadScope } from "../../domain/bill/place-charge.ts";
export { GROUP_KEYS, type GroupKey } from "../../domain/review/cost-groups.ts";
export { type Ownership, ownershipTags } from "../../domain/review/ownership/owner-rules.ts";
export type { ReviewInput, ReviewSettings } from "./input.ts";
export { review } from "./review.ts";
