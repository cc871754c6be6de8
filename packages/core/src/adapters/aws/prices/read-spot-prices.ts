import type { SpotPrice } from "@aws-sdk/client-ec2";
import { ec2Key } from "../../../domain/pricing/price-key.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { joinFindings, type PriceFindings } from "../../price-list/book/found-prices.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { allPages, inChunks } from "../client/paged.ts";

const SPOT_HISTORY = "ec2:DescribeSpotPriceHistory";
const DERIVED_PLACES = 12;
/** Types that are asked for together. */
const MOST_TYPES = 100;

/** Prices at the moment: AWS gives the last change of each zone before the start as well. */
const readHistory = async (
  aws: Aws,
  region: string,
  instanceTypes: readonly string[],
): Promise<readonly SpotPrice[]> => {
  const call: AwsCall = { action: SPOT_HISTORY, region };
  const client = await aws.clients.ec2(region);
  const { DescribeSpotPriceHistoryCommand } = await import("@aws-sdk/client-ec2");
  const now = new Date(aws.timing.now());
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const command = new DescribeSpotPriceHistoryCommand({
      InstanceTypes: [...instanceTypes] as NonNullable<SpotPrice["InstanceType"]>[],
      ProductDescriptions: ["Linux/UNIX"],
      StartTime: now,
      EndTime: now,
      MaxResults: 1000,
      NextToken,
    });
    const page = await client.send(command, { abortSignal });
    const isPrice = ({ SpotPrice: price, Timestamp: time }: SpotPrice): boolean =>
      /^\d+(?:\.\d+)?$/.test(price ?? "") && time instanceof Date && !Number.isNaN(time.getTime());
    if (!(page.SpotPriceHistory ?? []).every(isPrice)) throw malformedAnswer(call, "a price is no decimal");
    return { items: page.SpotPriceHistory, next: page.NextToken };
  });
};

const latestOfZones = (prices: readonly SpotPrice[]): readonly Decimal[] => {
  const zones = Map.groupBy(prices, ({ AvailabilityZone = "" }) => AvailabilityZone);
  return [...zones.values()].flatMap((ofZone) => {
    const [latest] = [...ofZone].sort((a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0));
    return latest?.SpotPrice === undefined ? [] : [new Decimal(latest.SpotPrice)];
  });
};

const findingsOf = (instanceType: string, prices: readonly SpotPrice[], readOn: string): PriceFindings => {
  const latest = latestOfZones(prices);
  if (latest.length === 0) return { found: [], refused: [], absent: [ec2Key(instanceType, "spot")] };
  const mean = latest.reduce((sum, price) => sum.plus(price), new Decimal(0)).dividedBy(latest.length);
  const source = "EC2 DescribeSpotPriceHistory, mean of the zones";
  return {
    found: [
      {
        kind: "spot",
        instanceType,
        rate: mean.toDecimalPlaces(DERIVED_PLACES).toFixed(),
        zones: latest.map((price) => price.toFixed()),
        origin: { asOf: readOn, source },
      },
    ],
    refused: [],
    absent: [],
  };
};

/** Spot prices of instance types: the mean over the zones of the region. Action: ec2:DescribeSpotPriceHistory. */
export const readSpotPrices = async (
  aws: Aws,
  region: string,
  instanceTypes: readonly string[],
  readOn: string,
): Promise<PriceFindings> => {
  if (instanceTypes.length === 0) return joinFindings([]);
  const prices = await inChunks([...instanceTypes].sort(), MOST_TYPES, (chunk) => readHistory(aws, region, chunk));
  const groups = Map.groupBy(prices, ({ InstanceType = "" }) => String(InstanceType));
  return joinFindings([...instanceTypes].sort().map((type) => findingsOf(type, groups.get(type) ?? [], readOn)));
};
