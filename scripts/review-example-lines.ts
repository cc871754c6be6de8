/** A line of the example's bill. Quantities are whole thousandths, rates whole millionths of a dollar. */
export interface ExampleLine {
  readonly type: string;
  /** ISO timestamps, UTC. */
  readonly start: string;
  readonly end: string;
  readonly product: string;
  readonly usageType: string;
  readonly operation: string;
  readonly resource: string;
  readonly quantity: number;
  readonly unit: string;
  readonly rate: number;
  readonly tags: Readonly<Record<string, string>>;
  /** What a Savings Plan pays for the unit, in millionths; the commitment of a fee where the line is one. */
  readonly plan?: number;
  /** Of a fee: what was used of it, in billionths of a dollar. */
  readonly used?: number;
}

const HOUR = 3_600_000;
const ACCOUNT = "111122223333";
const REGION = "us-east-1";
/** The Savings Plan of the example. */
export const PLAN = `arn:aws:savingsplans::${ACCOUNT}:savingsplan/1f0f6a52-5a3c-4b5e-9a57-6f7b6f2f0c11`;

const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");
const span = (from: number, hours: number) => ({ start: iso(from), end: iso(from + hours * HOUR) });

/** A whole number from 0 to 99 that depends on nothing but its arguments. */
const noise = (...seeds: readonly (number | string)[]): number => {
  let hash = 2166136261;
  for (const sign of seeds.join(" ")) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash % 100;
};

interface ExampleService {
  readonly name: string;
  readonly team: string;
  /** Thousandths of vCPU and GB of a task. */
  readonly size: readonly [cpu: number, memory: number];
  readonly kind: "x86" | "arm" | "spot";
  /** Tasks by day and hour; month is the number of the month. */
  readonly tasks: (at: Date) => number;
}

const KINDS = {
  x86: { infix: "Fargate", cpu: 40480, memory: 4445 },
  arm: { infix: "Fargate-ARM", cpu: 32380, memory: 3560 },
  spot: { infix: "SpotUsage-Fargate", cpu: 12886, memory: 1415 },
} as const;

const isWeekend = (at: Date): boolean => at.getUTCDay() % 6 === 0;
const isDay = (at: Date): boolean => at.getUTCHours() >= 7 && at.getUTCHours() < 21;
const since = (at: Date, day: string): boolean => iso(at.getTime()) >= day;

const SERVICES: readonly ExampleService[] = [
  {
    name: "checkout",
    team: "shop",
    size: [2000, 4000],
    kind: "x86",
    tasks: (at) => (isDay(at) ? 8 : 5) + (since(at, "2026-10") ? 1 : 0),
  },
  {
    name: "storefront",
    team: "shop",
    size: [1000, 8000],
    kind: "x86",
    tasks: (at) => (isDay(at) && !isWeekend(at) ? 9 : 6),
  },
  { name: "search", team: "discovery", size: [1000, 2000], kind: "arm", tasks: () => 4 },
  {
    name: "recommendations",
    team: "discovery",
    size: [1000, 4000],
    kind: "spot",
    tasks: (at) => (since(at, "2026-10-12") ? 6 : 0),
  },
  {
    name: "legacy-gateway",
    team: "",
    size: [500, 1000],
    kind: "x86",
    tasks: (at) => (since(at, "2026-09-24") ? 0 : 2),
  },
];

const tagsOf = ({ name, team }: Pick<ExampleService, "name" | "team">): Readonly<Record<string, string>> => ({
  aws_ecs_cluster_name: "production",
  aws_ecs_service_name: name,
  ...(team === "" ? {} : { user_team: team }),
});

/** vCPU-hours of checkout that the Savings Plan covers, in thousandths, at its rate in millionths; $0.33 are committed. */
const COVERED = 10000;
const PLAN_RATE = 32384;
const COMMITTED = 330000;

const taskLine = (at: number, service: ExampleService, meter: "cpu" | "memory", quantity: number): ExampleLine => ({
  ...span(at, 1),
  type: "Usage",
  product: "AmazonECS",
  usageType: `USE1-${KINDS[service.kind].infix}-${meter === "cpu" ? "vCPU-Hours:perCPU" : "GB-Hours"}`,
  operation: "FargateTask",
  resource: "",
  quantity,
  unit: "hours",
  rate: KINDS[service.kind][meter],
  tags: tagsOf(service),
});

/** The hour of a service: what a Savings Plan covers of it stands apart, with the line that takes it off again. */
const serviceLines = (at: number, service: ExampleService): readonly ExampleLine[] => {
  const tasks = service.tasks(new Date(at));
  if (tasks === 0) return [];
  const covered = service.name === "checkout" ? COVERED : 0;
  const cpu = taskLine(at, service, "cpu", tasks * service.size[0] - covered);
  const memory = taskLine(at, service, "memory", tasks * service.size[1]);
  if (covered === 0) return [cpu, memory];
  const paid = { ...cpu, quantity: covered, plan: PLAN_RATE };
  return [
    cpu,
    memory,
    { ...paid, type: "SavingsPlanCoveredUsage" },
    { ...paid, type: "SavingsPlanNegation", rate: -cpu.rate },
  ];
};

const planFee = (at: number): ExampleLine => ({
  ...span(at, 1),
  type: "SavingsPlanRecurringFee",
  product: "ComputeSavingsPlans",
  usageType: "ComputeSP:1yrNoUpfront",
  operation: "",
  resource: PLAN,
  quantity: 1000,
  unit: "Hrs",
  rate: COMMITTED,
  tags: {},
  plan: COMMITTED,
  used: COVERED * PLAN_RATE,
});

/** Instances of the cluster for batch jobs, with the tag that ECS puts on them. */
const INSTANCES = ["i-0a1b2c3d4e5f60718", "i-0b1c2d3e4f5061728"];

