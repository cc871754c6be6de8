import type { Bin, EndGame } from "../model/greedy.ts";
import type { Offer } from "../model/offers.ts";
import type { ShapeTable } from "../model/pattern.ts";
import type { PackEffort } from "../model/request.ts";
import { RESOURCES, zeros } from "../model/resources.ts";
import { type Coarse, coarsen, sumByClass } from "../model/shape-classes.ts";
import type { Column, CoveringProgram } from "./covering-simplex.ts";
import { dive } from "./diving-heuristic.ts";
import { type Configuration, solveConfiguration } from "./master-problem.ts";
import type { ConfigurationRun, Effort } from "./pricing-problem.ts";

/** A proven bound, and what to pack along: values of tasks and fractional patterns, for all zones together. */
export interface Guidance {
  /** No fleet costs less; nano-dollars per hour. */
  readonly bound: number;
  /** By shape, above zero. */
  readonly values: Float64Array;
  /** By shape: a fleet for any part of the tasks costs at least the sum of their values. */
  readonly safe: Float64Array;
  /** Most instances first; by class where shapes were grouped. */
  readonly patterns: Configuration["patterns"];
  /** Offers whose best pattern comes near their price, the best first. */
  readonly efficient: readonly Offer[];
  readonly coarse: Coarse | undefined;
  /** See `Configuration`. */
  readonly cuts: Configuration["cuts"];
  /** Whether there are many markets, or many shapes, so that one quick way to pack must do. */
  readonly quick: boolean;
  /** Whether the plans of markets before stand in for one of the ways to pack. */
  readonly later: boolean;
  /** Rounds the patterns step by step for one zone; undefined where that takes too long. */
  readonly dive: ((demand: readonly number[], finish: EndGame) => readonly Bin[] | undefined) | undefined;
  /** The bound once more, without the offers that only fleets dearer than `known` contain. */
  readonly tighten: (known: number) => number;
}

/** Solves one market; `instances` is the least size of any fleet, `known` the cost of a fleet at hand. */
export type Guide = (offers: readonly Offer[], instances: number, known: number) => Guidance;

/** How many shapes are solved as they are, into how many classes more are grouped, and how hard to try. */
interface Plan {
  readonly mostShapes: number;
  readonly classes: number;
  readonly direct: Effort;
  /** For the markets that are listed first. */
  readonly leading: Effort;
  readonly grouped: Effort;
}

/** Up to so many shapes all ways to pack are tried. */
const FEW_SHAPES = 24;

const THOROUGH: Plan = {
  mostShapes: 96,
  classes: 64,
  direct: { passes: 120, nodes: 10_000, tolerance: 0.001 },
  leading: { passes: 120, nodes: 10_000, tolerance: 0.001 },
  grouped: { passes: 60, nodes: 600, tolerance: 0.002 },
};
/** For dozens of markets, or fleets that are only compared. */
const QUICK: Plan = {
  mostShapes: 64,
  classes: 48,
  direct: { passes: 60, nodes: 2_000, tolerance: 0.002 },
  leading: { passes: 120, nodes: 3_000, tolerance: 0.002 },
  grouped: { passes: 20, nodes: 300, tolerance: 0.005 },
};

/** For fleets that only lie on the way from one to another. */
const LEAST: Plan = {
  mostShapes: 32,
  classes: 24,
  direct: { passes: 15, nodes: 200, tolerance: 0.01 },
  leading: { passes: 15, nodes: 200, tolerance: 0.01 },
  grouped: { passes: 10, nodes: 100, tolerance: 0.01 },
};

const PLANS: Readonly<Record<PackEffort, Plan>> = { thorough: THOROUGH, quick: QUICK, least: LEAST };

/** Lifts values of zero a little, by size, so that every task counts when instances are filled. */
const liftValues = (table: ShapeTable, demand: readonly number[], values: Float64Array): Float64Array => {
  const totals = zeros();
  let worth = 0;
  demand.forEach((n, s) => {
    worth += n * Math.max(0, values[s] as number);
    for (let k = 0; k < RESOURCES; k++)
      totals[k] = (totals[k] as number) + n * (table.sizes[s * RESOURCES + k] as number);
  });
  return values.map((value, s) => {
    let share = 0;
    for (let k = 0; k < RESOURCES; k++) {
      if ((totals[k] as number) > 0) share += (table.sizes[s * RESOURCES + k] as number) / (totals[k] as number);
    }
    return Math.max(0, value) + 1e-4 * worth * share + 1e-9;
  });
};

