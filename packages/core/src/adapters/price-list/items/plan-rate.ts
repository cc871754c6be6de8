import type { Commitment, Payment, Term } from "../../../domain/pricing/purchase.ts";
import type { FoundOrigin } from "../book/found-prices.ts";

/** One rate of a Savings Plan. */
export interface PlanRate {
  readonly product: "Fargate" | "EC2";
  readonly commitment: Extract<Commitment, "compute-sp" | "instance-sp">;
  readonly term: Term;
  readonly payment: Payment;
  /** As on the bill, with the region's prefix. */
  readonly usageType: string;
  readonly operation: string;
  /** Per hour or per unit of Fargate, decimal string; may have an exponent. */
  readonly rate: string;
  readonly origin: FoundOrigin;
}

/** `No Upfront` -> `no-upfront`, or undefined for what cannot be bought. */
export const paymentOf = (text: string): Payment | undefined => {
  const payment = text.toLowerCase().replaceAll(" ", "-");
  return payment === "no-upfront" || payment === "partial-upfront" || payment === "all-upfront" ? payment : undefined;
};
