import type { Charge, ChargeKind } from "../../../domain/bill/charge.ts";

/** What a RECORD_TYPE of Cost Explorer says about a charge. */
export interface RecordKind {
  readonly kind: ChargeKind;
  readonly commitment: Charge["commitment"];
}

const usual = (kind: ChargeKind): RecordKind => ({ kind, commitment: null });
const plan = (kind: ChargeKind): RecordKind => ({ kind, commitment: "savings-plan" });
const reservation = (kind: ChargeKind): RecordKind => ({ kind, commitment: "reservation" });

/** As the API and as the console spell them, without spaces, hyphens and case. */
const KINDS: Readonly<Record<string, RecordKind>> = {
  usage: usual("usage"),
  discountedusage: reservation("covered"),
  reservationappliedusage: reservation("covered"),
  savingsplancoveredusage: plan("covered"),
  savingsplannegation: plan("commitment-offset"),
  savingsplanrecurringfee: plan("commitment-fee"),
  savingsplanupfrontfee: plan("commitment-fee"),
  rifee: reservation("commitment-fee"),
  recurring: reservation("commitment-fee"),
  recurringreservationfee: reservation("commitment-fee"),
  upfront: reservation("commitment-fee"),
  upfrontreservationfee: reservation("commitment-fee"),
  credit: usual("credit"),
  refund: usual("refund"),
  tax: usual("tax"),
  bundleddiscount: usual("discount"),
  edpdiscount: usual("discount"),
  discount: usual("discount"),
  privateratediscount: usual("discount"),
  enterprisediscountprogramdiscount: usual("discount"),
  solutionproviderprogramdiscount: usual("discount"),
  distributordiscount: usual("discount"),
  fee: usual("fee"),
  supportfee: usual("fee"),
  otheroutofcyclecharges: usual("fee"),
};

/** The kind of a RECORD_TYPE, or undefined for one that is not known here. */
export const recordKind = (recordType: string): RecordKind | undefined =>
  KINDS[recordType.toLowerCase().replaceAll(/[^a-z]/g, "")];