const worth = (demand: readonly number[], values: Float64Array): number =>
  demand.reduce((total, n, s) => total + n * (values[s] as number), 0);

/** The safe values that are worth more in all. */
const safeValues = (
  table: ShapeTable,
  demand: readonly number[],
  coarse: Coarse | undefined,
  solved: Configuration,
): Float64Array => {
  const charged = solved.charge(table).map((value) => value * (1 - 1e-9));
  if (coarse !== undefined && !coarse.lossless) return charged;
  const scaled = coarse ? charged.map((_, s) => solved.safe[coarse.classOf[s] as number] as number) : solved.safe;
  return worth(demand, scaled) > worth(demand, charged) ? scaled : charged;
};

/** So many markets at the head of the list get more effort. */
const LEADING = 2;

const ROUNDS = 3;

/** Drops offers that only fleets dearer than `known` contain, and solves again, while that helps. */
const tighten = (run: ConfigurationRun, solved: Configuration, pool: Map<string, Column>, known: number): number => {
  let { bound } = solved;
  let last = solved;
  let { offers } = run;
  for (let round = 0; round < ROUNDS && bound < known; round++) {
    const { scaled, of } = last.slack;
    const fewer = offers.filter((offer) => scaled + (of.get(offer) ?? 0) < known * (1 + 1e-9));
    if (fewer.length === 0) return known;
    if (fewer.length === offers.length || !holdAll(run.table, fewer)) break;
    offers = fewer;
    last = solveConfiguration({ ...run, offers, known }, pool, undefined);
    bound = Math.max(bound, Math.min(known, last.bound));
  }
  return bound;
};

const holdAll = (table: ShapeTable, offers: readonly Offer[]): boolean => {
  for (let s = 0; s < table.count; s++) {
    const size = table.sizes.subarray(s * RESOURCES, (s + 1) * RESOURCES);
    if (!offers.some((offer) => size.every((need, k) => need <= (offer.capacity[k] as number)))) return false;
  }
  return true;
};

/** Prepares guidance for many markets; each goes on from where the one before it ended. */
export const startGuide = (
  table: ShapeTable,
  demand: readonly number[],
  ceiling: readonly number[],
  effortLevel: PackEffort,
): Guide => {
  const reduced = effortLevel !== "thorough";
  const plan = PLANS[effortLevel];
  const coarse: Coarse | undefined = table.count > plan.mostShapes ? coarsen(table, demand, plan.classes) : undefined;
  const pool = new Map<string, Column>();
  const quick = coarse !== undefined || (reduced && table.count > FEW_SHAPES);
  const proofs = new Map<string, readonly number[]>();
  let program: CoveringProgram | undefined;
  let solvedMarkets = 0;
  return (offers, instances, known) => {
    const coverage = coarse
      ? { demand: sumByClass(coarse, demand), ceiling: sumByClass(coarse, ceiling), instances }
      : { demand, ceiling, instances };
    const market = solvedMarkets;
    const effort = coarse ? plan.grouped : market < LEADING ? plan.leading : plan.direct;
    solvedMarkets += 1;
    const lossy = coarse !== undefined && !coarse.lossless;
    const limit = lossy ? Number.POSITIVE_INFINITY : known;
    const direct = { table: coarse?.table ?? table, offers, coverage, effort, known: limit, lossy };
    const run = table.count > FEW_SHAPES ? direct : { ...direct, proofs };
    const solved = solveConfiguration(run, pool, program);
    program = solved.program;
    const values = coarse ? solved.charge(table) : solved.values;
    const charged = coarse ? demand.reduce((total, n, s) => total + n * (values[s] as number), solved.credit) : 0;
    const bound = lossy ? charged : Math.max(solved.bound, charged);
    return {
      bound,
      values: liftValues(table, demand, values),
      safe: safeValues(table, demand, coarse, solved),
      patterns: [...solved.patterns].sort((a, b) => b.amount - a.amount),
      efficient: solved.efficient,
      coarse,
      cuts: solved.cuts,
      quick,
      later: reduced && market >= LEADING,
      dive: quick ? undefined : (zone, finish) => dive(run, pool.values(), zone, finish),
      tighten: (cost) => (quick ? bound : tighten(run, solved, pool, cost)),
    };
  };
};
