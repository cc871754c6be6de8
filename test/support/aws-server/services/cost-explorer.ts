import { AwsFault } from "../fault.ts";
import { hashText } from "../noise.ts";
import { pageOf } from "../paging.ts";
import { type Input, type JsonHandlers, textOf } from "../request.ts";

const ROWS = [
  ["Amazon Elastic Container Service", "EU-Fargate-vCPU-Hours:perCPU", "Hrs"],
  ["Amazon Elastic Container Service", "EU-Fargate-GB-Hours", "Hrs"],
  ["EC2 - Other", "EU-NatGateway-Hours", "Hrs"],
  ["EC2 - Other", "EU-NatGateway-Bytes", "GB"],
  ["AmazonCloudWatch", "EU-DataProcessing-Bytes", "GB"],
  ["Amazon Virtual Private Cloud", "EU-VpcEndpoint-Hours", "Hrs"],
  ["Tax", "NoUsageType", "N/A"],
] as const;

const money = (text: string): string => ((hashText(text) % 10_000_000) / 10_000).toFixed(10);

const getCostAndUsage = (input: Input) => {
  const period = input["TimePeriod"] as { Start?: string; End?: string } | undefined;
  const groups = (input["GroupBy"] ?? []) as unknown[];
  if (period?.Start === undefined || period.End === undefined)
    throw new AwsFault("ValidationException", "TimePeriod is required");
  if (groups.length > 2) throw new AwsFault("ValidationException", "At most 2 groups are allowed");
  const { items, next } = pageOf(ROWS, 3, textOf(input, "NextPageToken"));
  return {
    GroupDefinitions: groups,
    DimensionValueAttributes: [],
    ResultsByTime: [
      {
        TimePeriod: period,
        Total: {},
        Estimated: false,
        Groups: items.map(([service, usageType, unit]) => ({
          Keys: [service, usageType],
          Metrics: {
            UnblendedCost: { Amount: money(`${usageType}${period.Start}`), Unit: "USD" },
            UsageQuantity: { Amount: money(`${usageType}${period.Start}quantity`), Unit: unit },
          },
        })),
      },
    ],
    NextPageToken: next,
  };
};

/** Operations of Cost Explorer that read. */
export const costExplorerHandlers: JsonHandlers = { GetCostAndUsage: getCostAndUsage };
