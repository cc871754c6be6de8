import type { BilledLaunchType } from "../bill/place-charge.ts";
import type { Assumption, Issue } from "../issues/issue.ts";
import type { Decimal } from "../units/decimal.ts";
import type { SCHEMA_VERSION } from "./report.ts";
import type { Effort } from "./rightsize-report.ts";

export type { BilledLaunchType };

/** Lines of one service, usage type and region over the month. */
export interface BilledLine {
  /** Product code of AWS, for example `AmazonECS`. */
  readonly service: string;
  readonly usageType: string;
  readonly region: string | null;
  /** Price key of the price book; null where it has none for this usage type. */
  readonly dimension: string | null;
  readonly launchType: BilledLaunchType;
  /** How sure it is that what comes along with ECS does; not on lines of compute. */
  readonly tie?: "certain" | "likely";
  readonly quantity: Decimal;
  readonly unit: string;
  /** cost / quantity; null where nothing was used. */
  readonly rate: Decimal | null;
  /** Commitments spread over what they covered. */
  readonly cost: Decimal;
}

export interface UnplacedLine extends Omit<BilledLine, "dimension" | "launchType" | "tie"> {
  readonly reason: string;
}

/** A part of the total beside the month before. The previous cost is null where the bill does not reach back. */
export interface CostPart {
  readonly key: string;
  readonly cost: Decimal;
  readonly previousCost: Decimal | null;
  readonly change: Decimal | null;
}

export interface BilledService extends CostPart {
  readonly name: string;
  readonly cluster: string;
  /** Null where the source names none. */
  readonly account: string | null;
  readonly region: string | null;
  readonly lineItems: readonly BilledLine[];
}

/** A change of cost by cause; the three add up to the change exactly. */
export interface ChangeCauses {
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly mix: Decimal;
}

export interface CostMover extends CostPart {
  readonly kind: "changed" | "new" | "gone";
  readonly subject: string;
  readonly change: Decimal;
  readonly causes: ChangeCauses;
}

/** A day, or the first of several in a row, that cost more than the days before it let expect; amounts are of that day. */
export interface CostAnomaly {
  readonly day: string;
  readonly subject: string;
  readonly cost: Decimal;
  readonly expected: Decimal;
  readonly excess: Decimal;
  readonly detail: string;
}

export interface CostForecast {
  readonly month: string;
  readonly monthToDate: Decimal;
  /** Days of the month that the bill covers. */
  readonly days: number;
  readonly expected: Decimal;
  readonly low: Decimal;
  readonly high: Decimal;
  /** Share of months that the interval is meant to hold, for example "0.8". */
  readonly confidence: string;
  readonly method: string;
}

/** Commitments apart from usage: what was paid, what usage they covered (amortised) and what nothing used. */
export interface CommitmentAccount {
  readonly fees: Decimal;
  readonly covered: Decimal;
  readonly unused: Decimal | null;
  /** What the bill as billed holds beyond the amortised usage; part of `other`. */
  readonly balance: Decimal;
  /** Share of the usage a plan could cover that one did, at on-demand cost; null where not known. */
  readonly coverage: Decimal | null;
  /** Share of the fees that was used; null without commitments. */
  readonly utilization: Decimal | null;
}

export interface ReviewFinding {
  /** The same from month to month. */
  readonly id: string;
  readonly code: string;
  readonly subject: string;
  /** Where its cost is, if in one account and region; null where it is not, or not known. */
  readonly account: string | null;
  readonly region: string | null;
  /** USD a month, alone; null where it cannot be told from the bill. */
  readonly monthlySaving: Decimal | null;
  /** What it adds after the findings before it in the list: overlaps count once. */
  readonly additionalSaving: Decimal | null;
  readonly effort: Effort;
  readonly confidence: "low" | "medium" | "high";
  readonly detail: string;
  /** One line that says what to do. */
  readonly action: string;
  /** Month in which it was told first, whose it is and what was decided; absent without a file of findings. */
  readonly firstSeen?: string;
  readonly owner?: string | null;
  readonly state?: "open" | "accepted" | "done";
}

/** Whether a finding that is done has saved what was promised. */
export interface FindingCheck {
  readonly id: string;
  /** A month; null where it was not known. */
  readonly promised: Decimal | null;
  /** What the finding would still save. */
  readonly left: Decimal | null;
  readonly saved: Decimal | null;
  readonly verdict: "saved" | "partly" | "not-saved";
}

