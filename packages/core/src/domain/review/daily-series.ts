import type { PlacedCharge } from "../bill/place-bill.ts";
import type { EpochDay } from "../demand/timestamp.ts";
import { type CostSubject, subjectOf } from "./cost-movers.ts";
import { epochDay } from "./review-window.ts";

/** What one usage type of a subject cost and used on each day; statistics need no exact amounts. */
export interface UsageDays {
  readonly usageType: string;
  readonly unit: string;
  readonly costs: Float64Array;
  readonly quantities: Float64Array;
}

/** What one subject cost day by day. */
export interface DailySeries extends CostSubject {
  readonly usages: readonly UsageDays[];
}

interface Draft extends CostSubject {
  readonly usages: Map<string, UsageDays>;
}

/** Daily cost of ECS by subject over `count` days from the first one, ordered by key. */
export const dailySeries = (
  charges: Iterable<PlacedCharge>,
  first: EpochDay,
  count: number,
): readonly DailySeries[] => {
  const subjects = new Map<string, Draft>();
  const indexOf = dayIndex(first);
  for (const placed of charges) {
    const { charge, placing, serviceKey } = placed;
    if (placing.place !== "ecs") continue;
    const index = indexOf(charge.day);
    if (index < 0 || index >= count) continue;
    const { key, subject } = subjectOf({ ...charge, serviceKey });
    let draft = subjects.get(key);
    if (draft === undefined) {
      draft = { key, subject, usages: new Map() };
      subjects.set(key, draft);
    }
    addDay(draft, placed, index, count);
  }
  return [...subjects.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ usages, ...subject }) => ({ ...subject, usages: [...usages.values()] }));
};

const addDay = ({ usages }: Draft, { charge }: PlacedCharge, index: number, count: number): void => {
  const { usageType, unit, kind, quantity, effectiveCost } = charge;
  const key = `${usageType}\n${unit}`;
  let usage = usages.get(key);
  if (usage === undefined) {
    usage = { usageType, unit, costs: new Float64Array(count), quantities: new Float64Array(count) };
    usages.set(key, usage);
  }
  usage.costs[index] = (usage.costs[index] ?? 0) + Number(effectiveCost);
  if (kind !== "discount") usage.quantities[index] = (usage.quantities[index] ?? 0) + Number(quantity);
};

/** Days since the first one; dates are read once. */
export const dayIndex = (first: EpochDay): ((day: string) => number) => {
  const known = new Map<string, number>();
  return (day) => {
    let index = known.get(day);
    if (index === undefined) {
      index = epochDay(day) - first;
      known.set(day, index);
    }
    return index;
  };
};

/** Cost of a subject on each day, 0 on days without a charge. */
export const seriesCosts = ({ usages }: DailySeries, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => usages.reduce((sum, { costs }) => sum + (costs[index] ?? 0), 0));
