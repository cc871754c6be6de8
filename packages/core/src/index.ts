export { allocateShared } from "./app/allocate-shared.ts";
export { compare } from "./app/compare.ts";
export type { CostSettings } from "./app/cost-context.ts";
export { estimate } from "./app/estimate.ts";
export { splitTasks } from "./domain/capacity/split.ts";
export { type StrategyProblem, strategyProblems } from "./domain/capacity/strategy-rules.ts";
export { applyCommitments, applyCommitmentsHourly } from "./domain/commitments/apply-commitments.ts";
export type { CommitmentResult, Commitments, CommittableUsage } from "./domain/commitments/commitment.ts";
export type { Connectivity, ConnectivityOption } from "./domain/costing/connectivity.ts";
export type { CostedLines } from "./domain/costing/costed-lines.ts";
export type { BillableUsage, LineItem, PricedLines, UnpricedUsage } from "./domain/costing/line-item.ts";
export { splitInstanceCost } from "./domain/costing/split-cost.ts";
export { BorderError, isBorderError, placeText } from "./domain/issues/border-error.ts";
export {
  type Assumption,
  ISSUE_CODES,
  type Issue,
  type IssueCode,
  type Reason,
  type Severity,
} from "./domain/issues/issue.ts";
export type { BreakEven } from "./domain/placement/break-even.ts";
export { LAUNCH_OPTIONS, type LaunchOption, optionId } from "./domain/placement/option.ts";
export type {
  BookPrice,
  CommitmentRow,
  Ec2Book,
  ManagedInstancesFee,
  OnDemandRow,
  Origin,
  PriceBook,
  RegionBook,
  SpotRow,
} from "./domain/pricing/book.ts";
export { type CatalogueOptions, createCatalogue } from "./domain/pricing/catalogue.ts";
export { nearestKeys } from "./domain/pricing/nearest-keys.ts";
export { OVERHEAD_KEYS, type OverheadKey } from "./domain/pricing/overhead-key.ts";
export { type ParsedPriceKey, parsePriceKey } from "./domain/pricing/parsed-key.ts";
export type { InstanceType, Price, PriceCatalogue, PriceKey, PriceLookup, PriceTier } from "./domain/pricing/price.ts";
export { ec2Key, fargateKey, managedInstancesFeeKey } from "./domain/pricing/price-key.ts";
export { askPrices, type InstanceTypeAnswer, type PriceAnswer } from "./domain/pricing/price-query.ts";
export { EC2_PURCHASES, FARGATE_PURCHASES, type Purchase } from "./domain/pricing/purchase.ts";
export { type PriceGroup, type RegionSummary, summarizeRegion } from "./domain/pricing/region-summary.ts";
export type {
  CompareReport,
  EstimateReport,
  FleetInstances,
  FleetReport,
  OptionReport,
  ReportEnvelope,
  ServiceComparison,
  ServiceEstimate,
  ServiceIdentity,
} from "./domain/report/report.ts";
export { isLegalSize, legalSizes, type TaskSize } from "./domain/sizing/fargate-sizes.ts";
export { describeSize, type SizeFit, smallestSizeThatFits } from "./domain/sizing/size-fit.ts";
export { Decimal } from "./domain/units/decimal.ts";
export type { Inventory } from "./domain/workload/inventory.ts";
export type { Demand, LaunchType, Placement, Service, StrategyItem } from "./domain/workload/service.ts";
export type { Ec2Settings, SharedInfrastructure } from "./domain/workload/shared.ts";
export type { Architecture, OperatingSystem, TaskShape } from "./domain/workload/task.ts";
export { parseCpu, parseMemory } from "./domain/workload/task-size.ts";
