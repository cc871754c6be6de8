import { type BillRow, billRow, hoursOf, minus, times } from "./bill-row.ts";

/** Accounts of the canonical bill. */
export const PRODUCTION = "111122223333";
export const STAGING = "444455556666";
export const PAYER = "999900001111";

const PLAN = `arn:aws:savingsplans::${PAYER}:savingsplan/0a1b2c3d-0000-4000-8000-000000000001`;
const RESERVATION = `arn:aws:ec2:eu-central-1:${PAYER}:reserved-instances/0a1b2c3d-0000-4000-8000-000000000002`;

/** Hours of the day on which usage is billed; each line is the usage of one of them, six times over. */
const HOURS = [0, 6, 12, 18];
const SCALE = 6;

export interface EcsService {
  readonly cluster: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly prefix: string;
  readonly tags: Readonly<Record<string, string>>;
}

export const API: EcsService = {
  cluster: "production",
  name: "api",
  account: PRODUCTION,
  region: "eu-central-1",
  prefix: "EUC1-",
  tags: { team: "web", CostCenter: "1000" },
};
const WORKER: EcsService = { ...API, name: "worker", tags: { team: "data", CostCenter: "1001" } };
const LEGACY: EcsService = { ...API, cluster: "windows", name: "legacy", tags: { team: "web" } };
const STAGED: EcsService = {
  cluster: "staging",
  name: "api",
  account: STAGING,
  region: "us-east-1",
  prefix: "USE1-",
  tags: { team: "web" },
};
const REPORTS: EcsService = { ...API, cluster: "batch", name: "reports", tags: {} };

/** Tags of the lines of a service's tasks. */
export const tagsOf = ({ cluster, name, tags }: EcsService): Readonly<Record<string, string>> => ({
  "aws:ecs:clusterName": cluster,
  "aws:ecs:serviceName": name,
  ...tags,
});

type Meter = readonly [usageType: string, rate: string, perHour: string];

const meters = (cpu: Meter, memory: Meter): readonly Meter[] => [cpu, memory];

const X86 = meters(["Fargate-vCPU-Hours:perCPU", "0.0465600000", "4"], ["Fargate-GB-Hours", "0.0051120000", "8"]);
const ARM = meters(
  ["Fargate-ARM-vCPU-Hours:perCPU", "0.0372500000", "2"],
  ["Fargate-ARM-GB-Hours", "0.0040900000", "4.5"],
);
const SPOT = meters(
  ["SpotUsage-Fargate-vCPU-Hours:perCPU", "0.0148012345", "3"],
  ["SpotUsage-Fargate-GB-Hours", "0.0016201234", "6"],
);
const WINDOWS: readonly Meter[] = [
  ["Fargate-Windows-vCPU-Hours:perCPU", "0.0535440000", "2"],
  ["Fargate-Windows-GB-Hours", "0.0058788000", "4"],
  ["Fargate-Windows-OS-Hours:perCPU", "0.0460000000", "2"],
];
const EPHEMERAL: readonly Meter[] = [["Fargate-EphemeralStorage-GB-Hours", "0.0001270000", "30"]];

const taskArn = ({ region, account, cluster, name }: EcsService): string =>
  `arn:aws:ecs:${region}:${account}:task/${cluster}/${name}-0123456789abcdef`;

const usage = (service: EcsService, day: string, hour: number, [usageType, rate, perHour]: Meter): BillRow => {
  const quantity = times(perHour, SCALE);
  return billRow({
    ...hoursOf(day, hour),
    lineType: "Usage",
    account: service.account,
    service: "AmazonECS",
    usageType: `${service.prefix}${usageType}`,
    operation: "FargateTask",
    unit: usageType.includes("GB") ? "GB-Hours" : "vCPU-Hours",
    region: service.region,
    resource: taskArn(service),
    quantity,
    cost: times(quantity, rate),
    tags: tagsOf(service),
    description: `${rate} per hour of ${usageType}`,
  });
};

/** Fargate on demand, on Spot, on ARM, on Windows; a service that ends, one that begins, and a day that stands out. */
const fargate = (day: string): readonly BillRow[] =>
  HOURS.flatMap((hour) => {
    const burst = day === "2026-10-14" ? 5 : 1;
    const scaled = (list: readonly Meter[]): readonly Meter[] =>
      list.map(([usageType, rate, perHour]): Meter => [usageType, rate, times(perHour, burst)]);
    return [
      ...scaled(X86).map((meter) => usage(API, day, hour, meter)),
      ...ARM.map((meter) => usage(WORKER, day, hour, meter)),
      ...SPOT.map((meter) => usage(WORKER, day, hour, meter)),
      ...EPHEMERAL.map((meter) => usage(WORKER, day, hour, meter)),
      ...(day < "2026-10-01" ? WINDOWS.map((meter) => usage(LEGACY, day, hour, meter)) : []),
      ...(day >= "2026-10-10" ? X86.map((meter) => usage(STAGED, day, hour, meter)) : []),
    ];
  });

