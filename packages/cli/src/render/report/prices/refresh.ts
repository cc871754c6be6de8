import type { Issue } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { RefreshedRegion } from "../../../prices/refresh-region.ts";
import type { Block, Cell } from "../../document/document.ts";
import { counted, percent } from "../../document/figures.ts";
import type { Result } from "../../document/result.ts";
import { unreadBlock } from "./unread.ts";

/** What a refresh of several regions did; `issues` are of regions that were not read at all. */
export interface Refresh {
  readonly regions: readonly RefreshedRegion[];
  readonly issues: readonly Issue[];
}

const NUMBER = /^\d+(?:\.\d+)?$/;
const MOST_ROWS = 30;

/** The relative change of two flat rates; tiers have none. */
const changeText = (before: string | undefined, after: string): Cell => {
  if (before === undefined) return "new";
  if (!NUMBER.test(before) || !NUMBER.test(after) || new Decimal(before).isZero()) return "";
  const share = new Decimal(after).minus(before).dividedBy(before);
  return { text: `${share.isPositive() ? "+" : ""}${percent(share)}`, tone: share.isPositive() ? "bad" : "good" };
};

const priceText = (price: string | undefined): string =>
  price === undefined ? "" : NUMBER.test(price) ? `$${price}` : price;

/** EC2 Spot prices change all the time: they are counted rather than shown. */
const isSpot = (key: string): boolean => /^ec2\/.*\/spot\/hour$/.test(key);

const moreText = (more: number, spot: number): string =>
  `And ${counted(more, "more price")}${spot === 0 ? "" : `, ${spot} of them EC2 Spot`} (--verbose, --json).`;

const blocksOf = (refreshed: RefreshedRegion, verbose: boolean): readonly Block[] => {
  const { region, changes, refused, issues, unread, read, asOf, file, previous } = refreshed;
  const steady = changes.filter(({ key }) => !isSpot(key));
  const shown = verbose ? changes : steady.slice(0, MOST_ROWS);
  const more = changes.length - shown.length;
  return [
    {
      kind: "table",
      heading: `${region}: ${counted(changes.length, "price")} of ${read} changed, as of ${asOf}`,
      columns: [
        { header: "Price", cutTo: 40 },
        { header: "Before", align: "right", cutTo: 14 },
        { header: "After", align: "right", cutTo: 14 },
        { header: "Change", align: "right" },
      ],
      rows: shown.map(({ key, before, after }) => [
        key,
        priceText(before),
        priceText(after),
        changeText(before, after),
      ]),
    },
    {
      kind: "lines",
      lines: [
        ...(more > 0 ? [moreText(more, changes.length - steady.length)] : []),
        `${changes.length === 0 ? `${region}: ${counted(read, "price")} read, none changed, as of ${asOf}. ` : ""}Saved in ${file}${previous === undefined ? "" : `, the book before in ${previous}`}.`,
      ],
    },
    {
      kind: "lines",
      heading: `Not read anew in ${region}`,
      bullets: true,
      lines: [
        ...issues.map(({ detail }) => detail),
        ...(verbose ? refused.map(({ key, detail }) => `${key}: ${detail}`) : []),
        ...(!verbose && refused.length > 0
          ? [`${counted(refused.length, "price")} that the price list does not have exactly once (--verbose)`]
          : []),
      ],
    },
    unreadBlock(`Kept as they are in ${region}`, unread),
  ];
};

const titleOf = (regions: readonly RefreshedRegion[]): string => {
  const changes = regions.reduce((sum, region) => sum + region.changes.length, 0);
  const where = regions.length === 1 ? (regions[0]?.region ?? "") : counted(regions.length, "region");
  return changes === 0 ? `No price changed in ${where}` : `${counted(changes, "price")} changed in ${where}`;
};

/** What changed. */
export const refreshResult = ({ regions, issues }: Refresh, verbose: boolean): Result => ({
  json: () => ({ schemaVersion: 1, command: "prices refresh", currency: "USD", regions, issues }),
  document: () => ({
    title: titleOf(regions),
    blocks: [
      ...regions.flatMap((region) => blocksOf(region, verbose)),
      {
        kind: "lines",
        heading: "Regions that were not read",
        bullets: true,
        lines: issues.map(({ subject, detail }) => `${subject}: ${detail}`),
      },
      { kind: "lines", lines: ["Reports use them from now on; --prices snapshot takes those that ship."] },
    ],
  }),
  sheet: () => ({
    header: ["region", "key", "before", "after"],
    rows: regions.flatMap(({ region, changes }) =>
      changes.map(({ key, before, after }) => [region, key, before ?? "", after]),
    ),
  }),
});
