import {
  currencyOf,
  type Price,
  type PriceAnswer,
  type PriceCatalogue,
  type PriceNeed,
  type PriceTier,
  type RegionBook,
  type RegionSummary,
  type UnreadPrice,
} from "@ecs-cost/core";
import { usageError } from "../../../program/usage-error.ts";
import type { Block, Cell, TableBlock } from "../../document/document.ts";
import { counted } from "../../document/figures.ts";
import type { Result } from "../../document/result.ts";
import { unreadBlock } from "./unread.ts";

/** The usage error for a question that names no price. */
export const unknownPrice = ({ query, nearest }: Extract<PriceAnswer, { kind: "unknown" }>): Error =>
  usageError(
    `there is no price or instance type ${query}`,
    nearest.length === 0 ? "ecs-cost prices list PATTERN finds keys." : `Nearest: ${nearest.join(", ")}.`,
  );

type Found = Exclude<PriceAnswer, { kind: "unknown" }>;

/** Prices of a region with where they come from. */
export const pricesResult = (command: string, catalogue: PriceCatalogue, answer: Found, sources: boolean): Result => {
  const { prices, missing } = answer;
  const { region, source, asOf } = catalogue;
  const specifications = answer.kind === "instance-type" ? answer.specifications : undefined;
  const band = answer.kind === "instance-type" ? answer.spotInterruptionBand : undefined;
  return {
    json: () => ({
      schemaVersion: 1,
      command,
      region,
      currency: "USD",
      prices: { source, asOf },
      ...(specifications === undefined ? {} : { instanceType: specifications }),
      ...(band === undefined ? {} : { spotInterruptionBand: band }),
      items: prices,
      missing,
    }),
    document: () => ({
      title: `${counted(prices.length, "price")} in ${region}, as of ${asOf} (${source})`,
      blocks: [
        ...typeBlocks(specifications, band),
        pricesTable(prices),
        ...(sources ? [sourcesBlock(prices)] : []),
        {
          kind: "lines",
          heading: "No price in this region",
          bullets: true,
          lines: sources ? missing : [],
        },
      ],
    }),
    sheet: () => ({
      header: ["key", "from", "to", "rate", "unit", "usageType", "serviceCode", "asOf", "source"],
      rows: prices.flatMap(({ key, tiers, unit, usageType, serviceCode, asOf: of, source: from }) =>
        tiers.map((tier) => [key, tier.from, tier.to ?? "", tier.rate, unit, usageType, serviceCode, of, from]),
      ),
    }),
  };
};

/** The same question answered in several regions. */
export const pricesOfRegions = (
  answers: readonly { readonly catalogue: PriceCatalogue; readonly answer: Found }[],
  notInUsd: readonly RegionBook[],
  source: string,
): Result => {
  const others = notInUsd.map((book) => `${book.region} (${currencyOf(book)})`);
  const items = answers.flatMap(({ catalogue: { region }, answer }) =>
    answer.prices.map((price) => ({ region, ...price })),
  );
  const without = answers.filter(({ answer }) => answer.prices.length === 0).map(({ catalogue }) => catalogue.region);
  return {
    json: () => ({
      schemaVersion: 1,
      command: "prices show",
      currency: "USD",
      prices: { source },
      items,
      without,
      notInUsd: others,
    }),
    document: () => ({
      title: `${counted(items.length, "price")} in ${counted(answers.length - without.length, "region")} (${source})`,
      blocks: [
        {
          kind: "table",
          columns: [{ header: "Region" }, ...PRICE_COLUMNS],
          rows: items.flatMap((price) => price.tiers.map((tier): Cell[] => [price.region, ...priceCells(price, tier)])),
        },
        { kind: "lines", heading: "No price", lines: without.length === 0 ? [] : [without.join(", ")] },
        { kind: "lines", heading: "Not in USD", lines: others.length === 0 ? [] : [others.join(", ")] },
      ],
    }),
    sheet: () => ({
      header: ["region", "key", "from", "to", "rate", "unit", "usageType", "serviceCode", "asOf", "source"],
      rows: items.flatMap(({ region, key, tiers, unit, usageType, serviceCode, asOf, source: from }) =>
        tiers.map((tier) => [
          region,
          key,
          tier.from,
          tier.to ?? "",
          tier.rate,
          unit,
          usageType,
          serviceCode,
          asOf,
          from,
        ]),
      ),
    }),
  };
};

