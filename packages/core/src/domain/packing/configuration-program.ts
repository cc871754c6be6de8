import { type Column, type CoveringProgram, startCovering, surplus } from "./covering-program.ts";
import { type Filling, loadOf, type ShapeTable } from "./fill.ts";
import { mostValue, rankShapes, searchFilling, worthOf } from "./filling-search.ts";
import { type FluidKnapsack, fillFluidly } from "./fluid-knapsack.ts";
import { RESOURCES } from "./geometry.ts";
import type { Offer } from "./offers.ts";

/** What is to be covered: tasks by shape, at most `ceiling` of a shape on one instance, `instances` instances in all. */
export interface Coverage {
  readonly demand: readonly number[];
  readonly ceiling: readonly number[];
  readonly instances: number;
}

/** Lower bound and guidance from the configuration programme. */
export interface Configuration {
  /** No fleet costs less; nano-dollars per hour. */
  readonly bound: number;
  /** What one task of each shape is worth, nano-dollars per hour. */
  readonly values: Float64Array;
  /** Fillings in use and how many instances of each, fractional. */
  readonly fillings: readonly { readonly filling: Filling; readonly amount: number }[];
  /** Values of tasks of any sizes under which no filling is worth more than its instance, less the credit below. */
  readonly charge: (table: ShapeTable) => Float64Array;
  /** Offers whose best filling comes near their price, the best first. */
  readonly efficient: readonly Offer[];
  /** What the number of instances adds to the bound. */
  readonly credit: number;
  /** Slack of each offer at values that prove the bound `scaled`: a fleet with such an instance costs that much more. */
  readonly slack: { readonly scaled: number; readonly of: ReadonlyMap<Offer, number> };
  /** Programme as it stands, to go on from in another market. */
  readonly program: CoveringProgram;
}

/** How hard to try. */
export interface Effort {
  readonly passes: number;
  /** Steps of the search for the best filling of one instance. */
  readonly nodes: number;
  /** Stop when bound and programme differ by less than this share. */
  readonly tolerance: number;
}

interface Priced {
  readonly offer: Offer;
  /** Price less the credit that every instance earns. */
  readonly budget: number;
  readonly fluid: FluidKnapsack;
  /** Upper bound on the value of a filling. */
  readonly most: number;
  readonly column: Column | undefined;
}

const soloCount = (table: ShapeTable, s: number, offer: Offer, ceiling: number): number => {
  let most = (table.ports[s] ?? []).length > 0 ? 1 : ceiling;
  for (let k = 0; k < RESOURCES; k++) {
    const size = table.sizes[s * RESOURCES + k] ?? 0;
    if (size > 0) most = Math.min(most, Math.floor((offer.capacity[k] ?? 0) / size));
  }
  return most;
};

/** The cheapest way to place each shape by itself, and one idle instance: a basis to start from. */
export const startingColumns = (table: ShapeTable, offers: readonly Offer[], coverage: Coverage): readonly Column[] => {
  const solos = coverage.ceiling.map((ceiling, s) => {
    let best: Column = { entries: [s, 1], cost: Number.MAX_SAFE_INTEGER };
    for (const offer of offers) {
      const n = soloCount(table, s, offer, ceiling);
      if (n > 0 && offer.price / n < best.cost / (best.entries[1] ?? 1)) best = { entries: [s, n], cost: offer.price };
    }
    return best;
  });
  return [...solos, { entries: [table.count, 1], cost: Math.min(...offers.map((offer) => offer.price)) }];
};

const fitsOf = (table: ShapeTable, offer: Offer): Uint8Array =>
  Uint8Array.from({ length: table.count }, (_, s) => {
    for (let k = 0; k < RESOURCES; k++) {
      if ((table.sizes[s * RESOURCES + k] ?? 0) > (offer.capacity[k] ?? 0)) return 0;
    }
    return 1;
  });

/** A configuration programme of one market under way. */
export interface ConfigurationRun {
  readonly table: ShapeTable;
  readonly offers: readonly Offer[];
  readonly coverage: Coverage;
  readonly effort: Effort;
  /** Whether shapes are means of classes, so that only charging tasks at their true sizes proves a bound. */
  readonly lossy?: boolean;
  /** Cost of a fleet at hand: the bound need not exceed it. */
  readonly known: number;
}

