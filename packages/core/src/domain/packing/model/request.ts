import type { CpuUnits, MiB } from "../../units/size.ts";

/** Tasks of one service, all of one shape, to be placed on instances. */
export interface PackItem {
  /** Service id; patterns are told in terms of it. */
  readonly id: string;
  readonly count: number;
  readonly cpu: CpuUnits;
  readonly memory: MiB;
  /** Task ENIs: 1 in awsvpc mode, otherwise 0. */
  readonly enis: 0 | 1;
  readonly gpus: number;
  /** Static host ports as `tcp/80`: one task per instance and port. */
  readonly hostPorts: readonly string[];
}

/** What one instance of a type offers to tasks, after OS overhead and daemons. */
export interface InstanceCapacity {
  readonly type: string;
  readonly cpu: CpuUnits;
  readonly memory: MiB;
  readonly enis: number;
  readonly gpus: number;
}

/**
 * Price of an instance-hour of each type under one purchase option, in integer nano-dollars (1e-9 USD), root volume
 * and fees included; undefined where the type has no price. Aligned with `types`.
 */
export interface Market {
  readonly id: string;
  readonly nanoDollars: readonly (number | undefined)[];
}

export interface PackRequest {
  readonly items: readonly PackItem[];
  readonly types: readonly InstanceCapacity[];
  readonly markets: readonly Market[];
  /** Availability Zones that each service's tasks are spread over evenly; 1 for none. */
  readonly azs: number;
  /** At least this many instances in the fleet. */
  readonly minInstances: number;
  /** Managed scaling target in percent, 1 to 100: the fleet has ceil(filled x 100 / target) instances. */
  readonly targetCapacity: number;
  /**
   * `least` where a fleet only lies on the way from one to another, `quick` where many are compared, `thorough` for one that
   * is to be bought; where nothing is said, up to four markets are searched thoroughly.
   */
  readonly effort?: PackEffort;
  /** What `gpus` counts, for messages; GPUs unless given. */
  readonly acceleratorName?: string;
  /** Ports that the host itself uses, as `tcp/22`. */
  readonly reservedPorts: readonly string[];
}

/** How hard a fleet is searched for, in work units. */
export type PackEffort = "least" | "quick" | "thorough";

/** Instances of one type that are all filled alike. */
export interface FilledInstances {
  readonly instanceType: string;
  readonly count: number;
  /** 1-based zone, where tasks are spread over several. */
  readonly az?: number;
  /** Tasks on each of these instances by service id; empty on an idle instance. */
  readonly tasks: Readonly<Record<string, number>>;
}

export interface TypeComparison {
  readonly instanceType: string;
  /** Fleet cost in nano-dollars an hour if this were the only type; undefined where some task does not fit. */
  readonly nanoDollars: number | undefined;
  readonly reason: string;
}

export interface FleetPlan {
  readonly market: string;
  readonly feasible: true;
  readonly instances: readonly FilledInstances[];
  /** Nano-dollars per hour of the whole fleet. */
  readonly nanoDollars: number;
  /** Proven: no fleet for these items and settings costs less. Nano-dollars per hour. */
  readonly lowerBound: number;
  /** Reserved share of the fleet's capacity, 0 to 1. */
  readonly utilization: { readonly cpu: number; readonly memory: number };
  /** The best few other types and why they lost, cheapest first. */
  readonly alternatives: readonly TypeComparison[];
}

export interface NoFleet {
  readonly market: string;
  readonly feasible: false;
  /** Ids of items that fit on no type that has a price here, with the resource that rules every type out. */
  readonly unplaceable: readonly { readonly id: string; readonly reasons: readonly string[] }[];
}

export type FleetResult = FleetPlan | NoFleet;
