import type { Decimal } from "../units/decimal.ts";
import type { Interruptible } from "../workload/service.ts";

interface Rankable {
  readonly id: string;
  readonly feasible: boolean;
  readonly monthlyCost: Decimal | null;
}

const byId = (a: Rankable, b: Rankable): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Feasible options cheapest first, then infeasible ones; equal costs by id. */
export const rankOptions = <T extends Rankable>(options: readonly T[]): T[] =>
  [...options].sort((a, b) => {
    if (a.monthlyCost === null || b.monthlyCost === null) {
      if (a.monthlyCost !== b.monthlyCost) return a.monthlyCost === null ? 1 : -1;
      return byId(a, b);
    }
    return a.monthlyCost.comparedTo(b.monthlyCost) || byId(a, b);
  });

const isSpot = ({ id }: Rankable): boolean => /(^|-)spot(-|$)/.test(id);

/** Longest commitment in years that an advised option may have; 0 for none. */
export type LongestTerm = 0 | 1 | 3;

const termOf = ({ id }: Rankable): number => Number(/-(?<years>[13])y-/.exec(id)?.groups?.["years"] ?? 0);

/**
 * The first of ranked options that may be advised: one on Spot only where the service may be interrupted, and none
 * with a longer commitment than allowed.
 */
export const bestOption = <T extends Rankable>(
  ranked: readonly T[],
  interruptible: Interruptible,
  longestTerm: LongestTerm = 3,
): T | undefined =>
  ranked.find(
    (option) => option.feasible && (interruptible === "yes" || !isSpot(option)) && termOf(option) <= longestTerm,
  );
