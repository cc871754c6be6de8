import type { StrategyItem } from "../workload/service.ts";

/** Bounds of ECS on a capacity provider strategy (CreateService API reference, checked 2026-11-20). */
export const STRATEGY_LIMITS = { providers: 20, base: 100_000, weight: 1000 } as const;

/** A rule of ECS that a strategy breaks. */
export interface StrategyProblem {
  readonly code: string;
  readonly detail: string;
  /** The item that breaks it, where it is one. */
  readonly index?: number;
}

const isFargateProvider = (name: string): boolean => name === "FARGATE" || name === "FARGATE_SPOT";

const itemProblems = (item: StrategyItem, index: number, items: readonly StrategyItem[]): StrategyProblem[] => {
  const problems: StrategyProblem[] = [];
  const bounded = (field: "base" | "weight") => {
    const value = item[field];
    if (Number.isInteger(value) && value >= 0 && value <= STRATEGY_LIMITS[field]) return;
    const detail = `${field} is ${value}; ECS takes a whole number from 0 to ${STRATEGY_LIMITS[field]}`;
    problems.push({ code: `${field}-out-of-range`, detail, index });
  };
  bounded("base");
  bounded("weight");
  if (item.capacityProvider === "") {
    problems.push({ code: "unnamed-provider", detail: "the capacity provider has no name", index });
  } else if (items.findIndex((other) => other.capacityProvider === item.capacityProvider) < index) {
    const detail = `capacity provider ${item.capacityProvider} is named twice`;
    problems.push({ code: "provider-twice", detail, index });
  }
  return problems;
};

const mixesFargate = (items: readonly StrategyItem[]): boolean =>
  new Set(items.map((item) => isFargateProvider(item.capacityProvider))).size > 1;

/** The rule that holds only for providers that are known: a strategy takes those of one type. */
export const mixedTypesProblem = (types: readonly string[]): readonly StrategyProblem[] => {
  if (new Set(types).size < 2) return [];
  const detail = "providers on Auto Scaling groups and on managed instances cannot be mixed in one strategy";
  return [{ code: "mixed-provider-types", detail }];
};

/** Every rule of ECS that a strategy breaks; empty for one that ECS would take. */
export const strategyProblems = (items: readonly StrategyItem[]): readonly StrategyProblem[] => {
  if (items.length === 0) return [{ code: "no-provider", detail: "the strategy names no capacity provider" }];
  const { providers } = STRATEGY_LIMITS;
  if (items.length > providers) {
    return [{ code: "too-many-providers", detail: `${items.length} providers; ECS takes at most ${providers}` }];
  }
  const problems = items.flatMap((item, index) => itemProblems(item, index, items));
  const based = items.flatMap((item, index) => (item.base > 0 ? [index] : []));
  if (based[1] !== undefined) {
    const detail = "more than one provider has a base; ECS takes a base on one of them only";
    problems.push({ code: "base-twice", detail, index: based[1] });
  }
  if (items.length > 1 && items.every((item) => item.weight === 0)) {
    const detail = "every weight is 0; with several providers ECS needs a weight above 0 on one of them at least";
    problems.push({ code: "no-weight", detail });
  }
  if (mixesFargate(items)) {
    const detail = "FARGATE and FARGATE_SPOT cannot be mixed with other capacity providers in one strategy";
    problems.push({ code: "mixed-provider-types", detail });
  }
  return problems;
};

/** A strategy as it acts: a provider that stands alone takes every task, whatever its weight. */
export const effectiveStrategy = (items: readonly StrategyItem[]): readonly StrategyItem[] =>
  items.length === 1 ? items.map((item) => ({ ...item, weight: item.weight === 0 ? 1 : item.weight })) : items;
