import { Decimal } from "../units/decimal.ts";
import type { MeteredResource } from "../workload/shared.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/** Quantities of resources that are billed by one price, each labelled with its address. */
export const resourceUsage = (resources: readonly MeteredResource[] | undefined, hours: Decimal): Overhead =>
  overheadOf(
    (resources ?? []).flatMap(({ key, quantity, per, address }) =>
      usageOf(key, new Decimal(quantity).times(per === "hour" ? hours : 1), address),
    ),
  );
