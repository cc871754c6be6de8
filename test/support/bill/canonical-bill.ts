import { type BillRow, billRow, daysBetween, hoursOf, times } from "./bill-row.ts";
import { API, computeOf, PAYER, PRODUCTION, reservationFee, STAGING, tagsOf } from "./canonical-compute.ts";

type Overhead = readonly [
  service: string,
  usageType: string,
  unit: string,
  quantity: string,
  rate: string,
  resource: string,
  operation?: string,
];

const REGION = "eu-central-1";
const NAT = `arn:aws:ec2:${REGION}:${PRODUCTION}:natgateway/nat-0123456789abcdef0`;
const BALANCER = `arn:aws:elasticloadbalancing:${REGION}:${PRODUCTION}:loadbalancer/app/public/50dc6c495c0c9188`;
const LOGS = `arn:aws:logs:${REGION}:${PRODUCTION}:log-group:/ecs/api`;
const ENDPOINT = `arn:aws:ec2:${REGION}:${PRODUCTION}:vpc-endpoint/vpce-0123456789abcdef0`;

/** What comes along with ECS, a line each day. */
const OVERHEADS: readonly Overhead[] = [
  ["AmazonEC2", "EUC1-NatGateway-Hours", "Hrs", "24", "0.052", NAT, "NatGateway"],
  ["AmazonEC2", "EUC1-NatGateway-Bytes", "GB", "41.1234567891", "0.052", NAT, "NatGateway"],
  ["AmazonVPC", "EUC1-VpcEndpoint-Hours", "Hrs", "48", "0.012", ENDPOINT, "VpcEndpoint"],
  ["AmazonVPC", "EUC1-VpcEndpoint-Bytes", "GB", "3.25", "0.01", ENDPOINT, "VpcEndpoint"],
  ["AmazonVPC", "EUC1-PublicIPv4:InUseAddress", "Hrs", "72", "0.005", "eipalloc-0123456789abcdef0"],
  ["AWSELB", "EUC1-LoadBalancerUsage", "Hrs", "24", "0.027", BALANCER, "LoadBalancing:Application"],
  ["AWSELB", "EUC1-LCUUsage", "LCU-Hrs", "12.6543210987", "0.008", BALANCER, "LoadBalancing:Application"],
  ["AmazonCloudWatch", "EUC1-DataProcessing-Bytes", "GB", "11.1111111111", "0.63", LOGS, "PutLogEvents"],
  ["AmazonCloudWatch", "EUC1-TimedStorage-ByteHrs", "GB-Mo", "0.7", "0.0324", LOGS, "HourlyStorageMetering"],
  ["AmazonCloudWatch", "EUC1-CW:MetricsUsage", "Metrics", "1.3333333333", "0.07", "", "MetricStorage:ECS"],
  [
    "AmazonECR",
    "EUC1-TimedStorage-ByteHrs",
    "GB-Mo",
    "0.2",
    "0.1",
    `arn:aws:ecr:${REGION}:${PRODUCTION}:repository/api`,
  ],
  [
    "AmazonEC2",
    "EUC1-EBS:VolumeUsage.gp3",
    "GB-Mo",
    "3.2258064516",
    "0.0952",
    "vol-0123456789abcdef0",
    "CreateVolume-Gp3",
  ],
  ["AmazonEC2", "EUC1-DataTransfer-Regional-Bytes", "GB", "17.5", "0.01", "", "InterZone-In"],
  ["AWSSecretsManager", "EUC1-AWSSecretsManager-Secrets", "Secrets", "0.1290322581", "0.4", ""],
  ["AmazonS3", "EUC1-TimedStorage-ByteHrs", "GB-Mo", "100", "0.0245", "assets", "StandardStorage"],
  ["AmazonS3", "EUC1-Requests-Tier1", "Requests", "123456", "0.0000054", "assets", "PutObject"],
  ["AmazonRDS", "EUC1-InstanceUsage:db.m6g.large", "Hrs", "24", "0.192", "arn:aws:rds:db-1", "CreateDBInstance:0014"],
];

const overheadOf = (day: string, [service, usageType, unit, quantity, rate, resource, operation]: Overhead): BillRow =>
  billRow({
    ...hoursOf(day, 0, 24),
    lineType: "Usage",
    account: PRODUCTION,
    service,
    usageType,
    operation: operation ?? "",
    unit,
    region: REGION,
    resource,
    quantity,
    cost: times(quantity, rate),
  });

/** Discounts of an agreement: negative lines beside the usage of a day. */
const discountsOf = (day: string): readonly BillRow[] => [
  billRow({
    ...hoursOf(day, 0, 24),
    lineType: "EdpDiscount",
    account: PRODUCTION,
    service: "AmazonECS",
    usageType: "EUC1-Fargate-vCPU-Hours:perCPU",
    operation: "FargateTask",
    unit: "vCPU-Hours",
    region: REGION,
    cost: "-0.4123456789",
    onDemandCost: "0",
    tags: tagsOf(API),
  }),
];

/** Lines of the month that pay for no usage: credits, refunds, tax, support and fees. */
const moneyOf = (month: string): readonly BillRow[] => {
  const at = hoursOf(`${month}-01`, 0, 24);
  const line = (lineType: string, service: string, cost: string, changes: Partial<BillRow> = {}): BillRow =>
    billRow({ ...at, lineType, service, cost, account: PAYER, usageType: "", onDemandCost: "0", ...changes });
  return [
    line("Credit", "AmazonECS", "-25.0000000000", {
      account: PRODUCTION,
      usageType: "EUC1-Fargate-vCPU-Hours:perCPU",
      region: REGION,
    }),
    line("Refund", "AmazonECS", "-1.2345678901", {
      account: STAGING,
      usageType: "USE1-Fargate-GB-Hours",
      region: "us-east-1",
    }),
    line("Tax", "AmazonECS", "61.1700000000"),
    line("Tax", "AmazonS3", "3.0400000000"),
    line("Fee", "AWSSupportBusiness", "100.0000000000", { usageType: "Dollar" }),
    reservationFee(`${month}-01`),
  ];
};

/** A bill of September and October 2026 with a line of every kind; the same rows on every call. */
export const canonicalBill = (from = "2026-09-01", to = "2026-11-01"): readonly BillRow[] => {
  const days = daysBetween(from, to);
  const months = [...new Set(days.map((day) => day.slice(0, 7)))];
  const rows = [
    ...days.flatMap((day) => [
      ...computeOf(day),
      ...OVERHEADS.map((overhead) => overheadOf(day, overhead)),
      ...discountsOf(day),
    ]),
    ...months.flatMap(moneyOf),
  ];
  return rows.map((row, index) => ({ ...row, id: `line${String(index).padStart(8, "0")}` }));
};
