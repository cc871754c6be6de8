import type { Assumption, Issue } from "../issues/issue.ts";
import type { AccountedResource } from "./resource-account.ts";
import type { Service } from "./service.ts";
import type { SharedInfrastructure } from "./shared.ts";

/** Everything that runs, as one region's bill would see it; of several regions or accounts, all their parts. */
export interface Inventory {
  /** Undefined where no input names one, and where there are several. */
  readonly region?: string;
  /** Where the part of one account of several is meant. */
  readonly account?: string;
  /** Set where there are several regions or accounts: what each of them holds. Each is priced by itself. */
  readonly parts?: readonly Inventory[];
  readonly services: readonly Service[];
  readonly shared: SharedInfrastructure;
  readonly issues: readonly Issue[];
  readonly assumptions: readonly Assumption[];
  /** Every resource that plans and templates hold, and what becomes of it; absent where no input is one. */
  readonly resources?: readonly AccountedResource[];
}
