import { demandOf } from "../../domain/demand/demand-window.ts";
import { allowedShare, pastOf } from "../../domain/rightsizing/advise-sizes.ts";
import { pastBefore } from "../../domain/rightsizing/backtest.ts";
import type { PastCases } from "../../domain/rightsizing/calibration/past-cases.ts";
import { poolCases } from "../../domain/rightsizing/calibration/pool.ts";
import type { ServiceCost } from "../estimate/service-costs.ts";
import { backtestSplit } from "./backtest-usage.ts";
import type { AccountPast, RightsizePlan, RightsizeSettings } from "./settings.ts";
import type { RightsizeSubject } from "./subject.ts";

/**
 * Looks at the past of every service before any is judged, so that one with a short past is judged by those of the others.
 * What is kept of a service is a few cases; subjects are asked for one at a time, for their series may not fit together.
 */
export const accountPast = (
  costs: readonly ServiceCost[],
  subjectFor: (cost: ServiceCost) => RightsizeSubject,
  plan: RightsizePlan,
  { backtest = false }: RightsizeSettings,
): AccountPast => {
  const past = new Map<string, PastCases>();
  const before: PastCases[] = [];
  const share = allowedShare(plan.values);
  for (const cost of costs) {
    const { sizing, sizeCost } = subjectFor(cost);
    const { id, current, usage, grid } = sizing;
    past.set(id, pastOf(sizing, share, plan.lookbackDays));
    if (backtest === false || current === undefined || usage === undefined) continue;
    const { trainShare, days } = backtestSplit(backtest);
    const subject = { id, current, demand: demandOf(usage, days), grid };
    const cases = pastBefore(subject, { cost: sizeCost, trainShare, minPoints: plan.minPoints, share });
    if (cases !== undefined) before.push(cases);
  }
  return { pool: poolCases(past.values()), past, backtestPool: poolCases(before) };
};