/** A budget of the month. */
export interface BudgetReport {
  readonly name: string;
  readonly budget: Decimal;
  readonly spent: Decimal;
  /** What the month comes to at its end. */
  readonly expected: Decimal;
  readonly left: Decimal;
  /** spent / budget; null of a budget of nothing. */
  readonly share: Decimal | null;
  readonly onCourse: boolean;
  readonly exceeded: boolean;
  /** First day on which more was spent than the budget; null where none, or days are not known. */
  readonly exceededOn: string | null;
}

/** Cost of one unit, and why the cost of all changed: growth and rate add up to the change. */
export interface UnitCost {
  readonly name: string;
  readonly units: Decimal;
  readonly cost: Decimal;
  readonly previousUnits: Decimal | null;
  readonly previousCost: Decimal | null;
  /** More or fewer units at what one cost before. */
  readonly growth: Decimal | null;
  /** What one costs more or less, of all units now. */
  readonly rate: Decimal | null;
}

export interface CommitmentPoint {
  /** USD per hour. */
  readonly hourlyCommitment: Decimal;
  /** Of the usage seen, scaled to the month, commitment included. */
  readonly monthlyCost: Decimal;
}

/** What one plan would do for the usage seen. */
export interface CommitmentPlan {
  /** For example `compute-sp-1y-no-upfront`. */
  readonly plan: string;
  /** The hourly commitment of least cost, exactly; 0 where buying more costs more. */
  readonly best: CommitmentPoint;
  /** Against buying nothing more. */
  readonly monthlySaving: Decimal;
  /** Share of the commitment that the usage seen would have used; null where nothing is to be bought. */
  readonly utilization: Decimal | null;
  /** Share of the usage on demand that it would have covered, at on-demand cost. */
  readonly coverage: Decimal | null;
  /** Share of the cost on demand whose rate under the plan is not known; every other figure is of the rest. */
  readonly withoutRate: Decimal;
}

/** The plan of the settings with its curve, and every other plan that has rates for most of the usage beside it, the largest saving first. */
export interface CommitmentAdvice extends CommitmentPlan {
  /** By rising commitment, from none to the most that could be used; the best is among them. */
  readonly curve: readonly CommitmentPoint[];
  readonly plans: readonly CommitmentPlan[];
}

export interface ReconciledLine {
  readonly usageType: string;
  readonly region: string | null;
  readonly verdict: "agrees" | "differs" | "not-billed" | "not-estimated";
  readonly billedQuantity: Decimal | null;
  readonly estimatedQuantity: Decimal | null;
  readonly billedCost: Decimal | null;
  readonly estimatedCost: Decimal | null;
  readonly difference: Decimal;
  /** The likely reason, where one can be told. */
  readonly reason: string | null;
}

export interface Reconciliation {
  readonly billedCost: Decimal;
  readonly estimatedCost: Decimal;
  readonly difference: Decimal;
  readonly lines: readonly ReconciledLine[];
}

