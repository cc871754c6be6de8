import type { RegionBook } from "@ecs-cost/core";
import { parsePriceKey } from "../../../packages/core/src/domain/pricing/parsed-key.ts";
import { priceMeter } from "../../../packages/core/src/domain/pricing/price-meter.ts";
import { parseCommitment } from "../../../packages/core/src/domain/pricing/purchase.ts";
import { hashText } from "../aws-server/noise.ts";
import { type PriceItem, priceItems } from "../aws-server/price-items.ts";
import { columnsOf, PLAN_COLUMNS } from "./columns.ts";

const DISCLAIMER =
  "This pricing list is for informational purposes only. All prices are subject to the additional terms included in " +
  "the pricing pages on http://aws.amazon.com. All Free Tier prices are also subject to the terms included at " +
  "https://aws.amazon.com/free/";

/** A version of the price list, and the moment it was published. */
export interface Edition {
  readonly version: string;
  readonly published: string;
}

/** `Pre Installed S/W` and `preInstalledSw` are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Cells are quoted, empty ones are not there. */
const quoted = (cells: readonly string[]): string =>
  `${cells.map((cell) => (cell === "" ? "" : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`;

const unquoted = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;

const preamble = (line: (cells: readonly string[]) => string, { version, published }: Edition, offerCode: string) =>
  [
    ["FormatVersion", "v1.0"],
    ["Disclaimer", DISCLAIMER],
    ["Publication Date", published],
    ["Version", version],
    ["OfferCode", offerCode],
  ]
    .map(line)
    .join("");

interface Dimension {
  readonly unit: string;
  readonly beginRange?: string;
  readonly endRange?: string;
  readonly description: string;
  readonly rateCode: string;
  readonly pricePerUnit: Readonly<Record<string, string>>;
}

interface Term {
  readonly offerTermCode: string;
  readonly termAttributes: Readonly<Record<string, string>>;
  readonly priceDimensions: Readonly<Record<string, Dimension>>;
}

const cellsOfTerm = (kind: string, term: Term, dimension: Dimension): readonly (readonly [string, string])[] => {
  const [[currency = "", price = ""] = []] = Object.entries(dimension.pricePerUnit);
  return [
    ...Object.entries(term.termAttributes).map(([name, value]) => [plain(name), value] as const),
    ["offertermcode", term.offerTermCode],
    ["ratecode", dimension.rateCode],
    ["termtype", kind],
    ["pricedescription", dimension.description],
    ["effectivedate", "2026-11-01"],
    ["startingrange", dimension.beginRange ?? ""],
    ["endingrange", dimension.endRange ?? ""],
    ["unit", dimension.unit],
    ["priceperunit", price],
    ["currency", currency],
  ];
};

/** Rows of an item, one for each price of each of its terms; `places` are those of columns by their plain names. */
const rowsOf = (places: ReadonlyMap<string, number>, item: PriceItem): string => {
  const { sku, productFamily = "", attributes } = item.product;
  const own: string[] = Array.from({ length: places.size }, () => "");
  const fill = (cells: string[], name: string, value: string): void => {
    const place = places.get(name);
    if (place !== undefined) cells[place] = value;
  };
  for (const [name, value] of Object.entries({ ...attributes, sku, productFamily })) fill(own, plain(name), value);
  return Object.entries(item.terms)
    .flatMap(([kind, terms]) =>
      (Object.values(terms) as readonly Term[]).flatMap((term) =>
        Object.values(term.priceDimensions).map((dimension) => {
          const cells = [...own];
          for (const [name, value] of cellsOfTerm(kind, term, dimension)) fill(cells, name, value);
          return quoted(cells);
        }),
      ),
    )
    .join("");
};

/** The same instance in another guise: what a careless reader takes for the plain one. */
const guises = (item: PriceItem): readonly PriceItem[] => {
  const { usagetype = "", instanceType } = item.product.attributes;
  if (instanceType === undefined) return [];
  const as = (mark: string, attributes: Readonly<Record<string, string>>): PriceItem => ({
    ...item,
    terms: { OnDemand: item.terms["OnDemand"] ?? {} },
    product: {
      ...item.product,
      sku: hashText(`${item.product.sku}${mark}`).toString(36).toUpperCase().padStart(16, "1"),
      attributes: { ...item.product.attributes, ...attributes },
    },
  });
  return [
    as("w", { operatingSystem: "Windows", operation: "RunInstances:0002" }),
    as("s", { operatingSystem: "Linux", preInstalledSw: "SQL Web", operation: "RunInstances:0200" }),
    as("d", { tenancy: "Dedicated", usagetype: usagetype.replace("BoxUsage", "DedicatedUsage") }),
    as("r", { capacitystatus: "UnusedCapacityReservation", usagetype: usagetype.replace("BoxUsage", "UnusedBox") }),
  ];
};

