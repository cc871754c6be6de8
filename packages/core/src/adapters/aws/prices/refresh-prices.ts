import type { RegionBook } from "../../../domain/pricing/book.ts";
import { listParts } from "../../price-list/refresh/list-parts.ts";
import { type RefreshedBook, type RefreshPart, refreshBook } from "../../price-list/refresh/refresh-book.ts";
import { endsEverything } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { apiPriceList } from "./api-price-list.ts";
import { FARGATE_SPOT_FEED, type FetchText, readFargateSpot } from "./fargate-spot-feed.ts";
import { readSpotPrices } from "./read-spot-prices.ts";

export type { RefreshedBook } from "../../price-list/refresh/refresh-book.ts";

export interface RefreshOptions {
  /** Types whose prices are read; all of the region where it is left out. */
  readonly instanceTypes?: readonly string[];
  /** Savings Plans rates; default true. */
  readonly savingsPlans?: boolean;
  /** EC2 Spot prices; default true. */
  readonly spot?: boolean;
  /** The undocumented feed of Fargate Spot prices: its URL, or false (the default) to leave it out. */
  readonly fargateSpotFeed?: string | false;
  readonly fetchText?: FetchText;
  /** Region of the Price List API: us-east-1 (the default), eu-central-1 or ap-south-1. */
  readonly pricingRegion?: string;
}

const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

const fargateSpotPart = (region: string, readOn: string, url: string, fetchText?: FetchText): RefreshPart => ({
  prices: "Fargate Spot prices",
  read: () => readFargateSpot(region, readOn, url, fetchText),
});

const instanceSpotPart = (aws: Aws, { region, ec2 }: RegionBook, types: RefreshOptions["instanceTypes"]) => ({
  prices: "Spot prices",
  read: () => readSpotPrices(aws, region, types ?? Object.keys(ec2.onDemand), isoDay(aws.timing.now())),
});

/** Spot prices, which no price list has: those of instances take ec2:DescribeSpotPriceHistory. */
export const spotParts = (
  aws: Aws,
  book: RegionBook,
  wanted: { readonly spot: boolean; readonly fargateSpotFeed: boolean },
): readonly RefreshPart[] => [
  ...(wanted.spot ? [instanceSpotPart(aws, book, undefined)] : []),
  ...(wanted.fargateSpotFeed ? [fargateSpotPart(book.region, isoDay(aws.timing.now()), FARGATE_SPOT_FEED)] : []),
];

/**
 * Reads the prices of a book's region anew. Each price has to be exactly one item of the price list, otherwise it is
 * refused with what was found and the book keeps what it had. Actions: pricing:GetProducts,
 * savingsplans:DescribeSavingsPlansOfferingRates, ec2:DescribeSpotPriceHistory.
 *
 * @throws {BorderError} where not one part could be read, or the credentials have expired.
 */
export const refreshPrices = async (
  aws: Aws,
  shipped: RegionBook,
  options: RefreshOptions = {},
): Promise<RefreshedBook> => {
  const { region } = shipped;
  const { instanceTypes, savingsPlans, pricingRegion, fargateSpotFeed: feed = false } = options;
  const today = isoDay(aws.timing.now());
  const progress = (done: number, dimensions: number): void =>
    aws.observe({ code: "prices-progress", region, done, dimensions });
  const parts = [
    ...listParts(apiPriceList(aws, today, pricingRegion), shipped, { instanceTypes, savingsPlans, progress }),
    ...((options.spot ?? true) ? [instanceSpotPart(aws, shipped, instanceTypes)] : []),
    ...(feed === false ? [] : [fargateSpotPart(region, today, feed, options.fetchText)]),
  ];
  return refreshBook(shipped, parts, endsEverything);
};
