import type { TieStrength } from "../bill/overhead-tie.ts";
import type { PlacedCharge } from "../bill/place-bill.ts";
import type { ComesAlong, OverheadPart } from "../report/review-report.ts";
import { Decimal, sum, ZERO } from "../units/decimal.ts";

/** What could come along with ECS, by how sure it is that it does. */
export const comesAlong = (charges: Iterable<PlacedCharge>): ComesAlong => {
  const parts: Readonly<Record<TieStrength, Map<string, Decimal>>> = {
    certain: new Map(),
    likely: new Map(),
    others: new Map(),
  };
  for (const { charge, placing } of charges) {
    if ((placing.place !== "ecs" && placing.place !== "other") || !("tie" in placing) || placing.tie === undefined)
      continue;
    const { strength, rule } = placing.tie;
    parts[strength].set(rule, (parts[strength].get(rule) ?? ZERO).plus(new Decimal(charge.effectiveCost)));
  }
  return { certain: partOf(parts.certain), likely: partOf(parts.likely), others: partOf(parts.others) };
};

const partOf = (rules: ReadonlyMap<string, Decimal>): OverheadPart => ({
  cost: sum([...rules.values()]),
  rules: [...rules]
    .map(([rule, cost]) => ({ rule, cost }))
    .sort((a, b) => b.cost.comparedTo(a.cost) || (a.rule < b.rule ? -1 : 1)),
});
