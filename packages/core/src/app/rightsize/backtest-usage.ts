import { demandOf } from "../../domain/demand/demand-window.ts";
import { MAX_DAYS } from "../../domain/demand/usage.ts";
import type { BacktestReport, StrategyBacktest } from "../../domain/report/rightsize-report.ts";
import { allowedShare } from "../../domain/rightsizing/advise-sizes.ts";
import { type BacktestRow, backtest, DEFAULT_TRAIN_SHARE } from "../../domain/rightsizing/backtest.ts";
import { RISK_LEVELS } from "../../domain/rightsizing/size-risk.ts";
import type { RightsizePlan, RightsizeSettings } from "./settings.ts";
import type { RightsizeSubject } from "./subject.ts";

type Wanted = Exclude<RightsizeSettings["backtest"], undefined | false>;

/** The share of the days that sizes rest on, and which days are looked at. */
export const backtestSplit = (wanted: Wanted): { readonly trainShare: number; readonly days: number } =>
  wanted === true
    ? { trainShare: DEFAULT_TRAIN_SHARE, days: MAX_DAYS }
    : {
        trainShare: wanted.trainDays / (wanted.trainDays + wanted.testDays),
        days: wanted.trainDays + wanted.testDays,
      };

/** Every strategy on one service; undefined where it has no series or no size. */
export const backtestService = (
  { sizing: { id, current, usage, grid }, sizeCost }: RightsizeSubject,
  plan: RightsizePlan,
  wanted: Wanted,
): BacktestedService | undefined => {
  if (current === undefined || usage === undefined) return undefined;
  const { trainShare, days } = backtestSplit(wanted);
  const strategies = plan.strategies.map((strategy) => ({
    strategy,
    ...(strategy === plan.strategy ? { settings: plan.values } : {}),
  }));
  const subject = { id, current, demand: demandOf(usage, days), grid };
  const { minPoints, account, values } = plan;
  const pool = account === undefined ? {} : { pool: account.backtestPool };
  const options = { cost: sizeCost, trainShare, minPoints, share: allowedShare(values), ...pool };
  return { rows: backtest([subject], strategies, options), sizeCost };
};

/** Every strategy judged on the services that have a series, each priced the way it runs. */
export const backtestReport = (
  judged: readonly BacktestedService[],
  plan: RightsizePlan,
  wanted: Wanted,
): BacktestReport => {
  const ids = [...plan.strategies.map(({ id }) => id), "current"];
  const allowed = allowedShare(plan.values);
  return {
    ...backtestSplit(wanted),
    allowedShare: allowed,
    strategies: ids.map((id, index) => mergeRows(id, judged, index)),
  };
};

/** How the strategies did on one service. */
export interface BacktestedService {
  readonly rows: readonly BacktestRow[];
  readonly sizeCost: RightsizeSubject["sizeCost"];
}

/** One row over all services: costs are those of a task, each in the rates of its service. */
const mergeRows = (strategy: string, judged: readonly BacktestedService[], index: number): StrategyBacktest => {
  let cost = 0;
  let oracle = 0;
  const total = {
    ...{ judged: 0, cpuJudged: 0, memoryJudged: 0, withheld: 0, shortOfCpu: 0, overMemory: 0 },
    ...{ overKnownMemory: 0, promisedShortOfCpu: 0, promisedOverMemory: 0 },
  };
  const byRisk = RISK_LEVELS.map((risk) => ({ risk, judged: 0, failed: 0 }));
  for (const { rows, sizeCost } of judged) {
    const row = rows[index];
    if (row === undefined) continue;
    total.judged += row.judged;
    total.cpuJudged += row.cpuJudged;
    total.memoryJudged += row.memoryJudged;
    total.withheld += row.withheld;
    total.shortOfCpu += row.shortOfCpu;
    total.overMemory += row.overMemory;
    total.overKnownMemory += row.overKnownMemory;
    total.promisedShortOfCpu += row.promisedShortOfCpu;
    total.promisedOverMemory += row.promisedOverMemory;
    for (const each of row.cases) {
      const told = byRisk[RISK_LEVELS.indexOf(each.promised.level)];
      if (told !== undefined) {
        told.judged += 1;
        if (each.shortOfCpu === true || each.overMemory === true) told.failed += 1;
      }
      cost += sizeCost(each.size);
      oracle += sizeCost(each.oracle);
    }
  }
  return { strategy, ...total, costOverOracle: oracle === 0 ? null : cost / oracle, byRisk };
};
