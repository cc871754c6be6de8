/** Length of a commitment in years. */
export type Term = 1 | 3;
export type Payment = "no-upfront" | "partial-upfront" | "all-upfront";

export const TERMS: readonly Term[] = [1, 3];
export const PAYMENTS: readonly Payment[] = ["no-upfront", "partial-upfront", "all-upfront"];

/** Commitment products, spelled as in option ids. */
export type Commitment = "compute-sp" | "instance-sp" | "standard-ri" | "convertible-ri";

/** How capacity is bought: `on-demand`, `spot`, or a commitment such as `standard-ri-1y-no-upfront`. */
export type Purchase = string;

/** `compute-sp`, 1, `no-upfront` -> `compute-sp-1y-no-upfront`. */
export const commitmentId = (commitment: Commitment, term: Term, payment: Payment): Purchase =>
  `${commitment}-${term}y-${payment}`;

const allOf = (commitment: Commitment): Purchase[] =>
  TERMS.flatMap((term) => PAYMENTS.map((payment) => commitmentId(commitment, term, payment)));

/** Purchases of Fargate capacity: on demand, Spot and Compute Savings Plans. */
export const FARGATE_PURCHASES: readonly Purchase[] = ["on-demand", "spot", ...allOf("compute-sp")];

/** Purchases of EC2 capacity. */
export const EC2_PURCHASES: readonly Purchase[] = [
  "on-demand",
  "spot",
  ...allOf("standard-ri"),
  ...allOf("convertible-ri"),
  ...allOf("compute-sp"),
  ...allOf("instance-sp"),
];

export interface ParsedCommitment {
  readonly commitment: Commitment;
  readonly term: Term;
  readonly payment: Payment;
}

const PATTERN =
  /^(?<commitment>compute-sp|instance-sp|standard-ri|convertible-ri)-(?<term>[13])y-(?<payment>no-upfront|partial-upfront|all-upfront)$/;

/** The parts of a commitment id, or undefined for `on-demand`, `spot` and anything else. */
export const parseCommitment = (purchase: Purchase): ParsedCommitment | undefined => {
  const groups = PATTERN.exec(purchase)?.groups;
  if (groups === undefined) return undefined;
  return {
    commitment: groups["commitment"] as Commitment,
    term: Number(groups["term"]) as Term,
    payment: groups["payment"] as Payment,
  };
};
