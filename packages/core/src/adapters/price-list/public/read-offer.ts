import type { CsvRecord } from "./csv-scanner.ts";
import type { ListFile } from "./file-bytes.ts";
import { addTerm, type ItemDraft, itemsOf, newDraft, type ReadItems } from "./item-drafts.ts";
import { type ColumnPlace, readTable, type TableHead, type TakeRow } from "./read-table.ts";
import { rowFilter, type WantedRows } from "./wanted-rows.ts";

/** What is kept of an offer: a service in a region. */
export interface OfferReading extends TableHead, ReadItems {}

/** Attributes that questions are asked by, as the API spells them. */
export const KEPT_ATTRIBUTES = [
  "usagetype",
  "operation",
  "regionCode",
  "location",
  "locationType",
  "fromRegionCode",
  "toRegionCode",
  "toLocationType",
  "transferType",
  "instanceType",
  "operatingSystem",
  "tenancy",
  "preInstalledSw",
  "capacitystatus",
  "licenseModel",
  "marketoption",
  "vcpu",
  "group",
  "volumeApiName",
  "storageClass",
  "accessType",
] as const;

const TERM_ATTRIBUTES = ["LeaseContractLength", "OfferingClass", "PurchaseOption"] as const;

/** Texts of their own, each once: what is cut from a piece of the file would keep the whole piece. */
const createPool = (): ((text: string) => string) => {
  const texts = new Map<string, string>();
  return (text) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
};

const namedCells = <T extends string>(names: readonly T[], place: ColumnPlace) =>
  names.map((name) => [name, place(name)] as const).filter(([, at]) => at >= 0);

const rowTaker = (
  place: ColumnPlace,
  region: string,
  { isWanted }: WantedRows,
  drafts: Map<string, ItemDraft>,
): TakeRow => {
  const pool = createPool();
  const at = Object.fromEntries(
    ["SKU", "OfferTermCode", "TermType", "StartingRange", "EndingRange", "Unit", "PricePerUnit", "Currency"].map(
      (name) => [name, place(name)],
    ),
  ) as Readonly<Record<string, number>>;
  const passes = rowFilter(isWanted, place("usageType"), place("operation"));
  const family = place("Product Family");
  const attributes = namedCells(KEPT_ATTRIBUTES, place);
  const termAttributes = namedCells(TERM_ATTRIBUTES, place);
  const hasRegion = place("regionCode") >= 0;
  const cell = (record: CsvRecord, name: string): string => record.text(at[name] ?? -1);
  const cells = (record: CsvRecord, names: readonly (readonly [string, number])[]): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const [name, column] of names) {
      const text = record.text(column);
      if (text !== "") found[name] = pool(text);
    }
    return found;
  };
  const draftOf = (record: CsvRecord): ItemDraft => {
    const sku = cell(record, "SKU");
    const known = drafts.get(sku);
    if (known !== undefined) return known;
    const own = cells(record, attributes);
    const here = hasRegion ? own : { ...own, regionCode: region };
    const draft = newDraft({ sku, productFamily: pool(record.text(family)), attributes: here });
    drafts.set(sku, draft);
    return draft;
  };
  const range = (text: string): string | undefined => (text === "" ? undefined : pool(text));
  return (record) => {
    if (!passes(record)) return;
    const kind = cell(record, "TermType");
    if (kind !== "OnDemand" && kind !== "Reserved") return;
    addTerm(draftOf(record), {
      kind,
      code: pool(cell(record, "OfferTermCode")),
      attributes: cells(record, termAttributes),
      dimension: {
        unit: pool(cell(record, "Unit")),
        beginRange: range(cell(record, "StartingRange")),
        endRange: range(cell(record, "EndingRange")),
        pricePerUnit: { [pool(cell(record, "Currency"))]: cell(record, "PricePerUnit") },
      },
    });
  };
};

/** Reads the table of a service in a region and keeps the items that matter. */
export const readOffer = async (
  file: ListFile,
  serviceCode: string,
  region: string,
  wanted: WantedRows,
  onBytes?: (count: number) => void,
): Promise<OfferReading> => {
  const drafts = new Map<string, ItemDraft>();
  const head = await readTable(file, (place) => rowTaker(place, region, wanted, drafts), onBytes);
  return { ...head, ...itemsOf(drafts.values(), serviceCode, head.publishedOn) };
};