const instanceLines = (at: number): readonly ExampleLine[] =>
  INSTANCES.map((resource) => ({
    ...span(at, 1),
    type: "Usage",
    product: "AmazonEC2",
    usageType: "BoxUsage:m7g.large",
    operation: "RunInstances",
    resource,
    quantity: 1000,
    unit: "Hrs",
    rate: 81600,
    tags: { aws_ecs_cluster_name: "batch", user_team: "data" },
  }));

type Daily = readonly [
  product: string,
  usageType: string,
  operation: string,
  resource: string,
  unit: string,
  rate: number,
  /** Thousandths on a day. */
  quantity: (at: Date) => number,
  tags?: Readonly<Record<string, string>>,
];

const arn = (service: string, name: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
const NAT = arn("ec2", "natgateway/nat-0a1b2c3d4e5f60718");
const BALANCER = arn("elasticloadbalancing", "loadbalancer/app/shop/50dc6c495c0c9188");
const IDLE_BALANCER = arn("elasticloadbalancing", "loadbalancer/app/legacy/7f0c2a9be1d84c33");

/** Images of a task that does not start are pulled over and over on 22 October. */
const pulled = (at: Date): number => (iso(at.getTime()).startsWith("2026-10-22") ? 3_400_000 : 0);

const DAILY: readonly Daily[] = [
  ["AmazonEC2", "NatGateway-Hours", "NatGateway", NAT, "Hrs", 45000, () => 48000],
  [
    "AmazonEC2",
    "NatGateway-Bytes",
    "NatGateway",
    NAT,
    "GB",
    45000,
    (at) => 380_000 + noise("nat", at.getTime()) * 900 + pulled(at),
  ],
  ["AWSELB", "LoadBalancerUsage", "LoadBalancing:Application", BALANCER, "Hrs", 22500, () => 24000],
  [
    "AWSELB",
    "LCUUsage",
    "LoadBalancing:Application",
    BALANCER,
    "LCU-Hrs",
    8000,
    (at) => (isWeekend(at) ? 61000 : 94000) + noise("lcu", at.getTime()) * 60,
  ],
  ["AWSELB", "LoadBalancerUsage", "LoadBalancing:Application", IDLE_BALANCER, "Hrs", 22500, () => 24000],
  ["AmazonVPC", "USE1-PublicIPv4:InUseAddress", "", "eipalloc-0a1b2c3d4e5f60718", "Hrs", 5000, () => 96000],
  [
    "AmazonCloudWatch",
    "USE1-DataProcessing-Bytes",
    "PutLogEvents",
    arn("logs", "log-group:/ecs/checkout"),
    "GB",
    500000,
    (at) => 31000 + noise("checkout", at.getTime()) * 50,
  ],
  [
    "AmazonCloudWatch",
    "USE1-DataProcessing-Bytes",
    "PutLogEvents",
    arn("logs", "log-group:/ecs/storefront"),
    "GB",
    500000,
    (at) => 9000 + noise("storefront", at.getTime()) * 20,
  ],
  [
    "AmazonCloudWatch",
    "TimedStorage-ByteHrs",
    "HourlyStorageMetering",
    arn("logs", "log-group:/ecs/checkout"),
    "GB-Mo",
    30000,
    () => 61000,
  ],
  ["AmazonCloudWatch", "CW:MetricsUsage", "MetricStorage:ECS", "", "Metrics", 70000, () => 9677],
  ["AmazonECR", "TimedStorage-ByteHrs", "", arn("ecr", "repository/checkout"), "GB-Mo", 100000, () => 2600],
  [
    "AmazonEC2",
    "DataTransfer-Regional-Bytes",
    "InterZone-In",
    "",
    "GB",
    10000,
    (at) => 140_000 + noise("zones", at.getTime()) * 300,
  ],
  [
    "AmazonRDS",
    "InstanceUsage:db.r6g.xlarge",
    "CreateDBInstance:0014",
    arn("rds", "db:shop"),
    "Hrs",
    450000,
    () => 48000,
  ],
  ["AmazonS3", "TimedStorage-ByteHrs", "StandardStorage", "shop-assets", "GB-Mo", 23000, () => 164_500],
];

const dailyLine = (
  at: number,
  [product, usageType, operation, resource, unit, rate, quantity, tags = {}]: Daily,
): ExampleLine => ({
  ...span(at, 24),
  ...{ type: "Usage", product, usageType, operation, resource, unit, rate, tags },
  quantity: quantity(new Date(at)),
});

const onceAMonth = (at: number, month: string): readonly ExampleLine[] => {
  const line = { ...span(at, 1), operation: "", resource: "", unit: "", tags: {}, quantity: 1000 };
  const tax = {
    ...line,
    type: "Tax",
    product: "AmazonEC2",
    usageType: "",
    rate: month === "2026-11" ? 512_340_000 : 868_110_000,
  };
  const credit = {
    ...line,
    type: "Credit",
    product: "AmazonECS",
    usageType: "USE1-Fargate-vCPU-Hours:perCPU",
    rate: -250_000_000,
  };
  return month === "2026-10" ? [tax, credit] : [tax];
};

/** The lines of one month, `to` a day of it or the first of the next, exclusive. */
export const linesOf = (month: string, to: string): readonly ExampleLine[] => {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const end = Date.parse(`${to}T00:00:00Z`);
  const lines: ExampleLine[] = [...onceAMonth(first, month)];
  for (let at = first; at < end; at += HOUR) {
    lines.push(...SERVICES.flatMap((service) => serviceLines(at, service)), ...instanceLines(at), planFee(at));
    if (new Date(at).getUTCHours() === 0) lines.push(...DAILY.map((daily) => dailyLine(at, daily)));
  }
  return lines;
};
