import type { Assumption, Issue } from "../issues/issue.ts";
import type { AccountedResource } from "./resource-account.ts";
import type { Service } from "./service.ts";
import type { SharedInfrastructure } from "./shared.ts";

/** Everything that runs, as one region's bill would see it. */
export interface Inventory {
  /** Undefined where no input names one. */
  readonly region?: string;
  readonly services: readonly Service[];
  readonly shared: SharedInfrastructure;
  readonly issues: readonly Issue[];
  readonly assumptions: readonly Assumption[];
  /** Every resource that plans and templates hold, and what becomes of it; absent where no input is one. */
  readonly resources?: readonly AccountedResource[];
}
