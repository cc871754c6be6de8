import {
  type CompareReport,
  Decimal,
  type EstimateReport,
  type LineItem,
  type OptionReport,
  type ServiceComparison,
  type ServiceEstimate,
} from "@ecs-cost/core";

/** Small reports, written out, for what draws and chooses. */

const ENVELOPE = {
  schemaVersion: 1,
  region: "eu-west-1",
  currency: "USD",
  hoursPerMonth: "730",
  prices: { source: "snapshot", asOf: "2026-09-29" },
  assumptions: [{ code: "spot-price-floats", detail: "Spot prices move; this is one reading." }],
  issues: [],
} as const;

export const lineItem = (cost: string, dimension = "fargate/linux/x86_64/vcpu-hour"): LineItem => ({
  dimension,
  usageType: "EU-Fargate-vCPU-Hours:perCPU",
  quantity: new Decimal(cost),
  unit: "vCPU-hour",
  rate: new Decimal(1),
  cost: new Decimal(cost),
});

export const serviceEstimate = (
  name: string,
  cost: string | null,
  changes: Partial<ServiceEstimate> = {},
): ServiceEstimate => ({
  name,
  cluster: "production",
  tags: {},
  cpu: 512,
  memory: 1024,
  architecture: "x86_64",
  os: "linux",
  runsOn: ["FARGATE"],
  tasks: { FARGATE: 2 },
  monthlyCost: cost === null ? null : new Decimal(cost),
  complete: cost !== null,
  lineItems: cost === null ? [] : [lineItem(cost)],
  unpriced: [],
  ...changes,
});

const sum = (costs: readonly (Decimal | null)[]): Decimal =>
  costs.reduce<Decimal>((total, cost) => total.plus(cost ?? 0), new Decimal(0));

export const estimateReport = (
  services: readonly ServiceEstimate[],
  changes: Partial<EstimateReport> = {},
): EstimateReport => {
  const shared = changes.shared ?? { monthlyCost: new Decimal(0), complete: true, lineItems: [], unpriced: [] };
  return {
    ...ENVELOPE,
    command: "estimate",
    totalMonthlyCost: sum([...services.map(({ monthlyCost }) => monthlyCost), shared.monthlyCost]),
    complete: services.every(({ complete }) => complete) && shared.complete,
    services,
    shared,
    fleets: [],
    ...changes,
  };
};

export const option = (id: string, cost: string | null, changes: Partial<OptionReport> = {}): OptionReport => ({
  id,
  feasible: cost !== null,
  monthlyCost: cost === null ? null : new Decimal(cost),
  lineItems: [],
  reasons: cost === null ? [{ code: "missing-price", detail: `There is no price for ${id}.` }] : [],
  ...changes,
});

export const serviceComparison = (
  name: string,
  current: string | null,
  options: readonly OptionReport[],
  changes: Partial<ServiceComparison> = {},
): ServiceComparison => {
  const best = options.find(({ feasible }) => feasible);
  const today = current === null ? null : new Decimal(current);
  const saving = today === null ? null : Decimal.max(0, today.minus(best?.monthlyCost ?? today));
  return {
    name,
    cluster: "production",
    tags: {},
    cpu: 512,
    memory: 1024,
    architecture: "x86_64",
    os: "linux",
    current: { runsOn: ["FARGATE"], monthlyCost: today, complete: today !== null },
    best: best?.id ?? null,
    bestMonthlyCost: best?.monthlyCost ?? null,
    monthlySaving: saving,
    options,
    breakEven: null,
    ...changes,
  };
};

export const compareReport = (
  services: readonly ServiceComparison[],
  changes: Partial<CompareReport> = {},
): CompareReport => ({
  ...ENVELOPE,
  command: "compare",
  totalMonthlyCost: sum(services.map(({ current }) => current.monthlyCost)),
  complete: services.every(({ current }) => current.monthlyCost !== null),
  services,
  shared: { monthlyCost: new Decimal(0), complete: true, lineItems: [], unpriced: [] },
  fleets: [],
  connectivity: null,
  ...changes,
});
