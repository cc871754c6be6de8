import type { Decimal } from "../units/decimal.ts";

/** What a discount of EC2 has to match. */
export interface InstanceUsage {
  /** For example `r5.4xlarge`. */
  readonly instanceType: string;
  readonly region: string;
  /** Reserved Instances of one platform do not cover another; `linux` where it is not given. */
  readonly platform?: string;
}

/** One kind of usage in one hour. A rate that is absent means that this commitment does not cover it. */
export interface CommittableUsage {
  readonly id: string;
  /** In the unit of the rates: instance-hours, vCPU-hours, GB-hours. */
  readonly quantity: Decimal;
  /** USD per unit. */
  readonly onDemandRate: Decimal;
  /** USD per unit under a Compute Savings Plan. */
  readonly computeSpRate?: Decimal;
  /** USD per unit under an EC2 Instance Savings Plan. */
  readonly instanceSpRate?: Decimal;
  /** Given for EC2 instances on demand, absent for everything else. */
  readonly instance?: InstanceUsage;
}

export interface ReservedInstance extends InstanceUsage {
  readonly id: string;
  readonly count: Decimal;
  /** Effective USD per instance-hour, upfront included; paid whether used or not. */
  readonly rate: Decimal;
  /** Covers every size of the family in proportion: regional, Linux and shared tenancy. */
  readonly sizeFlexible: boolean;
}

export interface ComputeSavingsPlan {
  readonly id: string;
  /** USD per hour. */
  readonly commitment: Decimal;
}

export interface InstanceSavingsPlan extends ComputeSavingsPlan {
  /** For example `r5`. */
  readonly family: string;
  readonly region: string;
}

export interface Commitments {
  readonly reservedInstances: readonly ReservedInstance[];
  readonly instanceSavingsPlans: readonly InstanceSavingsPlan[];
  readonly computeSavingsPlans: readonly ComputeSavingsPlan[];
}

/** Quantity that one commitment covers, and USD of that commitment which it takes. */
export interface Coverage {
  readonly id: string;
  readonly quantity: Decimal;
  readonly cost: Decimal;
}

/** One kind of usage: `quantity` is exactly what is reserved, what plans cover and what stays on demand. */
export interface CoveredUsage {
  readonly id: string;
  readonly quantity: Decimal;
  readonly reserved: readonly Coverage[];
  readonly savingsPlans: readonly Coverage[];
  readonly onDemandQuantity: Decimal;
  /** USD. */
  readonly onDemandCost: Decimal;
}

/** What became of one commitment: `used + unused` is exactly `committed`. */
export interface CommitmentUse {
  readonly id: string;
  /** USD for a plan, instance-hours for Reserved Instances. */
  readonly committed: Decimal;
  readonly used: Decimal;
  readonly unused: Decimal;
}

/** All in USD. */
export interface CommitmentTotals {
  /** What the usage would cost without any commitment. */
  readonly withoutCommitments: Decimal;
  readonly onDemandCost: Decimal;
  /** Reserved Instances and plans, used or not. */
  readonly committedCost: Decimal;
  readonly totalCost: Decimal;
}

export interface CommitmentResult {
  readonly usage: readonly CoveredUsage[];
  /** In instance-hours of the reserved type. */
  readonly reservedInstances: readonly CommitmentUse[];
  readonly instanceSavingsPlans: readonly CommitmentUse[];
  readonly computeSavingsPlans: readonly CommitmentUse[];
  readonly totals: CommitmentTotals;
}
