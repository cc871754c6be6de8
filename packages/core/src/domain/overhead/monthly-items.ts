import { MONTHLY_ITEMS } from "../workload/monthly-items.ts";
import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/** What is billed by the piece and month. */
export const monthlyItemUsage = ({ extras }: Service): Overhead =>
  overheadOf(MONTHLY_ITEMS.flatMap(({ price, field }) => usageOf(price, extras[field])));
