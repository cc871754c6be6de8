import { TERMS } from "../../../domain/pricing/purchase.ts";
import { type PlanRate, paymentOf } from "../items/plan-rate.ts";
import type { CsvRecord } from "./csv-scanner.ts";
import type { ListFile } from "./file-bytes.ts";
import { type ColumnPlace, readTable, type TableHead, type TakeRow } from "./read-table.ts";
import type { WantedRows } from "./wanted-rows.ts";

/** What is kept of the Savings Plans of a region. */
export interface PlanReading extends TableHead {
  readonly rates: readonly PlanRate[];
  /** ISO code; undefined where no rate was kept. */
  readonly currency: string | undefined;
}

const RATE = /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/;

const COMMITMENTS: Readonly<Record<string, PlanRate["commitment"]>> = {
  ComputeSavingsPlans: "compute-sp",
  EC2InstanceSavingsPlans: "instance-sp",
};

const PRODUCTS: Readonly<Record<string, PlanRate["product"]>> = { AmazonECS: "Fargate", AmazonEC2: "EC2" };

const COLUMNS = [
  "DiscountedRate",
  "Currency",
  "DiscountedServiceCode",
  "DiscountedUsageType",
  "DiscountedOperation",
  "PurchaseOption",
  "LeaseContractLength",
  "Product Family",
  "DiscountedRegionCode",
] as const;

type Cells = (name: (typeof COLUMNS)[number]) => string;

const rateOf = (cell: Cells, { offerCode, publishedOn }: TableHead): PlanRate | undefined => {
  const product = PRODUCTS[cell("DiscountedServiceCode")];
  const commitment = COMMITMENTS[cell("Product Family")];
  const term = TERMS.find((years) => String(years) === cell("LeaseContractLength").replace(/\s*y(?:ea)?rs?$/i, ""));
  const payment = paymentOf(cell("PurchaseOption"));
  const rate = cell("DiscountedRate");
  if (product === undefined || commitment === undefined || term === undefined || payment === undefined)
    return undefined;
  if (!RATE.test(rate)) return undefined;
  const origin = { asOf: publishedOn, source: `AWS public price list, ${offerCode} of ${publishedOn}` };
  return {
    ...{ product, commitment, term, payment, rate, origin },
    usageType: cell("DiscountedUsageType"),
    operation: cell("DiscountedOperation"),
  };
};

const rowTaker = (
  place: ColumnPlace,
  head: TableHead,
  region: string,
  { isWanted }: WantedRows,
  take: (rate: PlanRate, currency: string) => void,
): TakeRow => {
  const at = new Map<string, number>(COLUMNS.map((name) => [name, place(name)]));
  let record: CsvRecord;
  const cell: Cells = (name) => record.text(at.get(name) ?? -1);
  return (row) => {
    record = row;
    if (!isWanted(cell("DiscountedUsageType"), cell("DiscountedOperation"))) return;
    const itsRegion = cell("DiscountedRegionCode");
    if (itsRegion !== "" && itsRegion !== region) return;
    const rate = rateOf(cell, head);
    if (rate !== undefined) take(rate, cell("Currency"));
  };
};

/** Reads the table of Compute and EC2 Instance Savings Plans of a region and keeps the rates that matter. */
export const readPlanTable = async (
  file: ListFile,
  region: string,
  wanted: WantedRows,
  onBytes?: (count: number) => void,
): Promise<PlanReading> => {
  const rates: PlanRate[] = [];
  const origins = new Map<string, PlanRate["origin"]>();
  let currency: string | undefined;
  const take = (rate: PlanRate, its: string): void => {
    const origin = origins.get(rate.origin.source) ?? rate.origin;
    origins.set(origin.source, origin);
    rates.push({ ...rate, origin });
    currency = its;
  };
  const head = await readTable(file, (place, of) => rowTaker(place, of, region, wanted, take), onBytes);
  return { ...head, rates, currency };
};
