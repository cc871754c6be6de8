import {
  type BilledLaunchType,
  type BilledLine,
  type BilledService,
  type CommitmentAdvice,
  type CostMover,
  type CostPart,
  type DailyCost,
  Decimal,
  type ReviewFinding,
  type ReviewReport,
} from "@ecs-cost/core";

const D = (amount: string | number): Decimal => new Decimal(amount);
const sum = (amounts: readonly Decimal[]): Decimal => amounts.reduce((a, b) => a.plus(b), D(0));

type Usage = readonly [usageType: string, dimension: string | null, launchType: BilledLaunchType, unit: string];

const CPU: Usage = ["EU-Fargate-vCPU-Hours:perCPU", "fargate/linux/x86_64/vcpu-hour", "fargate", "hours"];
const MEMORY: Usage = ["EU-Fargate-GB-Hours", "fargate/linux/x86_64/gb-hour", "fargate", "hours"];
const SPOT: Usage = ["EU-SpotUsage-Fargate-vCPU-Hours:perCPU", null, "fargate-spot", "hours"];
const EC2: Usage = ["EU-BoxUsage:m7g.large", "ec2/linux/on-demand/m7g.large", "ec2", "Hrs"];
const EC2_SPOT: Usage = ["EU-SpotUsage:m7g.large", null, "ec2-spot", "Hrs"];
const NAT: Usage = ["EU-NatGateway-Bytes", "nat.gb", "overhead", "GB"];
const LOGS: Usage = ["EU-DataProcessing-Bytes", "logs.ingest_gb", "overhead", "GB"];

const line = ([usageType, dimension, launchType, unit]: Usage, quantity: string, rate: string): BilledLine => ({
  service: usageType.includes("Fargate") ? "AmazonECS" : usageType.includes("Data") ? "AmazonCloudWatch" : "AmazonEC2",
  usageType,
  region: "eu-west-1",
  dimension,
  launchType,
  quantity: D(quantity),
  unit,
  rate: D(rate),
  cost: D(quantity).times(rate),
});

const part = (key: string, cost: Decimal, previous: string | null): CostPart => ({
  key,
  cost,
  previousCost: previous === null ? null : D(previous),
  change: previous === null ? null : cost.minus(previous),
});

const service = (
  name: string,
  cluster: string,
  previous: string | null,
  ...lineItems: BilledLine[]
): BilledService => ({
  ...part(`${cluster}/${name}`, sum(lineItems.map(({ cost }) => cost)), previous),
  name,
  cluster,
  account: "111122223333",
  region: "eu-west-1",
  lineItems,
});

const SERVICES: readonly BilledService[] = [
  service("checkout", "production", "2418.20", line(CPU, "44640", "0.04048"), line(MEMORY, "178560", "0.004445")),
  service("storefront", "production", "1961.07", line(CPU, "29760", "0.04048"), line(MEMORY, "119040", "0.004445")),
  service("search", "production", "640.33", line(SPOT, "38688", "0.01334"), line(MEMORY, "38000", "0.004445")),
  service("importer", "batch", "902.00", line(EC2, "5952", "0.0919"), line(EC2_SPOT, "3720", "0.0367")),
  service("reports", "batch", null, line(CPU, "5208", "0.04048"), line(MEMORY, "10416", "0.004445")),
  service("(shared)", "", "1211.90", line(NAT, "18400", "0.048"), line(LOGS, "940", "0.57")),
];

const ALL_LINES = SERVICES.flatMap(({ lineItems }) => lineItems);
const TOTAL = sum(ALL_LINES.map(({ cost }) => cost));
const PREVIOUS = D("7133.50");
const COMPUTE = TOTAL.minus("535.80").minus("883.20");
const MONTHS = Array.from({ length: 12 }, (_, index) => ({
  month: index < 2 ? `2025-${11 + index}` : `2026-${String(index - 1).padStart(2, "0")}`,
  cost: index === 11 ? TOTAL : index === 10 ? PREVIOUS : D("5000").plus(index * 190),
  computeCost: index === 11 ? COMPUTE : D("4000").plus(index * 150),
  complete: true,
  change: index === 0 ? null : D("190"),
  yearChange: null,
}));
const CHANGE = TOTAL.minus(PREVIOUS);

const launchCost = (launchType: BilledLaunchType): Decimal =>
  sum(ALL_LINES.filter((each) => each.launchType === launchType).map(({ cost }) => cost));