/** The days that a month, or its beginning, is held against: as many as the bill covers. */
export interface ReviewPeriod {
  /** ISO dates, the end exclusive. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** What could come along with ECS, by why it does or does not. */
export interface OverheadRule {
  /** One sentence. */
  readonly rule: string;
  readonly cost: Decimal;
}

export interface OverheadPart {
  readonly cost: Decimal;
  /** The dearest first; they add up to the cost. */
  readonly rules: readonly OverheadRule[];
}

/** What comes along with ECS for certain and likely, which is in totalCost, and what others cause as well, which is in other. */
export interface ComesAlong {
  readonly certain: OverheadPart;
  readonly likely: OverheadPart;
  readonly others: OverheadPart;
}

/** The total by several keys at once; `keys` has the value of each. */
export interface CostGroup extends CostPart {
  readonly keys: Readonly<Record<string, string>>;
}

/** A cost with its team; all rows of a month add up to its bill. Empty texts are what there is none of. */
export interface ShowbackRow {
  readonly part: "ecs" | "unplaced" | "other" | "credits" | "tax";
  readonly month: string;
  readonly account: string;
  readonly region: string;
  readonly team: string;
  readonly service: string;
  readonly dimension: string;
  readonly cost: Decimal;
}

/** What a month cost; changes are null where the bill does not hold the other month or the month is not over. */
export interface MonthCost {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly cost: Decimal;
  readonly computeCost: Decimal;
  /** Whether the bill covers every day of it. */
  readonly complete: boolean;
  readonly change: Decimal | null;
  /** Against the same month of the year before. */
  readonly yearChange: Decimal | null;
}

/** Where whole months went, thirteen at most. */
export interface CostTrend {
  readonly from: string;
  readonly to: string;
  readonly months: number;
  /** From the first to the last. */
  readonly change: Decimal;
  /** From month to month on average. */
  readonly monthlyChange: Decimal;
  readonly yearOverYear: Decimal | null;
}

export interface DailyCost {
  readonly day: string;
  readonly cost: Decimal;
  /** By launch type, overheads as `overhead`; the parts add up to the cost. */
  readonly parts: Readonly<Partial<Record<BilledLaunchType, Decimal>>>;
}

export interface ReviewReport {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "review";
  /** `YYYY-MM`. */
  readonly month: string;
  readonly currency: string;
  readonly bill: {
    readonly source: string;
    readonly format: string;
    readonly from: string;
    readonly to: string;
    readonly readingCost: { readonly usd: string; readonly detail: string } | null;
  };
  /** Whether the bill covers every day of the month. */
  readonly complete: boolean;
  /** Days of the month that the bill covers. */
  readonly period: ReviewPeriod;
  /** Days before that every previous cost is of; null where the bill does not reach back. */
  readonly previousPeriod: ReviewPeriod | null;
  /** The ECS part of the bill and what comes along, commitments spread over what they covered. */
  readonly totalCost: Decimal;
  /** Of it, what ran tasks: Fargate, instances, their management; the rest comes along. */
  readonly computeCost: Decimal;
  readonly previousComputeCost: Decimal | null;
  readonly comesAlong: ComesAlong;
  readonly previousCost: Decimal | null;
  readonly change: Decimal | null;
  readonly changeCauses: ChangeCauses | null;
  readonly lineItems: readonly BilledLine[];
  readonly unplaced: { readonly cost: Decimal; readonly lineItems: readonly UnplacedLine[] };
  /** Everything that has nothing to do with ECS, and the balance of commitments. */
  readonly other: Decimal;
  readonly otherServices: readonly { readonly service: string; readonly cost: Decimal }[];
  /** Credits and refunds, below zero. */
  readonly credits: Decimal;
  readonly refunds: Decimal;
  readonly tax: Decimal;
  /** As billed: totalCost + unplaced + other + credits + tax, exactly. */
  readonly billTotal: Decimal;
  readonly commitments: CommitmentAccount;
  readonly services: readonly BilledService[];
  readonly clusters: readonly CostPart[];
  readonly tags: Readonly<Record<string, readonly CostPart[]>>;
  readonly regions: readonly CostPart[];
  readonly accounts: readonly CostPart[];
  readonly launchTypes: readonly CostPart[];
  readonly dimensions: readonly CostPart[];
  /** Every month that was read, the oldest first. */
  readonly months: readonly MonthCost[];
  readonly trend: CostTrend | null;
  /** The total by what was asked for; absent where nothing was. */
  readonly groups?: readonly CostGroup[];
  /** The total by team, with what nobody owns under an empty key; absent without an ownership file. */
  readonly teams?: readonly CostPart[];
  /** Absent without a file of budgets. */
  readonly budgets?: readonly BudgetReport[];
  readonly unitCosts: readonly UnitCost[];
  /** What became of findings that are done; absent without a file of findings. */
  readonly findingChecks?: readonly FindingCheck[];
  /** Absent unless asked for. */
  readonly showback?: readonly ShowbackRow[];
  readonly movers: readonly CostMover[];
  readonly days: readonly DailyCost[];
  readonly anomalies: readonly CostAnomaly[];
  readonly forecast: CostForecast | null;
  /** Part of totalCost that no ECS service tag names; null where the source has no tags. */
  readonly untagged: { readonly cost: Decimal; readonly share: Decimal | null } | null;
  readonly findings: readonly ReviewFinding[];
  /** A month, in the currency of the bill: what findings of medium and high confidence add, overlaps counted once. */
  readonly findingsSaving: Decimal;
  /** What findings of low confidence add to it. */
  readonly lowConfidenceSaving: Decimal;
  readonly commitmentAdvice: CommitmentAdvice | null;
  readonly reconciliation: Reconciliation | null;
  readonly assumptions: readonly Assumption[];
  readonly issues: readonly Issue[];
}
