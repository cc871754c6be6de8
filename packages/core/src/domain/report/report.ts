import type { Connectivity } from "../costing/connectivity.ts";
import type { CostedLines } from "../costing/costed-lines.ts";
import type { LineItem } from "../costing/line-item.ts";
import type { Assumption, Issue, Reason } from "../issues/issue.ts";
import type { BreakEven } from "../placement/break-even.ts";
import type { ExchangeRate, RateCard } from "../pricing/rate-card.ts";
import type { Decimal } from "../units/decimal.ts";
import type { AccountedResource } from "../workload/resource-account.ts";
import type { Architecture, OperatingSystem } from "../workload/task.ts";

export const SCHEMA_VERSION = 1;

/** What every report begins and ends with. Decimals serialise as plain decimal strings. */
export interface ReportEnvelope<Command extends string> {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: Command;
  /** Absent where there are several. */
  readonly region?: string;
  /** Where there are several: each service has its own. */
  readonly regions?: readonly string[];
  readonly currency: "USD";
  readonly hoursPerMonth: string;
  readonly prices: { readonly source: string; readonly asOf: string };
  /** What the company pays instead of the list price, as far as it is in force; absent where prices are list prices. */
  readonly rateCard?: RateCard;
  readonly assumptions: readonly Assumption[];
  readonly issues: readonly Issue[];
}

/** A cost in another currency, exactly the cost in USD times `perUsd`. */
export interface ConvertedCost extends ExchangeRate {
  readonly totalMonthlyCost: Decimal | null;
}

export interface ServiceIdentity {
  readonly name: string;
  readonly cluster: string;
  /** Where a report has several regions or accounts, as far as they are known. */
  readonly region?: string;
  readonly account?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** CPU units and MiB of one task; null where the task definition is missing. */
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly architecture: Architecture | null;
  readonly os: OperatingSystem | null;
  /** How a plan, template or folder of task definitions names it; absent where nothing does. */
  readonly address?: string;
  /** Its address before a `moved` block of Terraform. */
  readonly previousAddress?: string;
}

export interface ServiceEstimate extends ServiceIdentity, CostedLines {
  /** Launch type, or the capacity providers of the strategy. */
  readonly runsOn: readonly string[];
  /** Tasks by launch type or capacity provider (average over the month); null where the demand is not known. */
  readonly tasks: Readonly<Record<string, number>> | null;
}

export interface EstimateReport extends ReportEnvelope<"estimate"> {
  /** Exact sum of the services and the shared part that could be priced; null where nothing could. */
  readonly totalMonthlyCost: Decimal | null;
  /** The same at list prices; absent where nothing is discounted. */
  readonly listMonthlyCost?: Decimal;
  /** The total in the currency of the rate card; absent without one. */
  readonly converted?: ConvertedCost;
  readonly complete: boolean;
  readonly services: readonly ServiceEstimate[];
  readonly shared: CostedLines;
  readonly fleets: readonly FleetReport[];
  /** What becomes of every resource of plans and templates; absent unless asked for. */
  readonly resources?: readonly AccountedResource[];
}

export interface FleetInstances {
  readonly instanceType: string;
  readonly count: number;
  readonly az?: number;
  /** Tasks on each of these instances by service name. */
  readonly tasks: Readonly<Record<string, number>>;
  /** USD per instance-hour. */
  readonly rate: Decimal;
}

/** Instances of one cluster that run the named services together. */
export interface FleetReport {
  /** Option id, for example `ec2-on-demand-arm64`. */
  readonly id: string;
  readonly cluster: string;
  /** Where a report has several. */
  readonly region?: string;
  /** The provider of the user's own that starts the instances; absent for launch types and for options. */
  readonly capacityProvider?: string;
  readonly architecture: Architecture;
  readonly services: readonly string[];
  readonly instances: readonly FleetInstances[];
  readonly monthlyCost: Decimal;
  readonly lineItems: readonly LineItem[];
  /** Proven: no fleet for these tasks costs less, USD per month. */
  readonly lowerBound: Decimal;
  /** monthlyCost / lowerBound - 1. */
  readonly gap: Decimal;
  readonly utilization: { readonly cpu: Decimal; readonly memory: Decimal };
  /** Part of monthlyCost that no task fills, by CPU and memory at 9 : 1. */
  readonly idleMonthlyCost: Decimal;
  /** The best other types and why they lost. */
  readonly alternatives: readonly {
    readonly instanceType: string;
    readonly monthlyCost: Decimal | null;
    readonly reason: string;
  }[];
}

export interface OptionReport {
  /** Option id, for example `fargate-spot-arm64`. */
  readonly id: string;
  /** Can run there and has a price for everything. */
  readonly feasible: boolean;
  /** Null where it is not feasible. */
  readonly monthlyCost: Decimal | null;
  /** The same at list prices; absent where nothing of it is discounted. */
  readonly listMonthlyCost?: Decimal;
  readonly lineItems: readonly LineItem[];
  /** Codes of the assumptions that rates of it were derived by; absent where every rate was read. */
  readonly assumptions?: readonly string[];
  /** The fleet that it shares, and its share of the fleet's cost (9 : 1 by CPU and memory). */
  readonly fleet?: { readonly id: string; readonly cluster: string; readonly share: Decimal };
  /** Why it is infeasible, or what to know before choosing it. */
  readonly reasons: readonly Reason[];
}

export interface ServiceComparison extends ServiceIdentity {
  /**
   * As configured. The cost is null where what the tasks run on has no price; what comes along without one is left out
   * here and in every option alike, and `complete` is false.
   */
  readonly current: {
    readonly runsOn: readonly string[];
    readonly monthlyCost: Decimal | null;
    readonly complete: boolean;
    /** Codes of the assumptions that rates of it were derived by; absent where every rate was read. */
    readonly assumptions?: readonly string[];
  };
  /** Id of the cheapest feasible option, Spot only where the service may be interrupted; null where none is. */
  readonly best: string | null;
  readonly bestMonthlyCost: Decimal | null;
  /** current - best where both are known and best is cheaper, otherwise 0; null where the current cost is not known. */
  readonly monthlySaving: Decimal | null;
  readonly options: readonly OptionReport[];
  readonly breakEven: BreakEven | null;
}

export interface CompareReport extends ReportEnvelope<"compare"> {
  readonly totalMonthlyCost: Decimal | null;
  /** The same at list prices; absent where nothing is discounted. */
  readonly listMonthlyCost?: Decimal;
  /** The total in the currency of the rate card; absent without one. */
  readonly converted?: ConvertedCost;
  readonly complete: boolean;
  readonly services: readonly ServiceComparison[];
  readonly shared: CostedLines;
  readonly fleets: readonly FleetReport[];
  /** The same traffic by NAT, endpoints and public addresses; null where nothing is known to need a way out. */
  readonly connectivity: Connectivity | null;
}
