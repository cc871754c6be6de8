import { type Block, blocksIn, numberIn, textIn } from "../planned/block.ts";
import { isKnown, type Planned } from "../planned/planned.ts";

/** What one resource is billed by: a price key and a quantity, or why it is not billed, or why that is not known. */
export type Metering =
  | { readonly kind: "metered"; readonly key: string; readonly quantity: string; readonly per: "hour" | "month" }
  | { readonly kind: "free"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

const each = (key: string, per: "hour" | "month", quantity = 1): Metering => ({
  ...{ kind: "metered", key, per },
  quantity: String(quantity),
});

/** Settings have one name in CloudFormation and another one in Terraform. */
const either = <T>(read: (block: Block, key: string) => Planned<T>, block: Block, ...keys: readonly string[]) =>
  keys.map((key) => read(block, key)).find((value) => value !== undefined);

const parameter = (block: Block): Metering => {
  const tier = either(textIn, block, "Tier", "tier");
  if (!isKnown(tier)) return { kind: "free", reason: "parameters of the standard tier are not billed" };
  if (tier === "Advanced") return each("ssm.advanced_param_month", "month");
  return { kind: "free", reason: `parameters of the tier ${tier} are not billed up to 4 KB` };
};

const HIGH_RESOLUTION_BELOW = 60;

/**
 * An alarm is billed for each metric that it looks at; one on a band of expected values has three.
 * @see https://aws.amazon.com/cloudwatch/pricing/ "Alarms", checked 2026-12-01
 */
const alarm = (block: Block): Metering => {
  const queries = either(blocksIn, block, "Metrics", "metric_query");
  const metrics = (isKnown(queries) ? queries : []).flatMap((query) => {
    const stat = either(blocksIn, query, "MetricStat", "metric");
    return isKnown(stat) ? stat : [];
  });
  const periods = [block, ...metrics].map((item) => either(numberIn, item, "Period", "period"));
  if (periods.some((period) => isKnown(period) && period < HIGH_RESOLUTION_BELOW)) {
    return { kind: "unknown", reason: "an alarm of high resolution, by the month" };
  }
  const band = either(textIn, block, "ThresholdMetricId", "threshold_metric_id") !== undefined;
  return each("cw.alarm_month", "month", band ? 3 : Math.max(1, metrics.length));
};

/** How resources that are billed by one price are, by the type that CloudFormation gives them. */
export const METERED: Readonly<Record<string, (block: Block) => Metering>> = {
  "AWS::CloudWatch::Alarm": alarm,
  "AWS::EC2::EIP": () => each("ipv4.hour", "hour"),
  "AWS::SecretsManager::Secret": () => each("secretsmanager.secret_month", "month"),
  "AWS::ServiceDiscovery::Instance": () => each("cloudmap.resource_month", "month"),
  "AWS::SSM::Parameter": parameter,
};