const PRICE_COLUMNS: TableBlock["columns"] = [
  { header: "Key", cutTo: 40 },
  { header: "USD", align: "right" },
  { header: "per" },
  { header: "Tier", align: "right" },
  { header: "As of" },
];

const priceCells = ({ key, unit, asOf, tiers }: Price, { rate, from, to }: PriceTier): Cell[] => [
  key,
  rate,
  unit,
  tiers.length === 1 ? "" : `${from} to ${to ?? "any"}`,
  asOf,
];

const BANDS = ["under 5%", "5 to 10%", "10 to 15%", "15 to 20%", "over 20%"] as const;

const typeBlocks = (
  type: Extract<Found, { kind: "instance-type" }>["specifications"],
  band: number | undefined,
): readonly Block[] => {
  if (type === undefined) return [];
  const traits = [
    `${type.vcpu} vCPU`,
    `${type.memoryMiB / 1024} GiB`,
    type.architecture,
    ...(type.gpuCount > 0 ? [`${counted(type.gpuCount, "GPU")} (${type.gpuName})`] : []),
    ...(type.burstable ? ["burstable"] : []),
    ...(type.previousGeneration ? ["previous generation"] : []),
    `${type.maxEnis} network interfaces${type.trunking ? `, ${type.branchEnis} more for tasks with trunking` : ""}`,
    ...(band === undefined ? [] : [`Spot interrupts ${BANDS[band] ?? "an unknown share"} a month`]),
  ];
  return [{ kind: "lines", lines: [`${type.name}: ${traits.join(", ")}`] }];
};

/** Tiers have a column only where some price has several. */
const pricesTable = (prices: readonly Price[]): TableBlock => {
  const tiered = prices.some(({ tiers }) => tiers.length > 1);
  const tierOf = ({ tiers }: Price, { from, to }: PriceTier): string =>
    tiers.length === 1 ? "" : `${from} to ${to ?? "any"}`;
  return {
    kind: "table",
    columns: [
      { header: "Key", cutTo: 40 },
      { header: "USD", align: "right" },
      { header: "per" },
      ...(tiered ? [{ header: "Tier", align: "right" } as const] : []),
      { header: "Usage type", cutTo: 8 },
      { header: "As of" },
    ],
    rows: prices.flatMap((price) =>
      price.tiers.map((tier): Cell[] => [
        price.key,
        tier.rate,
        price.unit,
        ...(tiered ? [tierOf(price, tier)] : []),
        price.usageType,
        price.asOf,
      ]),
    ),
  };
};

const sourcesBlock = (prices: readonly Price[]): Block => ({
  kind: "lines",
  heading: "Sources",
  bullets: true,
  lines: [
    ...new Set(
      prices.map(({ source, assumption }) =>
        assumption === undefined ? source : `${source} (${assumption.code}: ${assumption.detail})`,
      ),
    ),
  ],
});