/** Multipliers of an instance of which the scarcest good shapes take their part first, all tasks of each. */
const withoutScarce = (
  run: ConfigurationRun,
  offer: Offer,
  fits: Uint8Array,
  values: Float64Array,
  fluid: FluidKnapsack,
): readonly number[] => {
  const { table, coverage } = run;
  const left = [...offer.capacity];
  const allowed = fits.slice();
  for (let i = 0; i < fluid.amounts.length; i += 2) {
    const s = fluid.amounts[i] as number;
    const most = (table.ports[s] as readonly number[]).length > 0 ? 1 : (coverage.ceiling[s] as number);
    if ((fluid.amounts[i + 1] as number) <= most) continue;
    allowed[s] = 0;
    for (let k = 0; k < RESOURCES; k++) {
      left[k] = Math.max(0, (left[k] as number) - most * (table.sizes[s * RESOURCES + k] as number));
    }
  }
  return fillFluidly(table.sizes, values, left, allowed).multipliers;
};

const priceOffer = (
  run: ConfigurationRun,
  offer: Offer,
  fits: Uint8Array,
  nodes: number,
  values: Float64Array,
  credit: number,
): Priced => {
  const { table, coverage } = run;
  const { capacity } = offer;
  const budget = offer.price - credit;
  const enough = budget * (1 + 1e-7);
  const fluid = fillFluidly(table.sizes, values, capacity, fits);
  if (fluid.value <= enough) return { offer, budget, fluid, most: fluid.value, column: undefined };
  let { multipliers } = fluid;
  let order = rankShapes(table, values, multipliers, coverage.ceiling, capacity);
  let most = Math.min(fluid.value, mostValue(order, 0, worthOf(capacity, multipliers)));
  const others = most < fluid.value * (1 - 1e-9) ? withoutScarce(run, offer, fits, values, fluid) : multipliers;
  if (others.every((each) => Number.isFinite(each)) && others !== multipliers) {
    const reordered = rankShapes(table, values, others, coverage.ceiling, capacity);
    const less = mostValue(reordered, 0, worthOf(capacity, others));
    if (less < most) [multipliers, order, most] = [others, reordered, less];
  }
  if (most <= enough) return { offer, budget, fluid, most, column: undefined };
  const best = searchFilling(table, order, capacity, worthOf(capacity, multipliers), most * (1 + 1e-12), nodes);
  const improves = best.value > enough;
  const column = improves ? { entries: [...best.filling, table.count, 1], cost: offer.price } : undefined;
  return { offer, budget, fluid, most: best.bound, column };
};

const scaleOf = (priced: readonly Priced[]): number => {
  let scale = Number.POSITIVE_INFINITY;
  for (const { budget, most } of priced) if (most > 0) scale = Math.min(scale, budget / most);
  return Number.isFinite(scale) ? scale : 0;
};

/** Bound by scaling all values alike until no filling is worth more than its instance. */
const scaledBound = (
  run: ConfigurationRun,
  priced: readonly Priced[],
  values: Float64Array,
  credit: number,
): number => {
  const scale = scaleOf(priced);
  if (scale === 0) return 0;
  const worth = run.coverage.demand.reduce((total, n, s) => total + n * (values[s] as number), 0);
  return worth * scale + credit * run.coverage.instances;
};

/** Price per unit of a resource on one offer, so that all of its capacity is worth the budget. */
const chargeRate = (multiplier: number, fluid: FluidKnapsack, budget: number, capacity: number): number => {
  if (!Number.isFinite(fluid.value)) return 0;
  if (fluid.value > 0) return (multiplier * budget) / fluid.value;
  return capacity > 0 ? budget / capacity / RESOURCES : 0;
};

/**
 * Values of tasks from resource prices of each offer's own, scaled to its price: a task is worth the least that any offer
 * which holds it charges. No filling is then worth more than its instance, whatever the sizes in `table`.
 */
const chargeTasks = (table: ShapeTable, priced: readonly Priced[]): Float64Array => {
  const values = new Float64Array(table.count);
  const rates = priced.map(({ fluid, budget, offer }) => ({
    rate: fluid.multipliers.map((m, k) => chargeRate(m, fluid, budget, offer.capacity[k] as number)),
    capacity: offer.capacity,
  }));
  for (let s = 0; s < table.count; s++) {
    let least = Number.POSITIVE_INFINITY;
    for (const { rate, capacity } of rates) {
      let charge = 0;
      for (let k = 0; k < RESOURCES; k++) {
        const size = table.sizes[s * RESOURCES + k] as number;
        charge += size > (capacity[k] as number) ? Number.POSITIVE_INFINITY : (rate[k] as number) * size;
      }
      if (charge < least) least = charge;
    }
    values[s] = Number.isFinite(least) ? least : 0;
  }
  return values;
};

const worthOfAll = (demand: readonly number[], values: Float64Array): number =>
  demand.reduce((total, n, s) => total + n * (values[s] as number), 0);