const LAUNCH_TYPES: readonly CostPart[] = [
  part("fargate", launchCost("fargate"), "4979.27"),
  part("overhead", launchCost("overhead"), "1211.90"),
  part("ec2", launchCost("ec2"), "612.00"),
  part("fargate-spot", launchCost("fargate-spot"), "240.33"),
  part("ec2-spot", launchCost("ec2-spot"), "90.00"),
];

/** Thirty-one days that add up to the total: quiet weekends, and one day that stands out. */
const days = (): readonly DailyCost[] => {
  const weights = Array.from({ length: 31 }, (_, at) =>
    at === 21 ? 19 : ([10, 10, 11, 10, 10, 8, 7][(at + 4) % 7] ?? 10),
  );
  const all = weights.reduce((a, b) => a + b, 0);
  const left = new Map(LAUNCH_TYPES.map(({ key, cost }) => [key, cost]));
  return weights.map((weight, at) => {
    const parts = Object.fromEntries(
      LAUNCH_TYPES.map(({ key, cost }) => {
        const rest = left.get(key) ?? D(0);
        const share = at === weights.length - 1 ? rest : cost.times(weight).div(all).toDecimalPlaces(2);
        left.set(key, rest.minus(share));
        return [key, share];
      }),
    );
    return { day: `2026-10-${String(at + 1).padStart(2, "0")}`, cost: sum(Object.values(parts)), parts };
  });
};

const mover = (
  kind: CostMover["kind"],
  subject: string,
  cost: string,
  previous: string,
  [price, quantity, mix]: readonly [string, string, string],
): CostMover => ({
  kind,
  subject,
  key: subject,
  cost: D(cost),
  previousCost: D(previous),
  change: D(cost).minus(previous),
  causes: { price: D(price), quantity: D(quantity), mix: D(mix) },
});

const finding = (
  code: string,
  subject: string,
  savings: readonly [string, string] | null,
  [effort, confidence]: readonly [ReviewFinding["effort"], ReviewFinding["confidence"]],
  action: string,
  detail: string,
): ReviewFinding => ({
  id: `${code}:${subject}`,
  code,
  subject,
  account: null,
  region: null,
  monthlySaving: savings === null ? null : D(savings[0]),
  additionalSaving: savings === null ? null : D(savings[1]),
  effort,
  confidence,
  action,
  detail,
});

const FINDINGS: readonly ReviewFinding[] = [
  finding(
    "spot-candidate",
    "production/checkout",
    ["842.11", "842.11"],
    ["medium", "medium"],
    "Run the tasks above the base on Fargate Spot.",
    "70 % of the task-hours are above the base of 4 tasks; Spot costs 67 % less in this region.",
  ),
  finding(
    "nat-endpoint",
    "eu-west-1",
    ["611.20", "611.20"],
    ["low", "high"],
    "Add VPC endpoints for ecr.dkr, ecr.api, logs and S3.",
    "12,733 GB a month go through NAT to AWS services that an endpoint reaches for less.",
  ),
  finding(
    "arm64-candidate",
    "production/storefront",
    ["346.90", "346.90"],
    ["medium", "high"],
    "Build the image for arm64 and change the runtime platform.",
    "Fargate on ARM64 costs 20 % less for the same size.",
  ),
  finding(
    "buy-savings-plan",
    "Compute Savings Plan, 1 year, no upfront",
    ["402.77", "288.00"],
    ["low", "high"],
    "Commit $2.85 an hour.",
    "The lowest cost for the usage seen; the curve is flat from $2.60 to $3.00.",
  ),
  finding(
    "logs-retention",
    "/ecs/production/checkout",
    ["57.30", "57.30"],
    ["low", "high"],
    "Set a retention of 30 days.",
    "The log group keeps 1,910 GB for ever.",
  ),
  finding(
    "idle-service",
    "batch/reports",
    null,
    ["low", "low"],
    "Find out who needs it.",
    "It ran all month; there are no metrics that tell whether it did anything.",
  ),
];

