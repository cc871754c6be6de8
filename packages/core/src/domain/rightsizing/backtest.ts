import { splitDemand, type UsageDemand } from "../demand/demand-window.ts";
import { peakOf, shareAbove } from "../demand/quantile.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import type { SizeCost } from "../sizing/size-fit.ts";
import { adviseDemand } from "./advise-demand.ts";
import { DEFAULT_MIN_POINTS } from "./advise-sizes.ts";
import { memorySeries } from "./projection.ts";
import { resolveSettings } from "./settings.ts";
import { byCost, cheapestSize, type SizeGrid } from "./size-grid.ts";
import type { AnyStrategy } from "./strategy.ts";

/** A service with a series to size on and to judge by. */
export interface BacktestSubject {
  readonly id: string;
  readonly current: TaskSize;
  readonly demand: UsageDemand;
  readonly grid: SizeGrid;
}

export interface BacktestOptions {
  readonly cost: SizeCost;
  /** Share of the days with points that sizes rest on, 0 to 1, rounded to whole days; DEFAULT_TRAIN_SHARE where not given. */
  readonly trainShare?: number;
  /** Fewest points of the first part. */
  readonly minPoints?: number;
}

export const DEFAULT_TRAIN_SHARE = 0.7;
/** A service is short of CPU where the size would have been too small for more than this share of the points. */
const SHORT_SHARE = 0.01;

/** How one piece of advice would have done. */
export interface BacktestCase {
  readonly id: string;
  readonly size: TaskSize;
  /** Cheapest size that holds the highest CPU and memory of the days judged; what was not measured is held as it is. */
  readonly oracle: TaskSize;
  /** Share of the points judged with more CPU than the size has: never understated; null where CPU was not measured. */
  readonly shareShortOfCpu: number | null;
  readonly shortOfCpu: boolean | null;
  readonly overMemory: boolean | null;
}

/** One strategy over all services. */
export interface BacktestRow {
  readonly strategy: string;
  readonly judged: number;
  /** Those of them that were judged by CPU, and by memory. */
  readonly cpuJudged: number;
  readonly memoryJudged: number;
  readonly withheld: number;
  /** Cost of the sizes advised over the cost of the oracle's, over the services judged; null where none was. */
  readonly costOverOracle: number | null;
  readonly shortOfCpu: number;
  readonly overMemory: number;
  readonly cases: readonly BacktestCase[];
}

export interface BacktestStrategy {
  readonly strategy: AnyStrategy;
  readonly settings?: Readonly<Record<string, number | undefined>>;
}

/**
 * Sizes each service on its first days and judges the size on the rest, for each strategy in the order given; then a row
 * `current` for the sizes as they are. Services with less than two days are in no row.
 *
 * @throws {RangeError} where a setting is unknown or out of range.
 */
export const backtest = (
  subjects: readonly BacktestSubject[],
  strategies: readonly BacktestStrategy[],
  options: BacktestOptions,
): BacktestRow[] => {
  const parts = subjects.flatMap((subject) => splitSubject(subject, options));
  const rows = strategies.map((entry) => {
    const sizeOf = sizeBy(entry, options);
    return rowOf(entry.strategy.id, parts, sizeOf, options.cost);
  });
  return [...rows, rowOf("current", parts, ({ subject }) => subject.current, options.cost)];
};

interface Parts {
  readonly subject: BacktestSubject;
  readonly train: UsageDemand;
  readonly judge: UsageDemand;
}

const splitSubject = (subject: BacktestSubject, options: BacktestOptions): Parts[] => {
  const days = subject.demand.days.length;
  if (days < 2) return [];
  const wanted = Math.round(days * (options.trainShare ?? DEFAULT_TRAIN_SHARE));
  const [train, judge] = splitDemand(subject.demand, Math.min(days - 1, Math.max(1, wanted)));
  return isJudgeable(train, judge) ? [{ subject, train, judge }] : [];
};

/** What sizes rest on must be there to judge them by. */
const isJudgeable = (train: UsageDemand, judge: UsageDemand): boolean => {
  const measured = (demand: UsageDemand, metric: "cpu" | "memory"): boolean => peakOf(demand, metric) !== undefined;
  const metrics = (["cpu", "memory"] as const).filter((metric) => measured(train, metric));
  return metrics.length > 0 && metrics.every((metric) => measured(judge, metric));
};

const sizeBy = (
  { strategy, settings }: BacktestStrategy,
  options: BacktestOptions,
): ((parts: Parts) => TaskSize | undefined) => {
  const resolved = resolveSettings(strategy.settings, settings);
  if (!resolved.ok) throw new RangeError(resolved.problems.join(" "));
  const rule = { strategy, minPoints: options.minPoints ?? DEFAULT_MIN_POINTS };
  return ({ subject, train }) => {
    const advice = adviseDemand(train, subject.current, rule, resolved.values);
    return advice.kind === "withheld" ? undefined : cheapestSize(subject.grid, advice, options.cost);
  };
};

const rowOf = (
  strategy: string,
  parts: readonly Parts[],
  sizeOf: (parts: Parts) => TaskSize | undefined,
  cost: SizeCost,
): BacktestRow => {
  const cases = parts.flatMap((part) => {
    const size = sizeOf(part);
    return size === undefined ? [] : [judgeSize(part, size, cost)];
  });
  const oracleCost = cases.reduce((sum, { oracle }) => sum + cost(oracle), 0);
  const total = cases.reduce((sum, { size }) => sum + cost(size), 0);
  return {
    strategy,
    judged: cases.length,
    cpuJudged: cases.filter(({ shortOfCpu }) => shortOfCpu !== null).length,
    memoryJudged: cases.filter(({ overMemory }) => overMemory !== null).length,
    withheld: parts.length - cases.length,
    costOverOracle: oracleCost === 0 ? null : total / oracleCost,
    shortOfCpu: cases.filter(({ shortOfCpu }) => shortOfCpu === true).length,
    overMemory: cases.filter(({ overMemory }) => overMemory === true).length,
    cases,
  };
};

const judgeSize = ({ subject, judge }: Parts, size: TaskSize, cost: SizeCost): BacktestCase => {
  const { current, grid, id } = subject;
  const cpuPeak = peakOf(judge, "cpu");
  const memoryPeak = peakOf(judge, memorySeries(judge));
  const needed = {
    cpu: ((cpuPeak ?? 100) / 100) * current.cpu,
    memory: ((memoryPeak ?? 100) / 100) * current.memory,
  };
  const short = cpuPeak === undefined ? null : shareAbove(judge, "cpu", (size.cpu / current.cpu) * 100);
  return {
    id,
    size,
    oracle: cheapestSize(grid, needed, cost) ?? largestSize(grid, cost) ?? size,
    shareShortOfCpu: short,
    shortOfCpu: short === null ? null : short > SHORT_SHARE,
    overMemory: memoryPeak === undefined ? null : needed.memory > size.memory + 1e-9,
  };
};

const largestSize = (grid: SizeGrid, cost: SizeCost): TaskSize | undefined =>
  grid.kind === "list" ? byCost(grid.sizes, cost).at(-1) : undefined;
