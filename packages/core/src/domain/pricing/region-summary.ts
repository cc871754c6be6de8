import type { RegionBook } from "./book.ts";
import { newestDate } from "./newest-date.ts";
import { OVERHEAD_KEYS } from "./overhead-key.ts";
import { type FargatePriceKey, fixedPriceKeys, parsePriceKey } from "./parsed-key.ts";
import type { InstanceType, PriceKey } from "./price.ts";
import { FARGATE_EPHEMERAL_KEY } from "./price-key.ts";
import { parseCommitment } from "./purchase.ts";

/** How many prices of a group the book has, of those that could be there. */
export interface PriceGroup {
  /** Stable name, for example `fargate-arm64`, `ec2-on-demand`, `overheads`. */
  readonly group: string;
  readonly present: number;
  readonly total: number;
}

/** What the price book knows about one region. */
export interface RegionSummary {
  readonly region: string;
  readonly name: string;
  readonly usageTypePrefix: string;
  readonly partition: string;
  /** Date of the oldest fact, `undated` where none has one. */
  readonly oldest: string;
  /** Date of the newest fact, `undated` where none has one. */
  readonly asOf: string;
  /** Facts whose document states no date. */
  readonly undated: number;
  readonly groups: readonly PriceGroup[];
  /** Families of instances with a rate on demand and neither Spot nor a commitment, sorted. */
  readonly onDemandOnly: readonly string[];
}

/** Completeness and age of one region's prices; instance types are counted against those that any price of the region names. */
export const summarizeRegion = (book: RegionBook, instanceTypes: readonly InstanceType[]): RegionSummary => {
  const { region, name, usageTypePrefix, partition, origins } = book;
  const dates = origins.map((origin) => origin.asOf);
  const dated = dates.filter((asOf) => asOf !== "undated").sort();
  return {
    region,
    name,
    usageTypePrefix,
    partition,
    oldest: dated[0] ?? "undated",
    asOf: newestDate(origins),
    undated: undatedFacts(book),
    groups: [
      ...fargateGroups(book),
      ...instanceGroups(book, instanceTypes),
      keyGroup("overheads", OVERHEAD_KEYS, book),
    ],
    onDemandOnly: onDemandOnly(book),
  };
};

const keyGroup = (group: string, keys: readonly PriceKey[], book: RegionBook): PriceGroup => ({
  group,
  present: keys.filter((key) => Object.hasOwn(book.prices, key)).length,
  total: keys.length,
});

const GROUPS_OF_FARGATE: readonly (readonly [group: string, has: (key: FargatePriceKey) => boolean])[] = [
  ["fargate-x86_64", (key) => key.purchase === "on-demand" && key.os === "linux" && key.architecture === "x86_64"],
  ["fargate-arm64", (key) => key.purchase === "on-demand" && key.architecture === "arm64"],
  ["fargate-windows", (key) => key.purchase === "on-demand" && key.os === "windows"],
  ["fargate-spot-x86_64", (key) => key.purchase === "spot" && key.os === "linux" && key.architecture === "x86_64"],
  ["fargate-spot-arm64", (key) => key.purchase === "spot" && key.architecture === "arm64"],
  ["fargate-compute-sp", (key) => parseCommitment(key.purchase) !== undefined && key.os === "linux"],
];

const fargateGroups = (book: RegionBook): readonly PriceGroup[] => {
  const keys = fixedPriceKeys().map((key) => ({ key, parsed: parsePriceKey(key) }));
  const groups = GROUPS_OF_FARGATE.map(([group, has]) => {
    const own = keys.filter(({ parsed }) => parsed?.kind === "fargate" && has(parsed)).map(({ key }) => key);
    return keyGroup(group, own, book);
  });
  return [...groups, keyGroup("fargate-ephemeral", [FARGATE_EPHEMERAL_KEY], book)];
};

const instanceGroups = ({ ec2 }: RegionBook, instanceTypes: readonly InstanceType[]): readonly PriceGroup[] => {
  const tables = [ec2.onDemand, ec2.spot, ...Object.values(ec2.commitments)];
  const offered = instanceTypes
    .map(({ name }) => name)
    .filter((name) => tables.some((rows) => Object.hasOwn(rows, name)));
  const counted = (group: string, has: (name: string) => boolean): PriceGroup => ({
    group,
    present: offered.filter(has).length,
    total: offered.length,
  });
  const reserved = Object.entries(ec2.commitments)
    .filter(([purchase]) => parseCommitment(purchase)?.commitment.endsWith("-ri"))
    .map(([, rows]) => rows);
  return [
    counted("ec2-on-demand", (name) => Object.hasOwn(ec2.onDemand, name)),
    counted("ec2-spot", (name) => Object.hasOwn(ec2.spot, name)),
    counted("ec2-reserved", (name) => reserved.some((rows) => Object.hasOwn(rows, name))),
  ];
};

/** Families with a rate on demand and neither Spot nor a commitment, mostly newer than those tables. */
const onDemandOnly = ({ ec2 }: RegionBook): readonly string[] => {
  const familiesOf = (rows: object): string[] => Object.keys(rows).map((name) => name.split(".")[0] ?? "");
  const otherwise = new Set([ec2.spot, ...Object.values(ec2.commitments)].flatMap(familiesOf));
  return [...new Set(familiesOf(ec2.onDemand))].filter((family) => !otherwise.has(family)).sort();
};

const undatedFacts = ({ origins, prices, ec2 }: RegionBook): number => {
  const isUndated = (place: number): boolean => origins[place]?.asOf === "undated";
  const commitments = Object.values(ec2.commitments).flatMap((rows) => Object.values(rows));
  return [
    ...Object.values(prices).map((price) => price.origin),
    ...Object.values(ec2.onDemand).map((row) => row[1]),
    ...Object.values(ec2.spot).map((row) => row[2]),
    ...Object.values(ec2.managedInstancesFees ?? {}).map((row) => row[1]),
    ...commitments.map((row) => row[1]),
  ].filter(isUndated).length;
};
