import { type Column, type CoveringProgram, startCovering, surplus } from "./covering-program.ts";
import { type Filling, loadOf, type ShapeTable } from "./fill.ts";
import { searchFilling } from "./filling-search.ts";
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
const startingColumns = (table: ShapeTable, offers: readonly Offer[], coverage: Coverage): readonly Column[] => {
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
  /** Cost of a fleet at hand: the bound need not exceed it. */
  readonly known: number;
}

const priceOffer = (
  run: ConfigurationRun,
  offer: Offer,
  fits: Uint8Array,
  values: Float64Array,
  credit: number,
): Priced => {
  const { table, coverage, effort } = run;
  const budget = offer.price - credit;
  const fluid = fillFluidly(table.sizes, values, offer.capacity, fits);
  if (fluid.value <= budget * (1 + 1e-7)) return { offer, budget, fluid, most: fluid.value, column: undefined };
  const best = searchFilling(
    table,
    values,
    offer.capacity,
    fluid.multipliers,
    coverage.ceiling,
    fluid.value,
    effort.nodes,
  );
  const improves = best.value > budget * (1 + 1e-7);
  const column = improves ? { entries: [...best.filling, table.count, 1], cost: offer.price } : undefined;
  return { offer, budget, fluid, most: best.bound, column };
};

/** Bound by scaling all values alike until no filling is worth more than its instance. */
const scaledBound = (
  run: ConfigurationRun,
  priced: readonly Priced[],
  values: Float64Array,
  credit: number,
): number => {
  let scale = Number.POSITIVE_INFINITY;
  for (const { budget, most } of priced) if (most > 0) scale = Math.min(scale, budget / most);
  if (!Number.isFinite(scale)) return 0;
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
 * Bound by giving each offer resource prices of its own, scaled to its price: a task is worth the least that any offer
 * charges for it.
 */
const chargedBound = (
  run: ConfigurationRun,
  priced: readonly Priced[],
  fits: ReadonlyMap<Offer, Uint8Array>,
  credit: number,
): number => {
  const { table, coverage } = run;
  let total = credit * coverage.instances;
  const rates = priced.map(({ fluid, budget, offer }) => ({
    rate: fluid.multipliers.map((m, k) => chargeRate(m, fluid, budget, offer.capacity[k] ?? 0)),
    fits: fits.get(offer) as Uint8Array,
  }));
  for (let s = 0; s < table.count; s++) {
    let least = Number.POSITIVE_INFINITY;
    for (const entry of rates) {
      if (entry.fits[s] === 0) continue;
      let charge = 0;
      for (let k = 0; k < RESOURCES; k++)
        charge += (entry.rate[k] as number) * (table.sizes[s * RESOURCES + k] as number);
      if (charge < least) least = charge;
    }
    if (Number.isFinite(least)) total += least * (coverage.demand[s] as number);
  }
  return total;
};

const removeNegative = (program: CoveringProgram): void => {
  for (let round = 0; round < 50; round++) {
    let changed = false;
    program.prices.forEach((price, row) => {
      if (price < 0 && program.offer(surplus(row))) changed = true;
    });
    if (!changed) return;
  }
};

const enterAll = (program: CoveringProgram, columns: readonly Column[]): boolean => {
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
const costIn = (run: ConfigurationRun, column: Column): number => {
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
  const cheapest = Math.min(...run.offers.map((offer) => offer.price));
  let bound = 0;
  for (let pass = 0; pass < run.effort.passes; pass++) {
    const values = program.prices.slice(0, run.table.count).map((value) => Math.max(0, value));
    const credit = Math.min(cheapest * (1 - 1e-9), Math.max(0, program.prices[run.table.count] ?? 0));
    const priced = run.offers.map((offer) => priceOffer(run, offer, fits.get(offer) as Uint8Array, values, credit));
    bound = Math.max(bound, scaledBound(run, priced, values, credit), chargedBound(run, priced, fits, credit));
    const worth = run.coverage.demand.reduce(
      (t, n, s) => t + n * (values[s] as number),
      credit * run.coverage.instances,
    );
    if (bound >= Math.min(worth * (1 - run.effort.tolerance), run.known)) break;
    const columns = priced
      .sort((a, b) => b.most / b.budget - a.most / a.budget)
      .flatMap(({ column }) => (column ? [column] : []));
    for (const column of columns) pool.set(column.entries.join(), column);
    if (!enterAll(program, columns)) break;
  }
  const fillings = program
    .solution()
    .map(({ column, amount }) => ({ filling: tasksOf(run, column), amount }))
    .filter(({ filling }) => filling.length > 0);
  return { bound, values: program.prices.slice(0, run.table.count), fillings, program };
};