const CURVE: CommitmentAdvice = {
  plan: "compute-sp-1y-no-upfront",
  utilization: D("0.961"),
  coverage: D("0.732"),
  withoutRate: D(0),
  plans: [
    {
      plan: "compute-sp-3y-no-upfront",
      best: { hourlyCommitment: D("3.1"), monthlyCost: D("2501.02") },
      monthlySaving: D("1022.16"),
      utilization: D("0.95"),
      coverage: D("0.81"),
      withoutRate: D(0),
    },
    {
      plan: "compute-sp-1y-all-upfront",
      best: { hourlyCommitment: D("2.8"), monthlyCost: D("3047.90") },
      monthlySaving: D("475.28"),
      utilization: D("0.963"),
      coverage: D("0.735"),
      withoutRate: D(0),
    },
  ],
  best: { hourlyCommitment: D("2.85"), monthlyCost: D("3120.41") },
  monthlySaving: D("402.77"),
  curve: [
    ["0", "3523.18"],
    ["0.5", "3432.02"],
    ["1", "3340.91"],
    ["1.5", "3251.12"],
    ["2", "3183.40"],
    ["2.5", "3131.77"],
    ["2.85", "3120.41"],
    ["3.5", "3190.02"],
    ["4", "3321.59"],
    ["5", "3720.00"],
  ].map(([hourlyCommitment = "", monthlyCost = ""]) => ({
    hourlyCommitment: D(hourlyCommitment),
    monthlyCost: D(monthlyCost),
  })),
};