/** Regions of a price book with the age and completeness of their prices. */
export const regionsResult = (
  regions: readonly RegionSummary[],
  source: string,
  unread: readonly UnreadPrice[],
): Result => ({
  json: () => ({ schemaVersion: 1, command: "prices list", currency: "USD", prices: { source }, regions, unread }),
  document: () => ({
    title: `Prices of ${counted(regions.length, "region")} (${source})`,
    blocks: [
      {
        kind: "table",
        columns: [
          { header: "Region" },
          { header: "Name", cutTo: 10 },
          { header: "Fargate", align: "right" },
          { header: "Spot", align: "right" },
          { header: "Plans", align: "right" },
          { header: "EC2 types", align: "right" },
          { header: "Overheads", align: "right" },
          { header: "Dates" },
        ],
        rows: regions.map((summary) => [
          summary.region,
          summary.name,
          share(summary, "fargate-x86_64", "fargate-arm64", "fargate-windows"),
          share(summary, "fargate-spot-x86_64", "fargate-spot-arm64"),
          share(summary, "fargate-compute-sp"),
          share(summary, "ec2-on-demand"),
          share(summary, "overheads"),
          spanOf(summary),
        ]),
      },
      {
        kind: "lines",
        lines: [
          {
            text: "Present of possible prices, EC2 types of those that the region is known to have. prices list PATTERN --region REGION shows them.",
            tone: "faint",
          },
        ],
      },
      {
        kind: "lines",
        heading: "Families with a rate on demand only, newer than Spot and commitments",
        lines: familyLines(regions),
      },
      unreadBlock("Prices that prices refresh keeps as they are", unread),
    ],
  }),
  sheet: () => ({
    header: ["region", "name", "group", "present", "total", "oldest", "newest"],
    rows: regions.flatMap(({ region, name, groups, oldest, asOf }) =>
      groups.map(({ group, present, total }) => [region, name, group, String(present), String(total), oldest, asOf]),
    ),
  }),
});

/** Only of a region that was asked for: over all regions the list says nothing. */
const familyLines = ([region, other]: readonly RegionSummary[]): readonly string[] =>
  region === undefined || other !== undefined || region.onDemandOnly.length === 0
    ? []
    : [region.onDemandOnly.join(", ")];

/** Oldest date first: a book is as good as its oldest price. */
const spanOf = ({ oldest, asOf, undated }: RegionSummary): string =>
  `${oldest === asOf ? asOf : `${oldest} to ${asOf}`}${undated === 0 ? "" : `, ${undated} undated`}`;

const share = ({ groups }: RegionSummary, ...names: readonly string[]): string => {
  const chosen = groups.filter(({ group }) => names.includes(group));
  const sum = (field: "present" | "total"): number => chosen.reduce((total, group) => total + group[field], 0);
  return `${sum("present")}/${sum("total")}`;
};

const REMEDIES = {
  derivable: "--estimate-missing derives it",
  missing: "ecs-cost prices refresh, or --set-price",
} as const;

const toldOf = ({ state, assumptions, derivable }: PriceNeed): string => {
  if (state === "missing") return derivable === true ? REMEDIES.derivable : REMEDIES.missing;
  return (assumptions ?? []).join(", ");
};

/** What an inventory needs of the price book, and what of it is missing, derived or old. */
export const needsResult = (needs: readonly PriceNeed[], { region, source, asOf }: PriceCatalogue): Result => {
  const missing = needs.filter(({ state }) => state === "missing");
  return {
    json: () => ({
      schemaVersion: 1,
      command: "prices doctor",
      region,
      currency: "USD",
      prices: { source, asOf },
      complete: missing.length === 0,
      needs,
    }),
    document: () => ({
      title: `${counted(needs.length, "price")} needed in ${region}, ${missing.length} of them missing (${source})`,
      blocks: [
        {
          kind: "table",
          columns: [
            { header: "Key", cutTo: 40 },
            { header: "State" },
            { header: "USD", align: "right" },
            { header: "per" },
            { header: "As of" },
            { header: "Good to know", cutTo: 20 },
          ],
          rows: needs.map((need): Cell[] => [
            need.key,
            need.state === "missing" ? { text: need.state, tone: "bad" } : need.state,
            need.rate ?? "",
            need.unit ?? "",
            need.asOf ?? "",
            toldOf(need),
          ]),
        },
      ],
    }),
    sheet: () => ({
      header: ["key", "state", "rate", "unit", "asOf", "assumptions"],
      rows: needs.map(({ key, state, rate, unit, asOf: date, assumptions }) => [
        key,
        state,
        rate ?? "",
        unit ?? "",
        date ?? "",
        (assumptions ?? []).join(" "),
      ]),
    }),
  };
};
