import { MONTHLY_ITEMS, type MonthlyItem } from "../workload/monthly-items.ts";
import type { PriceKey } from "./price.ts";

/** What the bill says about a price key that is no instance and no Fargate meter. */
export interface OverheadMeter {
  readonly unit: string;
  readonly serviceCode: string;
  /** Usage type without the region's prefix; empty where no document spells it. */
  readonly usageType: string;
  /** Spelling in us-east-1: `bare` without a prefix, `prefixed` with `USE1-`, `unknown` where not read. */
  readonly inVirginia: "bare" | "prefixed" | "unknown";
}

const meter = (
  serviceCode: string,
  unit: string,
  usageType = "",
  inVirginia: OverheadMeter["inVirginia"] = "bare",
): OverheadMeter => ({ unit, serviceCode, usageType, inVirginia });

const ITEM_METERS = Object.fromEntries(MONTHLY_ITEMS.map(({ price, meter: each }) => [price, each])) as Readonly<
  Record<MonthlyItem["price"], OverheadMeter>
>;

/**
 * Every overhead key with its unit and its spelling on the bill. Spellings as in the AWS price lists and the AWS page
 * on region billing codes, checked 2026-11-20.
 */
export const OVERHEAD_METERS = {
  "alb.hour": meter("AWSELB", "Hrs", "LoadBalancerUsage"),
  "alb.lcu_hour": meter("AWSELB", "LCU-Hrs", "LCUUsage"),
  "apprunner.gb_hour": meter(
    "AWSAppRunner",
    "GB-Hrs (active or provisioned)",
    "AppRunner-Provisioned-GB-hours",
    "prefixed",
  ),
  "apprunner.vcpu_hour": meter("AWSAppRunner", "vCPU-Hrs (active)", "AppRunner-vCPU-hours", "prefixed"),
  ...ITEM_METERS,
  "cw.alarm_month": meter("AmazonCloudWatch", "Alarms", "CW:AlarmMonitorUsage"),
  "cw.container_insights_enhanced_ecs_metric_month": meter("AmazonCloudWatch", "Metrics", "CW:MetricsUsage"),
  "cw.container_insights_enhanced_observation": meter(
    "AmazonCloudWatch",
    "million observations (EKS meter)",
    "CW:ObservationUsage",
  ),
  "cw.getmetricdata_per_1000": meter("AmazonCloudWatch", "1000 metrics", "CW:GMD-Metrics"),
  "cw.metric_month": meter("AmazonCloudWatch", "Metrics", "CW:MetricMonitorUsage"),
  "cw.requests_per_1000": meter("AmazonCloudWatch", "1000 requests", "CW:Requests"),
  "ebs.gp2_gb_month": meter("AmazonEC2", "GB-Mo", "EBS:VolumeUsage.gp2"),
  "ebs.gp3_gb_month": meter("AmazonEC2", "GB-Mo", "EBS:VolumeUsage.gp3"),
  "ebs.gp3_iops_month": meter("AmazonEC2", "IOPS-Mo above 3000", "EBS:VolumeP-IOPS.gp3"),
  "ebs.gp3_mbps_month": meter("AmazonEC2", "MiBps-Mo above 125", "EBS:VolumeP-Throughput.gp3"),
  "ebs.snapshot_gb_month": meter("AmazonEC2", "GB-Mo", "EBS:SnapshotUsage"),
  "ec2.t3_surplus_credit_vcpu_hour": meter("AmazonEC2", "vCPU-Hrs", "CPUCredits:t3"),
  "ecr.private_gb_month": meter("AmazonECR", "GB-Mo", "TimedStorage-ByteHrs"),
  "ecs_anywhere.instance_hour": meter("AmazonECS", "hours", "ECS-Anywhere-Instance-hours", "prefixed"),
  "efs.elastic_read_gb": meter("AmazonEFS", "GB"),
  "efs.elastic_write_gb": meter("AmazonEFS", "GB"),
  "efs.onezone_gb_month": meter("AmazonEFS", "GB-Mo"),
  "efs.standard_gb_month": meter("AmazonEFS", "GB-Mo", "TimedStorage-ByteHrs", "unknown"),
  "efs.throughput_provisioned_mibps_month": meter("AmazonEFS", "MiBps-Mo"),
  "eks.cluster_hour": meter("AmazonEKS", "Hrs", "AmazonEKS-Hours:perCluster", "prefixed"),
  "eks.extended_support_surcharge_hour": meter("AmazonEKS", "Hrs"),
  "ipv4.hour": meter("AmazonVPC", "Hrs", "PublicIPv4:InUseAddress", "prefixed"),
  "lambda.gb_second_arm": meter("AWSLambda", "GB-s", "Lambda-GB-Second-ARM"),
  "lambda.gb_second_x86": meter("AWSLambda", "GB-s", "Lambda-GB-Second"),
  "lambda.request": meter("AWSLambda", "Request", "Request"),
  "logs.ingest_gb": meter("AmazonCloudWatch", "GB", "DataProcessing-Bytes", "prefixed"),
  "logs.ingest_ia_gb": meter("AmazonCloudWatch", "GB", "DataProcessingIA-Bytes", "prefixed"),
  "logs.insights_scanned_gb": meter("AmazonCloudWatch", "GB", "DataScanned-Bytes", "prefixed"),
  "logs.store_gb_month": meter("AmazonCloudWatch", "GB-Mo", "TimedStorage-ByteHrs"),
  "logs.vended_gb": meter("AmazonCloudWatch", "GB", "VendedLog-Bytes", "prefixed"),
  "logs.vended_ia_gb": meter("AmazonCloudWatch", "GB", "VendedLogIA-Bytes", "prefixed"),
  "nat.gb": meter("AmazonEC2", "GB", "NatGateway-Bytes"),
  "nat.hour": meter("AmazonEC2", "Hrs", "NatGateway-Hours"),
  "nat.regional.gb": meter("AmazonEC2", "GB", "RegionalNatGateway-Bytes"),
  "nat.regional.hour": meter("AmazonEC2", "Hrs per active AZ", "RegionalNatGateway-Hours"),
  "nlb.hour": meter("AWSELB", "Hrs", "LoadBalancerUsage"),
  "nlb.lcu_hour": meter("AWSELB", "LCU-Hrs", "LCUUsage"),
  "secretsmanager.per_10000": meter("AWSSecretsManager", "10000 requests", "AWSSecretsManagerAPIRequest", "prefixed"),
  "secretsmanager.secret_month": meter("AWSSecretsManager", "Secrets", "AWSSecretsManager-Secrets", "prefixed"),
  "ssm.api_per_10000": meter("", "10000 interactions"),
  "vpce.interface_gb": meter("AmazonVPC", "GB", "VpcEndpoint-Bytes", "prefixed"),
  "vpce.interface_hour": meter("AmazonVPC", "endpoint-AZ-Hrs", "VpcEndpoint-Hours", "prefixed"),
  "xfer.interaz_gb": meter("AWSDataTransfer", "GB each direction", "DataTransfer-Regional-Bytes"),
  "xfer.internet_free_gb_month": meter("AWSDataTransfer", "GB"),
  "xfer.internet_gb": meter("AWSDataTransfer", "GB", "DataTransfer-Out-Bytes"),
  "xfer.interregion_gb": meter("AWSDataTransfer", "GB to most other regions"),
  "xfer.interregion_general_gb": meter("AWSDataTransfer", "GB to most other regions"),
  "xfer.interregion_us_east_gb": meter("AWSDataTransfer", "GB"),
  "xray.per_million": meter(
    "AWSXRay",
    "million traces recorded, after 100000 free a month",
    "XRay-TracesStored",
    "unknown",
  ),
} as const satisfies Record<PriceKey, OverheadMeter>;

export type OverheadKey = keyof typeof OVERHEAD_METERS;

/** Every overhead key, sorted. */
export const OVERHEAD_KEYS: readonly OverheadKey[] = (Object.keys(OVERHEAD_METERS) as OverheadKey[]).sort();

/** The meter of an overhead key, or undefined for any other key. */
export const overheadMeter = (key: PriceKey): OverheadMeter | undefined =>
  Object.hasOwn(OVERHEAD_METERS, key) ? OVERHEAD_METERS[key as OverheadKey] : undefined;
