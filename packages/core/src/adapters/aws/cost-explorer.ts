import type { Group, ResultByTime } from "@aws-sdk/client-cost-explorer";
import type { BilledUsage, CostSource } from "../../ports/cost-source.ts";
import { type AwsCall, malformedAnswer } from "./aws-error.ts";
import type { Aws } from "./open-aws.ts";
import { allPages } from "./paged.ts";

/** Cost Explorer answers in one region only. */
const COST_EXPLORER_REGION = "us-east-1";
const GET_COST = "ce:GetCostAndUsage";

const COST = "UnblendedCost";
const QUANTITY = "UsageQuantity";

const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const rowOf = (
  call: AwsCall,
  { TimePeriod, Estimated }: ResultByTime,
  { Keys = [], Metrics = {} }: Group,
): BilledUsage => {
  const [service, usageType] = Keys;
  const cost = Metrics[COST]?.Amount;
  const quantity = Metrics[QUANTITY]?.Amount;
  const texts = [service, usageType, TimePeriod?.Start, TimePeriod?.End];
  if (texts.some((text) => typeof text !== "string") || !DECIMAL.test(cost ?? "") || !DECIMAL.test(quantity ?? "")) {
    throw malformedAnswer(call, "a row has no service, usage type, cost or quantity");
  }
  return {
    from: TimePeriod?.Start ?? "",
    to: TimePeriod?.End ?? "",
    service: service ?? "",
    usageType: usageType ?? "",
    cost: cost ?? "",
    quantity: quantity ?? "",
    unit: Metrics[QUANTITY]?.Unit ?? "",
    estimated: Estimated === true,
  };
};

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface CostExplorerOptions {
  /** Default `MONTHLY`. */
  readonly granularity?: "DAILY" | "MONTHLY";
  /** Only these values of RECORD_TYPE, for example `Usage`; default all. */
  readonly recordTypes?: readonly string[];
}

/** Cost Explorer as a source of the bill; AWS charges $0.01 for each page. Action: ce:GetCostAndUsage. */
export const costExplorer = (aws: Aws, options: CostExplorerOptions = {}): CostSource => ({
  read: async (from, to) => {
    const call: AwsCall = { action: GET_COST, region: COST_EXPLORER_REGION };
    const client = await aws.clients.costExplorer(COST_EXPLORER_REGION);
    const { GetCostAndUsageCommand } = await import("@aws-sdk/client-cost-explorer");
    const filter =
      options.recordTypes === undefined
        ? {}
        : { Filter: { Dimensions: { Key: "RECORD_TYPE" as const, Values: [...options.recordTypes] } } };
    const rows = await allPages(aws, call, (NextPageToken) => async (abortSignal) => {
      const command = new GetCostAndUsageCommand({
        TimePeriod: { Start: from, End: to },
        Granularity: options.granularity ?? "MONTHLY",
        Metrics: [COST, QUANTITY],
        GroupBy: [
          { Type: "DIMENSION", Key: "SERVICE" },
          { Type: "DIMENSION", Key: "USAGE_TYPE" },
        ],
        ...filter,
        NextPageToken,
      });
      const page = await client.send(command, { abortSignal });
      const items = (page.ResultsByTime ?? []).flatMap((time) =>
        (time.Groups ?? []).map((group) => rowOf(call, time, group)),
      );
      return { items, next: page.NextPageToken };
    });
    return [...rows].sort(
      (a, b) =>
        byCodeUnits(a.from, b.from) || byCodeUnits(a.service, b.service) || byCodeUnits(a.usageType, b.usageType),
    );
  },
});
