export { capacity } from "./app/capacity/capacity.ts";
export { type CapacitySettings, DEFAULT_AVAILABILITY, type ProviderSpec } from "./app/capacity/settings.ts";
export { type CompareSettings, compare } from "./app/compare/compare.ts";
export type { CostSettings } from "./app/context/cost-context.ts";
export { type DiffSide, diff } from "./app/diff/diff.ts";
export { allocateShared } from "./app/estimate/allocate-shared.ts";
export { estimate } from "./app/estimate/estimate.ts";
export { explainResources } from "./app/estimate/explain-resources.ts";
export { type PlanInput, type Planned, plan } from "./app/plan/plan.ts";
export type { PlanEffort, PlanSettings } from "./app/plan/settings.ts";
export { sizeProposals } from "./app/proposals/size-proposals.ts";
export { rightsize } from "./app/rightsize/rightsize.ts";
export type { RightsizeSettings } from "./app/rightsize/settings.ts";
export type {
  Bill,
  BillDetail,
  BillFormat,
  Charge,
  ChargeKind,
  CommittableHour,
  ResourceCharge,
} from "./domain/bill/charge.ts";
export type { ProviderType } from "./domain/capacity/capacity-option.ts";
export { EMIT_FORMATS, type EmitFormat, emitStrategies } from "./domain/capacity/emit/emit-strategy.ts";
export type { StrategyEvaluation } from "./domain/capacity/evaluate-strategy.ts";
export type { InterruptionModel } from "./domain/capacity/interruption.ts";
export type { RequiredTasks } from "./domain/capacity/required-tasks.ts";
export { splitTasks } from "./domain/capacity/split.ts";
export {
  deploymentTasks,
  SPLIT_ASSUMPTIONS,
  scaleTasks,
  type TaskCounts as SplitTasks,
} from "./domain/capacity/split-path.ts";
export { type StrategyProblem, strategyProblems } from "./domain/capacity/strategy-rules.ts";
export { applyCommitments, applyCommitmentsHourly } from "./domain/commitments/apply-commitments.ts";
export type { CommitmentResult, Commitments, CommittableUsage } from "./domain/commitments/commitment.ts";
export type { Connectivity, ConnectivityOption } from "./domain/costing/connectivity.ts";
export type { CostedLines } from "./domain/costing/costed-lines.ts";
export type { BillableUsage, LineItem, PricedLines, UnpricedUsage } from "./domain/costing/line-item.ts";
export { splitInstanceCost } from "./domain/costing/split-cost.ts";
export { addPoint } from "./domain/demand/add-point.ts";
export { type Confidence, type Continuity, continuityOf, type Gap } from "./domain/demand/continuity.ts";
export type { UsageMetric } from "./domain/demand/day-usage.ts";
export { type DemandDay, demandOf, pointsOf, splitDemand, type UsageDemand } from "./domain/demand/demand-window.ts";
export { RELATIVE_BOUND } from "./domain/demand/log-histogram.ts";
export {
  emptyPoint,
  METRIC_COLUMNS,
  type MetricColumn,
  type MetricPoint,
  POINT,
  pointOf,
} from "./domain/demand/metric-point.ts";
export {
  dailyPercentiles,
  highestHourlyP99,
  meanOf,
  peakOf,
  percentileOf,
  recentPercentile,
  shareAbove,
} from "./domain/demand/quantile.ts";
export { type Season, seasonOf, type TaskCounts, taskCountsOf } from "./domain/demand/season.ts";
export { type Trend, trendOf } from "./domain/demand/trend.ts";
export { emptyUsage, type ServiceUsage } from "./domain/demand/usage.ts";
export type { UsageByService } from "./domain/demand/usage-by-service.ts";
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
export {
  type BookPrice,
  type CommitmentRow,
  currencyOf,
  type Ec2Book,
  type FamilyDiscountRow,
  type ManagedInstancesFee,
  type OnDemandRow,
  type Origin,
  type PriceBook,
  type RegionBook,
  type SpotRow,
} from "./domain/pricing/book.ts";
export { ARM_PAIRS, fargateIndex } from "./domain/pricing/derived/fargate.ts";
export { type DerivedRule, MEASURED, type MeasuredRule } from "./domain/pricing/derived/measured.ts";
export { isUsedByDefault } from "./domain/pricing/derived/rule.ts";
export { discountedCatalogue } from "./domain/pricing/discount/discounted-catalogue.ts";
export { discountServices, isKnownService } from "./domain/pricing/discount/known-service.ts";
export { nearestKeys } from "./domain/pricing/nearest-keys.ts";
export { OVERHEAD_KEYS, type OverheadKey } from "./domain/pricing/overhead-key.ts";
export { type ParsedPriceKey, parsePriceKey } from "./domain/pricing/parsed-key.ts";
export {
  assumptionsOf,
  type InstanceType,
  type Price,
  type PriceCatalogue,
  type PriceKey,
  type PriceLookup,
  type PriceTier,
} from "./domain/pricing/price.ts";
export { ec2Key, fargateKey, managedInstancesFeeKey } from "./domain/pricing/price-key.ts";
export { type PriceNeed, priceNeeds } from "./domain/pricing/price-needs.ts";
export { askPrices, type InstanceTypeAnswer, type PriceAnswer } from "./domain/pricing/price-query.ts";
export { EC2_PURCHASES, FARGATE_PURCHASES, type Purchase } from "./domain/pricing/purchase.ts";
export type { AgreedRate, Discount, DiscountScope, ExchangeRate, RateCard } from "./domain/pricing/rate-card.ts";
export { type CatalogueOptions, createCatalogue } from "./domain/pricing/rates/catalogue.ts";
export { type PriceGroup, type RegionSummary, summarizeRegion } from "./domain/pricing/region-summary.ts";
export { type UnreadPrice, unreadPrices } from "./domain/pricing/unread-prices.ts";
export type { CapacityReport, ServiceCapacity } from "./domain/report/capacity-report.ts";
export type { BesideComputeOptimizer, SizeOnUnseenDays } from "./domain/report/compute-optimizer-report.ts";
export type {
  AttributeValue,
  BilledSide,
  ChangeCause,
  ChangeKind,
  CostChange,
  DiffReport,
  DiffSideReport,
  LineChange,
  ResourceChange,
} from "./domain/report/diff-report.ts";
export { joinDiffs } from "./domain/report/join-diffs.ts";
export { joinPlans } from "./domain/report/join-plans.ts";
export {
  type JoinReports,
  joinCapacities,
  joinComparisons,
  joinEstimates,
  joinRightsizings,
} from "./domain/report/join-regions.ts";
export type {
  PlannedCommitment,
  PlannedService,
  PlannedState,
  PlanReport,
  PlanStep,
  PlanStepKind,
} from "./domain/report/plan-report.ts";
export type { ProposedSize, ProposedSizes, SizeVerdict } from "./domain/report/proposed-size.ts";
export type {
  CompareReport,
  ConvertedCost,
  EstimateReport,
  FleetInstances,
  FleetReport,
  OptionReport,
  ReportEnvelope,
  ServiceComparison,
  ServiceEstimate,
  ServiceIdentity,
} from "./domain/report/report.ts";
export type {
  BilledLaunchType,
  BilledLine,
  BilledService,
  BudgetReport,
  ChangeCauses,
  CommitmentAccount,
  CommitmentAdvice,
  CommitmentPlan,
  CommitmentPoint,
  CostAnomaly,
  CostForecast,
  CostGroup,
  CostMover,
  CostPart,
  DailyCost,
  FindingCheck,
  MonthCost,
  ReconciledLine,
  Reconciliation,
  ReviewFinding,
  ReviewPeriod,
  ReviewReport,
  ShowbackRow,
  UnitCost,
  UnplacedLine,
} from "./domain/report/review-report.ts";
export {
  type BacktestReport,
  type CombinedAdvice,
  type Effort,
  EXTRA_ADVICE,
  type ExtraAdvice,
  type ExtraAdviceCode,
  type RightsizeReport,
  type RightsizeSettingsReport,
  type ServiceRightsizing,
  type StrategyBacktest,
  type StrategyComparison,
  type UsageShape,
} from "./domain/report/rightsize-report.ts";
export {
  adviseSizes,
  DEFAULT_LOOKBACK_DAYS,
  DEFAULT_MIN_POINTS,
  type SizeAdvice,
  type SizingOptions,
  type SizingSubject,
} from "./domain/rightsizing/advise-sizes.ts";
export {
  type BacktestCase,
  type BacktestOptions,
  type BacktestRow,
  type BacktestStrategy,
  type BacktestSubject,
  backtest,
} from "./domain/rightsizing/backtest.ts";
export type { ComputeOptimizerAdvice } from "./domain/rightsizing/compute-optimizer-advice.ts";
export { type ContainerSize, divideContainers } from "./domain/rightsizing/divide-containers.ts";
export type { SizeEvidence } from "./domain/rightsizing/evidence.ts";
export type { ProjectedUtilization, Projection } from "./domain/rightsizing/projection.ts";
export {
  resolveSettings,
  type SettingSpec,
  type SettingSpecs,
  type SettingValues,
} from "./domain/rightsizing/settings.ts";
export { RISK_LEVELS, type RiskLevel, type SizeRisk } from "./domain/rightsizing/size-risk.ts";
export { findStrategy, STRATEGIES } from "./domain/rightsizing/strategies/strategies.ts";
export {
  type AnyStrategy,
  defineStrategy,
  type Strategy,
  type StrategyAdvice,
  type StrategyContext,
  type UsedQuantile,
} from "./domain/rightsizing/strategy.ts";
export type { RunningTasks, TargetTracking } from "./domain/rightsizing/target-tracking.ts";
export { isLegalSize, legalSizes, type TaskSize } from "./domain/sizing/fargate-sizes.ts";
export { describeSize, type SizeFit, smallestSizeThatFits } from "./domain/sizing/size-fit.ts";
export type { SizeFitting, SizeGrid } from "./domain/sizing/size-grid.ts";
export { Decimal } from "./domain/units/decimal.ts";
export { NO_SHARED } from "./domain/workload/defaults.ts";
export type { Inventory } from "./domain/workload/inventory.ts";
export type { Autoscaling, Demand, LaunchType, Placement, Service, StrategyItem } from "./domain/workload/service.ts";
export type { CapacityProvider, Ec2Settings, SharedInfrastructure } from "./domain/workload/shared.ts";
export type { Architecture, OperatingSystem, TaskShape } from "./domain/workload/task.ts";
export { parseCpu, parseMemory } from "./domain/workload/task-size.ts";
export type { BillReading, BillRequest, BillSource } from "./ports/bill-source.ts";