const itemsOfBooks = new WeakMap<RegionBook, ReadonlyMap<string, readonly PriceItem[]>>();

/** Items of a book by service. */
export const itemsByService = (book: RegionBook): ReadonlyMap<string, readonly PriceItem[]> => {
  const known = itemsOfBooks.get(book) ?? Map.groupBy(priceItems(book), ({ serviceCode }) => serviceCode);
  itemsOfBooks.set(book, known);
  return known;
};

/** Items of a service in a region. */
export const itemsOfService = (book: RegionBook, serviceCode: string): readonly PriceItem[] => {
  const items = itemsByService(book).get(serviceCode) ?? [];
  return serviceCode === "AmazonEC2" ? items.flatMap((item) => [...guises(item), item]) : items;
};

/** The table of a service in a region. */
export const serviceTable = (book: RegionBook, serviceCode: string, edition: Edition): string => {
  const columns = columnsOf(serviceCode);
  const places = new Map(columns.map((column, place) => [plain(column), place]));
  const rows = itemsOfService(book, serviceCode).map((item) => rowsOf(places, item));
  return preamble(quoted, edition, serviceCode) + quoted(columns) + rows.join("");
};

const CURRENCY = "USD";

const planRow = (
  book: RegionBook,
  purchase: string,
  usageType: string,
  serviceCode: string,
  operation: string,
  rate: string,
  instanceType = "",
): string => {
  const parsed = parseCommitment(purchase);
  if (parsed === undefined) return "";
  const { commitment, term, payment } = parsed;
  const option = payment.replace(/(?:^|-)(?<letter>[a-z])/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim();
  const family = instanceType.split(".")[0] ?? "";
  const isInstance = commitment === "instance-sp";
  const name = `${term}yr${option.replaceAll(" ", "")}`;
  const sku = hashText(`${purchase}${isInstance ? family : ""}`)
    .toString(36)
    .toUpperCase()
    .padStart(16, "2");
  const discounted = hashText(`${usageType}${operation}`).toString(36).toUpperCase().padStart(16, "3");
  return unquoted([
    ...[sku, `${sku}.${discounted}`, serviceCode === "AmazonECS" ? "hours" : "Hrs", "2026-11-05T18:51:13Z", rate],
    ...[book.currency ?? CURRENCY, discounted, serviceCode, usageType, operation, option, String(term), "year"],
    ...[
      "ComputeSavingsPlans",
      isInstance ? `${book.usageTypePrefix}-EC2SP:${family}.${name}` : `ComputeSP:${name}`,
      "",
    ],
    ...[`${term} year ${option} ${isInstance ? `${family} EC2 Instance` : "Compute"} Savings Plan`],
    ...[isInstance ? family : "", isInstance ? book.name : "Any", "AWS Region", "hourly"],
    ...[isInstance ? "EC2InstanceSavingsPlans" : "ComputeSavingsPlans", book.region, instanceType],
  ]);
};

const instanceRows = (book: RegionBook): readonly string[] =>
  Object.entries(book.ec2.commitments)
    .filter(([purchase]) => parseCommitment(purchase)?.commitment.endsWith("-sp"))
    .flatMap(([purchase, rows]) =>
      Object.entries(rows).flatMap(([type, [rate]]) => {
        const { usageType } = priceMeter(`ec2/${type}/on-demand/hour`, book);
        const row = (usage: string, operation: string, at: string) =>
          planRow(book, purchase, usage, "AmazonEC2", operation, at, type);
        return [
          row(usageType, "RunInstances:0002", "9.9"),
          row(usageType, "RunInstances", rate),
          row(usageType.replace("BoxUsage", "DedicatedUsage"), "RunInstances", "8.8"),
        ];
      }),
    );

const fargateRows = (book: RegionBook): readonly string[] =>
  Object.entries(book.prices).flatMap(([key, { rate = "" }]) => {
    const parsed = parsePriceKey(key);
    if (parsed?.kind !== "fargate" || parseCommitment(parsed.purchase) === undefined) return [];
    const { usageType } = priceMeter(key, book);
    return ["AmazonEKS", "AmazonECS"].map((service) => planRow(book, parsed.purchase, usageType, service, "", rate));
  });

/** The table of Compute and EC2 Instance Savings Plans of a region. */
export const planTable = (book: RegionBook, edition: Edition): string =>
  preamble(unquoted, edition, "AmazonComputeSavingsPlan") +
  unquoted(PLAN_COLUMNS) +
  [...instanceRows(book), ...fargateRows(book)].join("");