/** Usage that a Savings Plan pays: the covered line, the line that takes it off again, and the hour of the plan. */
const savingsPlan = (day: string, hour: number): readonly BillRow[] => {
  const covered = X86.map((meter) => ({ meter, line: usage(API, day, hour, meter) }));
  const effective = covered.map(({ line }) => times(line.cost, "0.73"));
  const commitment = "1.5000000000";
  const used = effective.reduce((sum, cost) => times(minus(sum, times(cost, -1)), 1), "0");
  const plan = { commitment: PLAN, account: PAYER };
  return [
    ...covered.map(({ line }, index) => ({
      ...line,
      lineType: "SavingsPlanCoveredUsage",
      effectiveCost: effective[index] ?? "0",
      commitment: PLAN,
    })),
    ...covered.map(({ line }) => ({
      ...line,
      lineType: "SavingsPlanNegation",
      resource: "",
      tags: {},
      quantity: line.quantity,
      cost: times(line.cost, -1),
      onDemandCost: "0",
      effectiveCost: "0",
      commitment: PLAN,
    })),
    billRow({
      ...hoursOf(day, hour),
      ...plan,
      lineType: "SavingsPlanRecurringFee",
      service: "ComputeSavingsPlans",
      usageType: "ComputeSP:1yrNoUpfront",
      resource: PLAN,
      quantity: "1",
      unit: "Hrs",
      cost: commitment,
      onDemandCost: "0",
      effectiveCost: minus(commitment, used),
    }),
  ];
};

const INSTANCE = "i-0aaaaaaaaaaaaaaa1";
const RESERVED = "i-0bbbbbbbbbbbbbbb2";
const OTHER = "i-0ccccccccccccccc3";

const instanceRow = (resource: string, day: string, hour: number, changes: Partial<BillRow>): BillRow =>
  billRow({
    ...hoursOf(day, hour),
    lineType: "Usage",
    account: PRODUCTION,
    service: "AmazonEC2",
    usageType: "EUC1-BoxUsage:m5.xlarge",
    operation: "RunInstances",
    unit: "Hrs",
    region: "eu-central-1",
    resource,
    quantity: String(SCALE),
    cost: times(SCALE, "0.2300000000"),
    ...changes,
  });

const shareRow = (day: string, hour: number, unit: "vCPU-Hours" | "GB-Hours", cost: string): BillRow =>
  billRow({
    ...hoursOf(day, hour),
    lineType: "Usage",
    account: PRODUCTION,
    service: "AmazonECS",
    usageType: `EUC1-ECS-EC2-${unit}`,
    operation: "ECSTask-EC2",
    unit,
    region: "eu-central-1",
    resource: taskArn(REPORTS),
    quantity: "6",
    cost: "0",
    tags: tagsOf(REPORTS),
    split: {
      parent: INSTANCE,
      reserved: "6",
      actual: "4.5",
      split: "6",
      ratio: "0.25",
      cost,
      unusedCost: times(cost, "0.125"),
      onDemandCost: cost,
    },
  });

/** Instances: one with split cost allocation, one that a reservation pays, one that has nothing to do with ECS, and managed ones. */
const instances = (day: string): readonly BillRow[] =>
  HOURS.flatMap((hour) => [
    instanceRow(INSTANCE, day, hour, {}),
    instanceRow(RESERVED, day, hour, {
      lineType: "DiscountedUsage",
      cost: "0",
      onDemandCost: times(SCALE, "0.23"),
      effectiveCost: times(SCALE, "0.1449999999"),
      commitment: RESERVATION,
      tags: { "aws:ecs:clusterName": "batch" },
    }),
    instanceRow(OTHER, day, hour, { usageType: "EUC1-SpotUsage:c6g.large", cost: times(SCALE, "0.0312345678") }),
    instanceRow("i-0ddddddddddddddd4", day, hour, {
      usageType: "EUC1-BoxUsage:c7g.large",
      cost: times(SCALE, "0.0775"),
      tags: tagsOf({ ...API, cluster: "managed", name: "search" }),
    }),
    billRow({
      ...hoursOf(day, hour),
      lineType: "Usage",
      account: PRODUCTION,
      service: "AmazonECS",
      usageType: "EUC1-ECS-Managed-Instances:c7g.large-management-hours",
      operation: "ManagedInstances",
      unit: "Hrs",
      region: "eu-central-1",
      quantity: String(SCALE),
      cost: times(SCALE, "0.0093"),
      tags: tagsOf({ ...API, cluster: "managed", name: "search" }),
    }),
    shareRow(day, hour, "vCPU-Hours", "0.6210000000"),
    shareRow(day, hour, "GB-Hours", "0.0690000000"),
  ]);

/** The month's fee of the reservation: a part of it was used by nothing. */
export const reservationFee = (day: string): BillRow =>
  billRow({
    ...hoursOf(day, 0, 24),
    lineType: "RIFee",
    account: PAYER,
    service: "AmazonEC2",
    usageType: "EUC1-HeavyUsage:m5.xlarge",
    operation: "RunInstances",
    unit: "Hrs",
    region: "eu-central-1",
    resource: RESERVATION,
    quantity: "744",
    cost: "107.8800000000",
    onDemandCost: "0",
    effectiveCost: "3.4725000000",
    commitment: RESERVATION,
  });

/** What runs on a day. */
export const computeOf = (day: string): readonly BillRow[] => [
  ...fargate(day),
  ...savingsPlan(day, 3),
  ...instances(day),
];
