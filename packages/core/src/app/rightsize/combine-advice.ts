import type { CombinedAdvice, ExtraAdvice, ExtraAdviceCode } from "../../domain/report/rightsize-report.ts";
import type { SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { CostContext } from "../context/cost-context.ts";
import { reprice, savingBetween, withAdvice } from "../estimate/reprice-service.ts";
import type { ServiceCost } from "../estimate/service-costs.ts";
import type { ExtraChange } from "./extra-advice.ts";

/** Advice beside the size with its prices, and the best that can be followed together. */
export interface PricedAdvice {
  readonly otherAdvice: readonly ExtraAdvice[];
  readonly combined: CombinedAdvice;
}

/** A service on Fargate with its advice. */
export interface AdvisedService {
  readonly cost: ServiceCost;
  readonly resized: ServiceCost;
  readonly size: SizeAdvice;
  readonly changes: readonly ExtraChange[];
}

type Code = ExtraAdviceCode | "resize";

/** Sets that can be followed together: the size with a schedule, or what excludes both. Only measured advice counts. */
const SETS: readonly (readonly Code[])[] = [["resize", "office-hours", "arm64"], ["task-count", "arm64"], ["stop"]];

/**
 * Prices each advice alone and the sets that can be followed together, by pricing the services anew with the changes
 * applied one after the other; the cheapest set of each service is its combined advice.
 */
export const priceAdvice = (
  advised: readonly AdvisedService[],
  context: CostContext,
): ReadonlyMap<string, PricedAdvice> => {
  const withChanges = advised.filter(({ changes }) => changes.length > 0);
  const before = costsWith(withChanges, [], context);
  const codes = new Set(withChanges.flatMap(({ changes }) => changes.map(({ code }) => code)));
  const alone = new Map([...codes].map((code) => [code, costsWith(withChanges, [code], context)]));
  const savingOf = (id: string, code: ExtraAdviceCode) => savingBetween(before.get(id), alone.get(code)?.get(id));
  const useful = withChanges.map((each) => ({
    ...each,
    changes: each.changes.filter(({ code }) => savingOf(each.size.id, code)?.greaterThan(0) === true),
  }));
  const sets = SETS.map((set) => ({ codes: set, costs: costsWith(useful, set, context) }));
  const combined = new Map(useful.map((each) => [each.size.id, bestOf(each, before.get(each.size.id), sets)]));
  return new Map(
    advised.map((each) => {
      const { id } = each.size;
      const otherAdvice = each.changes.flatMap(({ apply: _, ...advice }): ExtraAdvice[] => {
        const monthlySaving = savingOf(id, advice.code);
        return monthlySaving?.greaterThan(0) === false ? [] : [{ ...advice, monthlySaving }];
      });
      return [id, { otherAdvice, combined: combined.get(id) ?? sizeAlone(each) }];
    }),
  );
};

/** Costs of the services with those of their changes that have one of the codes. */
const costsWith = (
  advised: readonly AdvisedService[],
  codes: readonly Code[],
  context: CostContext,
): ReadonlyMap<string, ServiceCost> => {
  if (advised.length === 0) return new Map();
  const byId = new Map(advised.map((each) => [each.size.id, each]));
  const services = advised.map(({ cost }) => cost.compute.service);
  const priced = reprice(context, services, (service) => applied(service, byId.get(service.id), codes));
  return new Map(priced.services.map((cost) => [cost.compute.service.id, cost]));
};

/** The service with those of the changes that are advised for it; what was not measured is left out. */
const applied = (service: Service, advised: AdvisedService | undefined, codes: readonly Code[]): Service => {
  if (advised === undefined) return service;
  const { size, changes } = advised;
  const start = codes.includes("resize") ? withAdvice(service, size) : service;
  return changes.reduce((changed, { code, apply }) => (codes.includes(code) ? apply(changed) : changed), start);
};

interface PricedSet {
  readonly codes: readonly Code[];
  readonly costs: ReadonlyMap<string, ServiceCost>;
}

const bestOf = (
  advised: AdvisedService,
  before: ServiceCost | undefined,
  sets: readonly PricedSet[],
): CombinedAdvice => {
  const { id } = advised.size;
  const has = (code: Code | undefined): boolean => advised.changes.some((change) => change.code === code);
  const candidates = sets
    .filter(({ codes }, index) => index === 0 || has(codes[0]))
    .map(({ codes, costs }) => ({ advice: followed(advised, codes), saving: savingBetween(before, costs.get(id)) }));
  let best = candidates[0];
  for (const candidate of candidates.slice(1)) {
    if (candidate.saving === null) continue;
    if (best === undefined || best.saving === null || candidate.saving.greaterThan(best.saving)) best = candidate;
  }
  const { monthlyCost } = advised.cost.lines;
  const monthlySaving = best?.saving ?? null;
  const cost = monthlyCost === null || monthlySaving === null ? null : monthlyCost.minus(monthlySaving);
  return { advice: best?.advice ?? [], monthlyCost: cost, monthlySaving };
};

const followed = ({ size, changes }: AdvisedService, codes: readonly Code[]): readonly Code[] =>
  codes.filter((code) =>
    code === "resize" ? size.advice === "resize" : changes.some((change) => change.code === code),
  );

const sizeAlone = ({ cost, resized, size }: AdvisedService): CombinedAdvice => ({
  advice: size.advice === "resize" ? ["resize"] : [],
  monthlyCost: resized.lines.monthlyCost,
  monthlySaving: savingBetween(cost, resized),
});
