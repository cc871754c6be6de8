import type { Offer } from "../model/offers.ts";
import { loadOf, type Pattern, type ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";
import { type Column, type CoveringProgram, startCovering, surplus } from "./covering-simplex.ts";
import type { ConfigurationRun, Coverage } from "./pricing-problem.ts";

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

export const tasksOf = (run: ConfigurationRun, column: Column): Pattern => {
  const tasks: [number, number][] = [];
  for (let i = 0; i < column.entries.length; i += 2) {
    const [row, n] = [column.entries[i] as number, column.entries[i + 1] as number];
    if (row < run.table.count && n > 0) tasks.push([row, n]);
  }
  return tasks.sort((a, b) => a[0] - b[0]).flat();
};

export const begin = (
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
