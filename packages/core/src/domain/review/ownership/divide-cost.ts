import { allocateUnits, fromUnits, toUnits } from "../../costing/allocate.ts";
import { Decimal, ZERO } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import { type Ownership, sharesOf, type TeamShares } from "./owner-rules.ts";

/** A part of a row with its team; the team is empty where nobody owns it. */
export interface OwnedCost {
  readonly row: CostRow;
  readonly team: string;
  readonly cost: Decimal;
}

/** Finest step of a part: 1e-12, or the last digit of what is divided. */
const DECIMAL_PLACES = 12;
/** Places of percentages. */
const PERCENT_PLACES = 6;
const ALL = toUnits(new Decimal(100), PERCENT_PLACES);

/**
 * Divides rows over teams, so that the parts of each row add up to it exactly and the order of the rows does not matter: by the first
 * rule or tag that fits, and what is left as the ownership says for shared cost.
 */
export const divideCost = (rows: readonly CostRow[], ownership: Ownership): readonly OwnedCost[] => {
  const find = sharesOf(ownership);
  const direct = rows.flatMap((row) => partsOf(row, row.cost, find(row) ?? {}));
  const { shared } = ownership;
  if (shared === undefined) return direct;
  const shares = shared === "cost" ? ownedShares(direct) : percentWeights(shared);
  if (shares.length === 0) return direct;
  return direct.flatMap((part) => (part.team === "" ? divided(part.row, part.cost, shares) : [part]));
};

type Weight = readonly [team: string, weight: bigint];

/** Percentages as weights, with what is missing to 100 for nobody. */
const percentWeights = (shares: TeamShares): readonly Weight[] => {
  const weights = Object.entries(shares)
    .map(([team, percent]): Weight => [team, toUnits(new Decimal(percent), PERCENT_PLACES)])
    .sort(byTeam);
  const left = weights.reduce((rest, [, weight]) => rest - weight, ALL);
  return left > 0n ? [...weights, ["", left]] : weights;
};

const byTeam = ([a]: Weight, [b]: Weight): number => (a < b ? -1 : a > b ? 1 : 0);

/** What each team owns, as weights; those that own nothing get nothing. */
const ownedShares = (parts: readonly OwnedCost[]): readonly Weight[] => {
  const owned = new Map<string, Decimal>();
  for (const { team, cost } of parts) if (team !== "") owned.set(team, (owned.get(team) ?? ZERO).plus(cost));
  const positive = [...owned].filter(([, cost]) => cost.greaterThan(0));
  const scale = Math.max(0, ...positive.map(([, cost]) => cost.decimalPlaces()));
  return positive.map(([team, cost]): Weight => [team, toUnits(cost, scale)]).sort(byTeam);
};

const partsOf = (row: CostRow, cost: Decimal, shares: TeamShares): readonly OwnedCost[] =>
  divided(row, cost, percentWeights(shares));

const divided = (row: CostRow, cost: Decimal, weights: readonly Weight[]): readonly OwnedCost[] => {
  const scale = Math.max(DECIMAL_PLACES, cost.decimalPlaces());
  const parts = allocateUnits(
    toUnits(cost.abs(), scale),
    weights.map(([, weight]) => weight),
  );
  return weights.flatMap(([team], index) => {
    const units = parts[index] ?? 0n;
    if (units === 0n && weights.length > 1) return [];
    const part = fromUnits(units, scale);
    return [{ row, team, cost: cost.isNegative() ? part.negated() : part }];
  });
};