/** A month of a shop with six services, with something in every part of the report. */
export const reviewReport = (changes: Partial<ReviewReport> = {}): ReviewReport => ({
  schemaVersion: 1,
  command: "review",
  month: "2026-10",
  currency: "USD",
  bill: {
    source: "exports/cur2",
    format: "cur-2.0",
    from: "2026-09-01",
    to: "2026-11-01",
    readingCost: null,
  },
  complete: true,
  period: { from: "2026-10-01", to: "2026-11-01", days: 31 },
  previousPeriod: { from: "2026-09-01", to: "2026-10-01", days: 30 },
  totalCost: TOTAL,
  computeCost: COMPUTE,
  previousComputeCost: D("5921.60"),
  comesAlong: {
    certain: { cost: D("535.80"), rules: [{ rule: "It carries a tag of ECS.", cost: D("535.80") }] },
    likely: { cost: D("883.20"), rules: [{ rule: "Nothing ties it to anybody.", cost: D("883.20") }] },
    others: { cost: D("120"), rules: [{ rule: "Its log group is that of another service.", cost: D("120") }] },
  },
  unitCosts: [],
  months: MONTHS,
  trend: {
    from: "2025-11",
    to: "2026-10",
    months: 12,
    change: D("2200"),
    monthlyChange: D("200"),
    yearOverYear: null,
  },
  previousCost: PREVIOUS,
  change: CHANGE,
  changeCauses: { price: D("12.40"), quantity: CHANGE.minus("12.40").minus("-81.03"), mix: D("-81.03") },
  lineItems: ALL_LINES,
  unplaced: {
    cost: D("41.87"),
    lineItems: [
      {
        service: "AmazonEC2",
        usageType: "EU-DataTransfer-Regional-Bytes",
        region: "eu-west-1",
        quantity: D("4187"),
        unit: "GB",
        rate: D("0.01"),
        cost: D("41.87"),
        reason: "Traffic between zones names no resource, so that it could be of any of them.",
      },
    ],
  },
  other: D("20318.44"),
  otherServices: [
    { service: "AmazonRDS", cost: D("14011.02") },
    { service: "AmazonS3", cost: D("6307.42") },
  ],
  credits: D("-250"),
  refunds: D("0"),
  tax: D("1530.21"),
  billTotal: TOTAL.plus("41.87").plus("20318.44").minus(250).plus("1530.21"),
  commitments: {
    fees: D("1116"),
    covered: D("1041.30"),
    unused: D("74.70"),
    balance: D("-12.10"),
    coverage: D("0.412"),
    utilization: D("0.933"),
  },
  services: SERVICES,
  clusters: [
    part("production", sum(SERVICES.slice(0, 3).map(({ cost }) => cost)), "5019.60"),
    part("", sum(SERVICES.slice(5).map(({ cost }) => cost)), "1211.90"),
    part("batch", sum(SERVICES.slice(3, 5).map(({ cost }) => cost)), "902.00"),
  ],
  tags: {
    team: [part("shop", D("5910.12"), "5019.60"), part("data", D("972.34"), "902"), part("", D("1419"), "1211.90")],
  },
  regions: [part("eu-west-1", TOTAL, "7133.50")],
  accounts: [part("111122223333", TOTAL.minus(900), "6333.50"), part("444455556666", D(900), "800")],
  launchTypes: LAUNCH_TYPES,
  dimensions: [
    part("fargate/linux/x86_64/vcpu-hour", D("3222.53"), "3010.11"),
    part("fargate/linux/x86_64/gb-hour", D("1538.21"), "1412.90"),
    part("nat.gb", D("883.20"), "701.10"),
    part("logs.ingest_gb", D("535.80"), "510.80"),
  ],
  movers: [
    mover("new", "batch/reports", "257.12", "0", ["0", "257.12", "0"]),
    mover("changed", "eu-west-1 nat.gb", "883.20", "701.10", ["0", "182.10", "0"]),
    mover("changed", "production/checkout", "2600.73", "2418.20", ["12.40", "170.13", "0"]),
    mover("changed", "batch/importer", "683.51", "902.00", ["0", "-137.46", "-81.03"]),
    mover("changed", "production/search", "685.01", "640.33", ["0", "44.68", "0"]),
    mover("gone", "production/legacy-gateway", "0", "31.02", ["0", "-31.02", "0"]),
  ],
  days: days(),
  anomalies: [
    {
      day: "2026-10-22",
      subject: "eu-west-1 nat.gb",
      cost: D("171.40"),
      expected: D("24.10"),
      excess: D("147.30"),
      detail: "Seven times the median of the days before.",
    },
  ],
  forecast: {
    month: "2026-11",
    monthToDate: D("5190.11"),
    days: 19,
    expected: D("8212.50"),
    low: D("7890.00"),
    high: D("8610.00"),
    confidence: "0.8",
    method: "Mean of the last 14 days with weekday effects.",
  },
  untagged: { cost: D("1419"), share: D("0.171") },
  findings: FINDINGS,
  findingsSaving: sum(FINDINGS.flatMap(({ additionalSaving }) => additionalSaving ?? [])),
  lowConfidenceSaving: D("0"),
  commitmentAdvice: CURVE,
  reconciliation: {
    billedCost: TOTAL,
    estimatedCost: TOTAL.minus("182.10").plus("9.13"),
    difference: D("172.97"),
    lines: [
      {
        usageType: "EU-Fargate-GB-Hours",
        region: "eu-west-1",
        verdict: "agrees",
        billedQuantity: D("346016"),
        estimatedQuantity: D("346016"),
        billedCost: D("1538.04"),
        estimatedCost: D("1538.04"),
        difference: D(0),
        reason: null,
      },
      {
        usageType: "EU-NatGateway-Bytes",
        region: "eu-west-1",
        verdict: "differs",
        billedQuantity: D("18400"),
        estimatedQuantity: D("14606.25"),
        billedCost: D("883.20"),
        estimatedCost: D("701.10"),
        difference: D("182.10"),
        reason: "The workload file names 14,606 GB.",
      },
      {
        usageType: "EU-PublicIPv4:InUseAddress",
        region: "eu-west-1",
        verdict: "not-billed",
        billedQuantity: null,
        estimatedQuantity: D("1826"),
        billedCost: null,
        estimatedCost: D("9.13"),
        difference: D("-9.13"),
        reason: null,
      },
    ],
  },
  assumptions: [
    {
      code: "amortised",
      detail: "Savings Plans are spread over the usage that they covered. Their unused part is apart.",
    },
  ],
  issues: [{ code: "not-read", severity: "info", subject: "exports/cur2/part-3.csv.gz", detail: "The part is empty." }],
  ...changes,
});

/** What a bill of which little is known gives: months alone, nothing before, nothing found. */
export const bareReviewReport = (): ReviewReport =>
  reviewReport({
    previousPeriod: null,
    previousCost: null,
    change: null,
    changeCauses: null,
    complete: false,
    lineItems: [],
    unplaced: { cost: D(0), lineItems: [] },
    otherServices: [],
    commitments: { fees: D(0), covered: D(0), unused: null, balance: D(0), coverage: null, utilization: null },
    services: [],
    clusters: [],
    tags: {},
    regions: [],
    accounts: [],
    launchTypes: [],
    dimensions: [],
    movers: [],
    days: [],
    anomalies: [],
    forecast: null,
    untagged: null,
    findings: [],
    findingsSaving: D(0),
    commitmentAdvice: null,
    reconciliation: null,
    assumptions: [],
    issues: [],
    totalCost: D(0),
    billTotal: D("20318.44").minus(250).plus("1530.21"),
  });
