import type { StrategyComparison } from "../../domain/report/rightsize-report.ts";
import type { SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import { sum, ZERO } from "../../domain/units/decimal.ts";
import type { CostContext } from "../context/cost-context.ts";
import { knownTotal } from "../estimate/estimate.ts";
import { reprice, savingBetween, withAdvice } from "../estimate/reprice-service.ts";
import type { EstimatedCosts } from "../estimate/service-costs.ts";
import type { RightsizePlan } from "./settings.ts";
import { adviceOn, type RightsizeSubject } from "./subject.ts";

/** Advice of every strategy on one service, the chosen one with its settings and the others with their defaults. */
export const adviceByStrategy = (subject: RightsizeSubject, plan: RightsizePlan): readonly SizeAdvice[] =>
  plan.strategies.map((strategy) => adviceOn(subject, plan, strategy));

/** Every strategy on the same services; `advised` holds what `adviceByStrategy` gives for each. */
export const compareStrategies = (
  advised: readonly (readonly SizeAdvice[])[],
  costs: EstimatedCosts,
  plan: RightsizePlan,
  context: CostContext,
): readonly StrategyComparison[] => {
  const totalMonthlyCost = knownTotal(costs);
  return plan.strategies.map((strategy, at) => {
    const advice = new Map(advised.flatMap((each) => (each[at] === undefined ? [] : [[each[at].id, each[at]]])));
    const resized = reprice(context, context.inventory.services, (service) =>
      withAdvice(service, advice.get(service.id)),
    );
    const monthlySaving = sum(
      costs.services.map((cost, index) => savingBetween(cost, resized.services[index]) ?? ZERO),
    );
    return {
      strategy: strategy.id,
      summary: strategy.summary,
      resize: countOf(advice, "resize"),
      keep: countOf(advice, "keep"),
      withheld: countOf(advice, "withheld"),
      recommendedMonthlyCost: totalMonthlyCost.minus(monthlySaving),
      monthlySaving,
    };
  });
};

const countOf = (advice: ReadonlyMap<string, SizeAdvice>, wanted: SizeAdvice["advice"]): number =>
  [...advice.values()].filter((each) => each.advice === wanted).length;
