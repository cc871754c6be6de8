import type { Bill, BillDetail, BillReading, Charge, ChargeKind } from "@ecs-cost/core";
import fc from "fast-check";

/** A charge of one line of Fargate in eu-central-1, with what is to be different. */
export const charge = (changes: Partial<Charge> = {}): Charge => {
  const cost = changes.cost ?? "1";
  return {
    day: "2026-10-01",
    kind: "usage",
    commitment: null,
    account: "111122223333",
    region: "eu-central-1",
    service: "AmazonECS",
    usageType: "EUC1-Fargate-vCPU-Hours:perCPU",
    operation: "FargateTask",
    unit: "hours",
    quantity: "24",
    effectiveCost: cost,
    onDemandCost: cost,
    cluster: "",
    ecsService: "",
    tags: {},
    containerInstance: false,
    ...changes,
    cost,
  };
};

const DETAIL: BillDetail = {
  granularity: "hour",
  ecsTags: true,
  splitCostAllocation: true,
  resources: false,
  amortised: true,
};

/** A reading of charges of September and October 2026, with what is to be different about the bill. */
export const readingOf = (charges: readonly Charge[], changes: Partial<Bill> = {}): BillReading => ({
  bill: {
    format: "cur-2.0",
    source: "bill",
    currency: "USD",
    from: "2026-09-01",
    to: "2026-11-01",
    detail: DETAIL,
    charges,
    hours: null,
    resources: null,
    ...changes,
  },
  issues: [],
  readingCost: null,
});

const KINDS: readonly ChargeKind[] = [
  "usage",
  "covered",
  "commitment-fee",
  "commitment-offset",
  "discount",
  "credit",
  "refund",
  "tax",
  "fee",
  "split",
  "split-unused",
];

/** Services with usage types of theirs, known and unknown. */
const USAGES: readonly (readonly [service: string, usageType: string, operation: string])[] = [
  ["AmazonECS", "EUC1-Fargate-vCPU-Hours:perCPU", "FargateTask"],
  ["AmazonECS", "USE1-Fargate-ARM-GB-Hours", "FargateTask"],
  ["AmazonECS", "EUC1-SpotUsage-Fargate-GB-Hours", "FargateTask"],
  ["AmazonECS", "EUC1-ECS-EC2-vCPU-Hours", "ECSTask-EC2"],
  ["AmazonECS", "EUC1-ECS-Managed-Instances:m7g.large-management-hours", ""],
  ["AmazonECS", "EUC1-Something-New", ""],
  ["AmazonEC2", "EUC1-BoxUsage:m7g.large", "RunInstances"],
  ["AmazonEC2", "SpotUsage:c7g.xlarge", "RunInstances:SV001"],
  ["AmazonEC2", "EUC1-NatGateway-Bytes", "NatGateway"],
  ["AmazonEC2", "EUC1-EBS:VolumeUsage.gp3", "CreateVolume-Gp3"],
  ["AmazonEC2", "EUC1-Odd", ""],
  ["AWSELB", "LCUUsage", "LoadBalancing:Application"],
  ["AmazonCloudWatch", "EUC1-DataProcessing-Bytes", "PutLogEvents"],
  ["AmazonRDS", "EUC1-InstanceUsage:db.m7g.large", "CreateDBInstance"],
  ["AmazonS3", "", ""],
];

const amount = (min: number, max: number) =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min: 0, max: 999_999_999 })).map(([whole, part]) => {
    return `${whole}.${String(part).padStart(9, "0")}`;
  });

const name = fc.constantFrom("", "api", "worker", "cron");

/** Any charge of September or October 2026, of any kind, whether that makes sense together or not. */
export const anyCharge: fc.Arbitrary<Charge> = fc
  .record({
    month: fc.constantFrom("09", "10"),
    dayOfMonth: fc.integer({ min: 1, max: 30 }),
    kind: fc.constantFrom(...KINDS),
    usage: fc.constantFrom(...USAGES),
    account: fc.constantFrom("111122223333", "444455556666"),
    region: fc.constantFrom("eu-central-1", "us-east-1", ""),
    quantity: amount(0, 2000),
    cost: amount(0, 900),
    effective: amount(0, 900),
    cluster: fc.constantFrom("", "production", "test"),
    ecsService: name,
    team: fc.constantFrom("", "web", "data"),
    containerInstance: fc.boolean(),
  })
  .map(({ month, dayOfMonth, kind, usage: [service, usageType, operation], effective, team, ...rest }) => {
    const { account, region, quantity, cluster, ecsService, containerInstance } = rest;
    const cost = NEGATIVE.includes(kind) ? `-${rest.cost}` : rest.cost;
    return charge({
      day: `2026-${month}-${String(dayOfMonth).padStart(2, "0")}`,
      ...{
        kind,
        account,
        region,
        service,
        usageType,
        operation,
        quantity,
        cluster,
        ecsService,
        containerInstance,
        cost,
      },
      effectiveCost: kind === "covered" || kind === "commitment-fee" ? effective : cost,
      tags: { team },
    });
  });

const NEGATIVE: readonly ChargeKind[] = ["commitment-offset", "discount", "credit", "refund"];
