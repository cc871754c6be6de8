/** The monthly review of a bill: apart from the main entry point, which the other commands load. */
export type {
  Bill,
  BillDetail,
  BillFormat,
  Charge,
  ChargeKind,
  CommittableHour,
  ResourceCharge,
} from "../domain/bill/charge.ts";
export { OVERHEAD_SCOPES, type OverheadScope } from "../domain/bill/place-charge.ts";
export type { BillReading, BillRequest, BillSource } from "../ports/bill-source.ts";
export { review } from "./review.ts";
export type { ReviewInput, ReviewSettings } from "./review-input.ts";