const removeNegative = (program: CoveringProgram): void => {
  for (let round = 0; round < 50; round++) {
    let changed = false;
    program.prices.forEach((price, row) => {
      if (price < 0 && program.offer(surplus(row))) changed = true;
    });
    if (!changed) return;
  }
};

export const enterAll = (program: CoveringProgram, columns: readonly Column[]): boolean => {
  let any = false;
  for (let round = 0; round < 30; round++) {
    let changed = false;
    for (const column of columns) if (program.offer(column)) changed = true;
    removeNegative(program);
    if (!changed) break;
    any = true;
  }
  return any;
};

/** Cost of a column in this market: the cheapest offer that holds its load. */
export const costIn = (run: ConfigurationRun, column: Column): number => {
  if (column.cost === 0) return 0;
  const tasks = column.entries.filter((_, i) => (column.entries[i - (i % 2)] as number) < run.table.count);
  const load = loadOf(run.table, tasks);
  const offer = run.offers.find((candidate) => load.every((need, k) => need <= (candidate.capacity[k] as number)));
  return offer?.price ?? Number.MAX_SAFE_INTEGER;
};

const tasksOf = (run: ConfigurationRun, column: Column): Filling => {
  const tasks: [number, number][] = [];
  for (let i = 0; i < column.entries.length; i += 2) {
    const [row, n] = [column.entries[i] as number, column.entries[i + 1] as number];
    if (row < run.table.count && n > 0) tasks.push([row, n]);
  }
  return tasks.sort((a, b) => a[0] - b[0]).flat();
};

const begin = (
  run: ConfigurationRun,
  pool: Map<string, Column>,
  previous: CoveringProgram | undefined,
): CoveringProgram => {
  const demand = [...run.coverage.demand, run.coverage.instances];
  const program = previous ?? startCovering(demand, startingColumns(run.table, run.offers, run.coverage));
  if (previous) program.reprice((column) => costIn(run, column));
  removeNegative(program);
  enterAll(
    program,
    [...pool.values()].map((column) => ({ ...column, cost: costIn(run, column) })),
  );
  return program;
};

/** A bound at given values of tasks and a given credit of each instance, with the fillings that would improve on it. */
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

/** Steps per filling at first, and how many times more once nothing improves. */
const FIRST_NODES = 100;
const DEEPER = 6;

/** Values halfway between those of the best bound and those of the programme: they settle sooner than the latter. */
const halfway = (best: Evaluation, values: Float64Array): Float64Array =>
  values.map((value, s) => (value + (best.values[s] as number)) / 2);

/**
 * Column generation on the configuration programme: fillings of instances are columns, their amounts are fractional. Each
 * pass asks every offer for the filling worth most at the current values; the bound is proven whenever it stops.
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
  let smooth = true;
  let nodes = FIRST_NODES;
  for (let pass = 0; pass < run.effort.passes; pass++) {
    const values = program.prices.slice(0, run.table.count).map((value) => Math.max(0, value));
    const credit = Math.min(lowest, Math.max(0, program.prices[run.table.count] as number));
    const mixed = smooth && best !== undefined;
    const tried: Evaluation =
      mixed && best
        ? evaluate(run, fits, nodes, halfway(best, values), (credit + best.credit) / 2)
        : evaluate(run, fits, nodes, values, credit);
    if (best === undefined || tried.bound > best.bound) best = tried;
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
  return conclude(run, program, best);
};

const slackOf = (run: ConfigurationRun, { priced, values, credit }: Evaluation): Configuration["slack"] => {
  const scale = scaleOf(priced);
  return {
    scaled: scaledBound(run, priced, values, credit),
    of: new Map(priced.map(({ offer, budget, most }) => [offer, budget - most * scale])),
  };
};

/** Share of its price that the best filling of an offer must be worth to count as efficient. */
const EFFICIENT = 0.93;

const efficientOffers = ({ priced }: Evaluation): readonly Offer[] =>
  priced
    .filter(({ most, budget }) => most >= EFFICIENT * budget)
    .sort((a, b) => b.most / b.budget - a.most / a.budget)
    .map(({ offer }) => offer);

const conclude = (run: ConfigurationRun, program: CoveringProgram, best: Evaluation | undefined): Configuration => ({
  bound: best?.bound ?? 0,
  values: program.prices.slice(0, run.table.count),
  fillings: program
    .solution()
    .map(({ column, amount }) => ({ filling: tasksOf(run, column), amount }))
    .filter(({ filling }) => filling.length > 0),
  program,
  charge: (table) => chargeTasks(table, best?.priced ?? []),
  slack: best ? slackOf(run, best) : { scaled: 0, of: new Map() },
  efficient: best ? efficientOffers(best) : run.offers,
  credit: (best?.credit ?? 0) * run.coverage.instances,
});
