import { splitDemand, type UsageDemand } from "../demand/demand-window.ts";
import { peakOf, shareAbove } from "../demand/quantile.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import type { SizeCost } from "../sizing/size-fit.ts";
import { byCost, cheapestSize, type SizeGrid } from "../sizing/size-grid.ts";
import { adviseDemand } from "./advise-demand.ts";
import { DEFAULT_MIN_POINTS } from "./advise-sizes.ts";
import { dailyMemory, type PastCases, pastCases } from "./calibration/past-cases.ts";
import { type Calibration, type CalibrationPool, poolCases } from "./calibration/pool.ts";
import { memorySeries, projectUtilization } from "./projection.ts";
import { resolveSettings } from "./settings.ts";
import { signsOf } from "./signs/signs.ts";
import { type RiskLevel, sizeRisk } from "./size-risk.ts";
import type { AnyStrategy, StrategyContext } from "./strategy.ts";

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
  /** Share of the time, 0 to 1, in which CPU may be short; USUAL_SHARE where not given. */
  readonly share?: number;
  /** What the first parts of the account's services say; those of the subjects where it is not given. */
  readonly pool?: CalibrationPool;
}

export const DEFAULT_TRAIN_SHARE = 0.7;
export const USUAL_SHARE = 0.01;

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
  /** Whether memory was more than all that had been seen before. */
  readonly outgrewMemory: boolean;
  /** Chances of both, as they were told beforehand, and in words. */
  readonly promised: { readonly shortOfCpu: number; readonly overMemory: number; readonly level: RiskLevel };
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
  /** Those over memory that had not outgrown all that was seen before. */
  readonly overKnownMemory: number;
  /** How many were promised to be short of CPU, and over memory: sums of chances. */
  readonly promisedShortOfCpu: number;
  readonly promisedOverMemory: number;
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
  const pool = options.pool ?? poolCases(parts.map(({ own }) => own));
  const calibrated = parts.map((each): Parts => ({ ...each, context: contextOf(each, pool) }));
  const rows = strategies.map((entry) => {
    const sizeOf = sizeBy(entry, options);
    return rowOf(entry.strategy.id, calibrated, sizeOf, options);
  });
  return [...rows, rowOf("current", calibrated, ({ subject }) => subject.current, options)];
};

/** What the first part of a service says of the margin that its size needs; undefined where it cannot be judged. */
export const pastBefore = (subject: BacktestSubject, options: BacktestOptions): PastCases | undefined =>
  splitSubject(subject, options)[0]?.own;

interface Split {
  readonly subject: BacktestSubject;
  readonly train: UsageDemand;
  readonly judge: UsageDemand;
  readonly own: PastCases;
}

interface Parts extends Split {
  readonly context: StrategyContext;
}

const contextOf = ({ train, own }: Split, pool: CalibrationPool): StrategyContext => {
  const calibration: Calibration = { pool, own };
  return { history: train, calibration, signs: signsOf(train, train) };
};

const splitSubject = (subject: BacktestSubject, options: BacktestOptions): Split[] => {
  const days = subject.demand.days.length;
  if (days < 2) return [];
  const wanted = Math.round(days * (options.trainShare ?? DEFAULT_TRAIN_SHARE));
  const [train, judge] = splitDemand(subject.demand, Math.min(days - 1, Math.max(1, wanted)));
  if (!isJudgeable(train, judge)) return [];
  const { current, grid } = subject;
  const share = options.share ?? USUAL_SHARE;
  return [{ subject, train, judge, own: pastCases({ current, grid, demand: train, history: train, share }) }];
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
  return ({ subject, train, context }) => {
    const advice = adviseDemand(train, subject.current, rule, resolved.values, context);
    return advice.kind === "withheld" ? undefined : cheapestSize(subject.grid, advice, options.cost);
  };
};

const rowOf = (
  strategy: string,
  parts: readonly Parts[],
  sizeOf: (parts: Parts) => TaskSize | undefined,
  options: BacktestOptions,
): BacktestRow => {
  const { cost, share = USUAL_SHARE } = options;
  const cases = parts.flatMap((part) => {
    const size = sizeOf(part);
    return size === undefined ? [] : [judgeSize(part, size, cost, share)];
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
    overKnownMemory: cases.filter(({ overMemory, outgrewMemory }) => overMemory === true && !outgrewMemory).length,
    promisedShortOfCpu: cases.reduce((sum, { promised }) => sum + promised.shortOfCpu, 0),
    promisedOverMemory: cases.reduce((sum, { promised }) => sum + promised.overMemory, 0),
    cases,
  };
};

const judgeSize = (parts: Parts, size: TaskSize, cost: SizeCost, share: number): BacktestCase => {
  const { subject, judge } = parts;
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
    shortOfCpu: short === null ? null : short > share,
    overMemory: memoryPeak === undefined ? null : needed.memory > size.memory + 1e-9,
    outgrewMemory: (memoryPeak ?? 0) > Math.max(0, ...dailyMemory(parts.train)),
    promised: promiseOf(parts, size, share),
  };
};

const DAYS_OF_A_MONTH = 30;

/** The chances told for the size, memory over the days judged instead of a month. */
const promiseOf = (
  { subject, train, judge, context }: Parts,
  size: TaskSize,
  share: number,
): BacktestCase["promised"] => {
  const { current } = subject;
  const room = { cpu: (100 * size.cpu) / current.cpu, memory: (100 * size.memory) / current.memory };
  const projected = projectUtilization(train, current, size);
  const risk = sizeRisk({ demand: train, ...context, projected, room, share });
  const [before, ahead] = [train.days.length, judge.days.length];
  const ofMonth = (ahead / (before + ahead)) * ((before + DAYS_OF_A_MONTH) / DAYS_OF_A_MONTH);
  return {
    shortOfCpu: risk?.cpu?.chance ?? 0,
    overMemory: Math.min(1, (risk?.memory?.chance ?? 0) * ofMonth),
    level: risk?.level ?? "unknown",
  };
};

const largestSize = (grid: SizeGrid, cost: SizeCost): TaskSize | undefined =>
  grid.kind === "list" ? byCost(grid.sizes, cost).at(-1) : undefined;
