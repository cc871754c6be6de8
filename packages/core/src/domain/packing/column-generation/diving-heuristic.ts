import type { Bin, EndGame } from "../model/greedy.ts";
import type { Offer } from "../model/offers.ts";
import { loadOf, type Pattern, type ShapeTable } from "../model/pattern.ts";
import { costIn, enterAll, startingColumns } from "./columns.ts";
import { type Column, startCovering } from "./covering-simplex.ts";
import type { ConfigurationRun } from "./pricing-problem.ts";

/** What is left of a pattern where fewer tasks remain than it holds. */
const trim = (column: Column, remaining: Float64Array): Pattern => {
  const tasks: [number, number][] = [];
  for (let i = 0; i < column.entries.length; i += 2) {
    const s = column.entries[i] as number;
    const n = Math.min(column.entries[i + 1] as number, remaining[s] ?? 0);
    if (n > 0) tasks.push([s, n]);
  }
  return tasks.sort((a, b) => a[0] - b[0]).flat();
};

const holding = (table: ShapeTable, offers: readonly Offer[], pattern: Pattern): Offer | undefined => {
  const load = loadOf(table, pattern);
  return offers.find((offer) => load.every((need, k) => need <= (offer.capacity[k] as number)));
};

/** Buys one instance of a column, as far as tasks remain for it. */
const buy = (run: ConfigurationRun, column: Column, remaining: Float64Array): Bin | undefined => {
  const pattern = trim(column, remaining);
  const offer = pattern.length > 0 ? holding(run.table, run.offers, pattern) : undefined;
  if (offer === undefined) return undefined;
  for (let i = 0; i < pattern.length; i += 2) {
    const s = pattern[i] as number;
    remaining[s] = (remaining[s] as number) - (pattern[i + 1] as number);
  }
  return { offer, pattern, copies: 1 };
};

/** Fractional amounts of the known columns that cover what remains at least cost, the largest first. */
const relax = (
  run: ConfigurationRun,
  columns: readonly Column[],
  remaining: Float64Array,
): readonly { readonly column: Column; readonly amount: number }[] => {
  const program = startCovering([...remaining, 0], startingColumns(run.table, run.offers, run.coverage));
  enterAll(program, columns);
  return program
    .solution()
    .filter(({ column, amount }) => amount > 1e-9 && (column.entries[0] as number) < run.table.count)
    .sort((a, b) => b.amount - a.amount);
};

/**
 * Rounds the configuration programme step by step: buys the whole part of its solution (or, where that is nothing, one
 * instance of the largest fraction), then solves the rest again over the patterns that are known. Few tasks left are
 * finished exactly.
 */
export const dive = (
  run: ConfigurationRun,
  pool: Iterable<Column>,
  demand: readonly number[],
  finish: EndGame,
): readonly Bin[] | undefined => {
  const columns = [...pool].map((column) => ({ ...column, cost: costIn(run, column) }));
  const remaining = Float64Array.from(demand);
  const bins: Bin[] = [];
  while (remaining.some((n) => n > 0)) {
    const end = finish(remaining);
    if (end) return [...bins, ...end];
    const before = bins.length;
    const solution = relax(run, columns, remaining);
    for (const [i, { column, amount }] of solution.entries()) {
      for (let copy = i === 0 ? Math.max(1, Math.floor(amount)) : Math.floor(amount + 1e-6); copy > 0; copy--) {
        const bin = buy(run, column, remaining);
        if (bin) bins.push(bin);
      }
    }
    if (bins.length === before) return undefined;
  }
  return bins;
};
