import type { PlacedCharge } from "../../bill/place-bill.ts";
import type { CostPart, ShowbackRow } from "../../report/review-report.ts";
import { Decimal, ZERO } from "../../units/decimal.ts";
import { type ComparedRows, costPart } from "../cost-parts.ts";
import { divideCost, type OwnedCost } from "./divide-cost.ts";
import type { Ownership } from "./owner-rules.ts";

const sumsByTeam = (parts: readonly OwnedCost[]): ReadonlyMap<string, Decimal> => {
  const sums = new Map<string, Decimal>();
  for (const { team, cost } of parts) sums.set(team, (sums.get(team) ?? ZERO).plus(cost));
  return sums;
};

/** The total by team beside the month before, the dearest first; the empty key is what nobody owns. */
export const teamParts = ({ current, previous }: ComparedRows, ownership: Ownership): readonly CostPart[] => {
  const now = sumsByTeam(divideCost(current, ownership));
  const before = previous === null ? null : sumsByTeam(divideCost(previous, ownership));
  const teams = new Set([...now.keys(), ...(before?.keys() ?? [])]);
  return [...teams]
    .map((team) => costPart(team, now.get(team) ?? ZERO, before && (before.get(team) ?? ZERO)))
    .sort((a, b) => b.cost.comparedTo(a.cost) || (a.key < b.key ? -1 : 1));
};

type Draft = { -readonly [Key in keyof ShowbackRow]: ShowbackRow[Key] };

const collect = (rows: Map<string, Draft>, row: ShowbackRow): void => {
  const key = [row.part, row.account, row.region, row.team, row.service, row.dimension].join("\n");
  const known = rows.get(key);
  if (known === undefined) rows.set(key, { ...row });
  else known.cost = known.cost.plus(row.cost);
};

/** What of a charge is in no cost of usage: the balance of commitments. */
const balanceOf = ({ charge, placing }: PlacedCharge): Decimal =>
  placing.place === "commitment"
    ? new Decimal(charge.cost)
    : new Decimal(charge.cost).minus(new Decimal(charge.effectiveCost));

const PARTS = { unplaced: "unplaced", other: "other", credit: "credits", refund: "credits", tax: "tax" } as const;

/** Every cost of the month with its team, one row for each part, account, region, team, service and dimension; they add up to the bill. */
export const showbackRows = (
  month: string,
  rows: ComparedRows["current"],
  charges: Iterable<PlacedCharge>,
  ownership: Ownership | undefined,
): readonly ShowbackRow[] => {
  const found = new Map<string, Draft>();
  for (const { row, team, cost } of divideCost(rows, ownership ?? { rules: [], tags: [] })) {
    const { account, region, serviceKey, ecsService, cluster, dimension, service, usageType } = row;
    const name = serviceKey === undefined ? "" : `${cluster ?? ""}/${ecsService ?? ""}`;
    const place = { month, account: account ?? "", region: region ?? "" };
    collect(found, {
      part: "ecs",
      ...place,
      team,
      service: name,
      dimension: dimension ?? `${service} ${usageType}`,
      cost,
    });
  }
  for (const placed of charges) addOther(found, month, placed);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, row]) => (row.cost.isZero() ? [] : [row]));
};

const addOther = (found: Map<string, Draft>, month: string, placed: PlacedCharge): void => {
  const { charge, placing, region } = placed;
  const { place } = placing;
  if (place === "split") return;
  const base = { month, account: charge.account ?? "", region: region ?? "", team: "" };
  const isUsage = place === "ecs" || place === "unplaced" || place === "other";
  if (isUsage || place === "commitment") {
    const balance = balanceOf(placed);
    const dimension = "commitments: billed beyond what they covered";
    if (!balance.isZero())
      collect(found, { part: "other", ...base, region: "", service: "", dimension, cost: balance });
  }
  if (place === "ecs" || place === "commitment") return;
  const cost = new Decimal(isUsage ? charge.effectiveCost : charge.cost);
  collect(found, { part: PARTS[place], ...base, service: charge.service, dimension: charge.usageType, cost });
};
