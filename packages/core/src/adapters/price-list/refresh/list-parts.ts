import type { RegionBook } from "../../../domain/pricing/book.ts";
import { joinFindings } from "../book/found-prices.ts";
import type { PriceList } from "../items/price-list.ts";
import { readInstancePrices } from "../items/read-instance-prices.ts";
import { readManagementFees } from "../items/read-management-fees.ts";
import { readSavingsPlans } from "../items/read-savings-plans.ts";
import { readStatedPrices } from "../items/read-stated-prices.ts";
import { readTransferPrices } from "../items/read-transfer-prices.ts";
import type { RefreshPart } from "./refresh-book.ts";

export interface ListPartsOptions {
  /** Types whose prices are read; all of the region where it is left out. */
  readonly instanceTypes?: readonly string[] | undefined;
  /** Savings Plans rates; default true. */
  readonly savingsPlans?: boolean | undefined;
  /** Is told how many of the prices that stand alone are read. */
  readonly progress?: (done: number, all: number) => void;
}

/** What every price list of AWS tells, whichever way it is read. */
export const listParts = (
  list: PriceList,
  book: RegionBook,
  { instanceTypes, savingsPlans = true, progress }: ListPartsOptions,
): readonly RefreshPart[] => [
  {
    prices: "prices of Fargate and overheads",
    read: async () => joinFindings(await readStatedPrices(list, book, progress)),
  },
  { prices: "prices of instances", read: () => readInstancePrices(list, book, instanceTypes) },
  { prices: "fees of ECS Managed Instances", read: () => readManagementFees(list, book, instanceTypes) },
  { prices: "prices of transfer to other regions", read: () => readTransferPrices(list, book) },
  ...(savingsPlans ? [{ prices: "Savings Plans rates", read: () => readSavingsPlans(list, book) }] : []),
];
