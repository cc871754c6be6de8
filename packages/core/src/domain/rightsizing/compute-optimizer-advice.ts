import type { EpochSeconds } from "../demand/timestamp.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";

/** What AWS Compute Optimizer recommends for a service, out of its API or an export of it. */
export interface ComputeOptimizerAdvice {
  /** `cluster/name`, out of the ARN. */
  readonly service: string;
  readonly account: string | null;
  readonly region: string | null;
  /** `Optimized`, `Underprovisioned` or `Overprovisioned`; null where there is none. */
  readonly finding: string | null;
  /** `CPUOverprovisioned` and the like. */
  readonly reasonCodes: readonly string[];
  /** The size that it looked at, and the first that it recommends; CPU units and MiB. */
  readonly current: TaskSize | null;
  readonly recommended: TaskSize | null;
  /** What it says is saved in a month, as it writes it, and in which currency. */
  readonly monthlySaving: string | null;
  readonly currency: string | null;
  readonly lookbackDays: number | null;
  readonly refreshed: EpochSeconds | null;
  /** Target tracking that it saw, `TARGET_TRACKING_SCALING_CPU` or `..._MEMORY`: it says nothing on that dimension. */
  readonly scaling: string | null;
}
