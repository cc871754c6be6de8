import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { RegionBook } from "../../../domain/pricing/book.ts";
import { type UnreadPrice, unreadPrices } from "../../../domain/pricing/unread-prices.ts";
import { endsEverything } from "../client/aws-error.ts";
import { awsIssue } from "../client/aws-issue.ts";
import type { Aws } from "../client/open-aws.ts";
import { type FetchText, readFargateSpot } from "./fargate-spot-feed.ts";
import { joinFindings, NO_FINDINGS, type PriceFindings, type RefusedPrice } from "./found-prices.ts";
import { mergeBook, type PriceChange } from "./merge-book.ts";
import { readInstancePrices } from "./read-instance-prices.ts";
import { readManagementFees } from "./read-management-fees.ts";
import { readSavingsPlans } from "./read-savings-plans.ts";
import { readSpotPrices } from "./read-spot-prices.ts";
import { readStatedPrices } from "./read-stated-prices.ts";
import { readTransferPrices } from "./read-transfer-prices.ts";

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

/** A book with today's prices, what changed, and what could not be taken. */
export interface RefreshedBook {
  readonly book: RegionBook;
  readonly changes: readonly PriceChange[];
  /** Prices that are not exactly one item: the book keeps what it had. */
  readonly refused: readonly RefusedPrice[];
  /** Keys without a price at AWS and in the book. */
  readonly absent: readonly string[];
  /** Prices that AWS was not asked for, or has none of its own for: they stay as they are. By key. */
  readonly unread: readonly UnreadPrice[];
  /** Prices that were read. */
  readonly read: number;
  /** Parts that AWS did not give. */
  readonly issues: readonly Issue[];
}

const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** A part that is denied or fails costs only itself. */
const part = async (
  region: string,
  issues: Issue[],
  missing: string,
  read: () => Promise<PriceFindings>,
): Promise<PriceFindings> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BorderError) || error.source !== "aws" || endsEverything(error)) throw error;
    issues.push(awsIssue(error, region, `${missing} stay as they are`));
    return NO_FINDINGS;
  }
};

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
  const { instanceTypes, pricingRegion, fargateSpotFeed: feed = false } = options;
  const today = isoDay(aws.timing.now());
  const issues: Issue[] = [];
  const none = async (): Promise<PriceFindings> => NO_FINDINGS;
  const wantsSpot = options.spot ?? true;
  const wantsPlans = options.savingsPlans ?? true;
  const readSpot = () => readSpotPrices(aws, region, instanceTypes ?? Object.keys(shipped.ec2.onDemand), today);
  const parts = await Promise.all([
    part(region, issues, "prices of Fargate and overheads", async () =>
      joinFindings(await readStatedPrices(aws, shipped, pricingRegion)),
    ),
    part(region, issues, "prices of instances", () => readInstancePrices(aws, region, instanceTypes, pricingRegion)),
    part(region, issues, "fees of ECS Managed Instances", () =>
      readManagementFees(aws, shipped, instanceTypes, pricingRegion),
    ),
    part(region, issues, "prices of transfer to other regions", () => readTransferPrices(aws, shipped, pricingRegion)),
    part(region, issues, "Savings Plans rates", wantsPlans ? () => readSavingsPlans(aws, shipped, today) : none),
    part(region, issues, "Spot prices", wantsSpot ? readSpot : none),
    part(
      region,
      issues,
      "Fargate Spot prices",
      feed === false ? none : () => readFargateSpot(region, today, feed, options.fetchText),
    ),
  ]);
  const { found, refused, absent, unread = [] } = joinFindings(parts);
  if (found.length === 0 && issues.length > 0) throw nothingRead(region, issues);
  const merged = mergeBook(shipped, found);
  return {
    ...merged,
    refused: [...refused].sort((a, b) => (a.key < b.key ? -1 : 1)),
    absent: [...absent].sort(),
    unread: [...unreadPrices(shipped), ...unread].sort((a, b) => (a.key < b.key ? -1 : 1)),
    read: found.length,
    issues: issues.sort((a, b) => (a.detail < b.detail ? -1 : 1)),
  };
};

const nothingRead = (region: string, issues: readonly Issue[]): BorderError =>
  new BorderError(`no price of ${region} could be read: ${issues.map(({ detail }) => detail).join("; ")}`, {
    code: issues.some(({ code }) => code === "access-denied") ? "access-denied" : "not-reached",
    source: "aws",
    hint: "Use the prices that ship with the program (--prices snapshot), or a price file of your own.",
  });
