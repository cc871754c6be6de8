import type { Offer } from "../model/offers.ts";
import type { Pattern, ShapeTable } from "../model/pattern.ts";
import { begin, enterAll, tasksOf } from "./columns.ts";
import type { Column, CoveringProgram } from "./covering-simplex.ts";
import {
  type ConfigurationRun,
  chargeTasks,
  fitsOf,
  type Priced,
  priceOffer,
  scaledBound,
  scaleOf,
  worthOfAll,
} from "./pricing-problem.ts";

/** Sum of the values of all tasks, and an upper bound on those of one instance, by offer id. */
export interface ValueCut {
  readonly amount: number;
  readonly most: ReadonlyMap<string, number>;
}

/** Lower bound and guidance from the configuration programme. */
export interface Configuration {
  /** No fleet costs less; nano-dollars per hour. */
  readonly bound: number;
  /** What one task of each shape is worth, nano-dollars per hour. */
  readonly values: Float64Array;
  /** Patterns in use and how many instances of each, fractional. */
  readonly patterns: readonly { readonly pattern: Pattern; readonly amount: number }[];
  /** Values of tasks of any sizes under which no pattern is worth more than its instance, less the credit below. */
  readonly charge: (table: ShapeTable) => Float64Array;
  /** Values of the programme's own tasks under which no pattern is worth more than its instance. */
  readonly safe: Float64Array;
  /** Offers whose best pattern comes near their price, the best first. */
  readonly efficient: readonly Offer[];
  /** What the number of instances adds to the bound. */
  readonly credit: number;
  /** Slack of each offer at values that prove the bound `scaled`: a fleet with such an instance costs that much more. */
  readonly slack: { readonly scaled: number; readonly of: ReadonlyMap<Offer, number> };
  /** What every fleet must be worth at some values of tasks, and the most that one instance of each offer can be. */
  readonly cuts: readonly ValueCut[];
  /** Programme as it stands, to go on from in another market. */
  readonly program: CoveringProgram;
}

/** A bound at given values of tasks and a given credit of each instance, with the patterns that would improve on it. */
interface Evaluation {
  readonly values: Float64Array;
  readonly credit: number;
  readonly bound: number;
  readonly priced: readonly Priced[];
}

const evaluate = (
  run: ConfigurationRun,
  fits: ReadonlyMap<Offer, Uint8Array>,
  nodes: number,
  values: Float64Array,
  credit: number,
): Evaluation => {
  const priced = run.offers.map((offer) =>
    priceOffer(run, offer, fits.get(offer) as Uint8Array, nodes, values, credit),
  );
  const charged = worthOfAll(run.coverage.demand, chargeTasks(run.table, priced)) + credit * run.coverage.instances;
  const scaled = run.lossy ? 0 : scaledBound(run, priced, values, credit);
  return { values, credit, priced, bound: Math.max(scaled, charged) };
};

const improvingColumns = ({ priced }: Evaluation): readonly Column[] =>
  [...priced].sort((a, b) => b.most / b.budget - a.most / a.budget).flatMap(({ column }) => (column ? [column] : []));

/** Steps per pattern at first, and how many times more once nothing improves. */
const FIRST_NODES = 100;
const DEEPER = 6;

/** Values halfway between those of the best bound and those of the programme: they come to rest sooner than the latter. */
const halfway = (best: Evaluation, values: Float64Array): Float64Array =>
  values.map((value, s) => (value + (best.values[s] as number)) / 2);

/** Share of the highest value below which a value is what rounding left of zero. */
const NOTHING = 1e-13;

/** Values of tasks in the programme as it stands: any values at or above zero prove a bound. */
const valuesOf = (program: CoveringProgram, count: number): Float64Array => {
  const values = program.prices.slice(0, count);
  const least = Math.max(...values) * NOTHING;
  return values.map((value) => (value > least ? value : 0));
};

/**
 * Column generation on the configuration programme: patterns of instances are columns, their amounts are fractional. Each
 * pass asks every offer for the pattern worth most at the current values; the bound is proven whenever it stops.
 */
export const solveConfiguration = (
  run: ConfigurationRun,
  pool: Map<string, Column>,
  previous: CoveringProgram | undefined,
): Configuration => {
  const program = begin(run, pool, previous);
  const fits = new Map(run.offers.map((offer) => [offer, fitsOf(run.table, offer)]));
  const lowest = Math.min(...run.offers.map((offer) => offer.price)) * (1 - 1e-9);
  let best: Evaluation | undefined;
  const good: Evaluation[] = [];
  let smooth = true;
  let nodes = FIRST_NODES;
  for (let pass = 0; pass < run.effort.passes; pass++) {
    const values = valuesOf(program, run.table.count);
    const credit = Math.min(lowest, Math.max(0, program.prices[run.table.count] as number));
    const mixed = smooth && best !== undefined;
    const tried: Evaluation =
      mixed && best
        ? evaluate(run, fits, nodes, halfway(best, values), (credit + best.credit) / 2)
        : evaluate(run, fits, nodes, values, credit);
    if (best === undefined || tried.bound > best.bound) {
      best = tried;
      good.push(tried);
    }
    const worth = worthOfAll(run.coverage.demand, values) + credit * run.coverage.instances;
    if (best.bound >= Math.min(worth * (1 - run.effort.tolerance), run.known)) break;
    const columns = improvingColumns(tried);
    for (const column of columns) pool.set(column.entries.join(), column);
    const entered = enterAll(program, columns);
    if (!entered && !mixed) {
      if (nodes >= run.effort.nodes) break;
      nodes = Math.min(run.effort.nodes, nodes * DEEPER);
    }
    smooth = entered;
  }
  return conclude(run, program, best, good.slice(-CUTS));
};

const slackOf = (run: ConfigurationRun, { priced, values, credit }: Evaluation): Configuration["slack"] => {
  const scale = scaleOf(priced);
  return {
    scaled: scaledBound(run, priced, values, credit),
    of: new Map(priced.map(({ offer, budget, most }) => [offer, budget - most * scale])),
  };
};

/** Share of its price that the best pattern of an offer must be worth to count as efficient. */
const EFFICIENT = 0.93;

const efficientOffers = ({ priced }: Evaluation): readonly Offer[] =>
  priced
    .filter(({ most, budget }) => most >= EFFICIENT * budget)
    .sort((a, b) => b.most / b.budget - a.most / a.budget)
    .map(({ offer }) => offer);

const CUTS = 3;

const cutOf = (run: ConfigurationRun, { values, priced }: Evaluation): ValueCut => ({
  amount: worthOfAll(run.coverage.demand, values) * (1 - 1e-9),
  most: new Map(priced.map(({ offer, most }) => [offer.id, most])),
});

const conclude = (
  run: ConfigurationRun,
  program: CoveringProgram,
  best: Evaluation | undefined,
  good: readonly Evaluation[],
): Configuration => ({
  cuts: run.lossy ? [] : good.map((each) => cutOf(run, each)),
  bound: best?.bound ?? 0,
  values: program.prices.slice(0, run.table.count),
  patterns: program
    .solution()
    .map(({ column, amount }) => ({ pattern: tasksOf(run, column), amount }))
    .filter(({ pattern }) => pattern.length > 0),
  program,
  safe: best
    ? best.values.map((value) => value * scaleOf(best.priced) * (1 - 1e-9))
    : new Float64Array(run.table.count),
  charge: (table) => chargeTasks(table, best?.priced ?? []),
  slack: best ? slackOf(run, best) : { scaled: 0, of: new Map() },
  efficient: best ? efficientOffers(best) : run.offers,
  credit: (best?.credit ?? 0) * run.coverage.instances,
});
