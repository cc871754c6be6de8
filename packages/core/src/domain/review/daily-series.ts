import type { PlacedCharge } from "../bill/place-bill.ts";
import type { EpochDay } from "../demand/timestamp.ts";
import { type Decimal, ZERO } from "../units/decimal.ts";
import { type CostSubject, subjectOf } from "./cost-movers.ts";
import { usedQuantity } from "./cost-row.ts";
import { epochDay } from "./review-window.ts";

/** What one usage type cost on one day. */
export interface DayUsage {
  readonly cost: Decimal;
  readonly quantity: Decimal;
}

/** Days of one usage type of a subject, by their index from the first day. */
export interface UsageDays {
  readonly usageType: string;
  readonly unit: string;
  readonly days: ReadonlyMap<number, DayUsage>;
}

/** What one subject cost day by day. */
export interface DailySeries extends CostSubject {
  readonly usages: readonly UsageDays[];
}

interface Draft extends CostSubject {
  readonly usages: Map<string, { usageType: string; unit: string; days: Map<number, DayUsage> }>;
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
    const { charge, placing } = placed;
    if (placing.place !== "ecs") continue;
    const index = indexOf(charge.day);
    if (index < 0 || index >= count) continue;
    const { key, subject } = subjectOf(charge);
    let draft = subjects.get(key);
    if (draft === undefined) {
      draft = { key, subject, usages: new Map() };
      subjects.set(key, draft);
    }
    addDay(draft, placed, index);
  }
  return [...subjects.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ usages, ...subject }) => ({ ...subject, usages: [...usages.values()] }));
};

const addDay = ({ usages }: Draft, placed: PlacedCharge, index: number): void => {
  const { usageType, unit, effectiveCost } = placed.charge;
  const key = `${usageType}\n${unit}`;
  let usage = usages.get(key);
  if (usage === undefined) {
    usage = { usageType, unit, days: new Map() };
    usages.set(key, usage);
  }
  const known = usage.days.get(index);
  usage.days.set(index, {
    cost: (known?.cost ?? ZERO).plus(effectiveCost),
    quantity: (known?.quantity ?? ZERO).plus(usedQuantity(placed)),
  });
};

/** Days since the first one; dates are read once. */
const dayIndex = (first: EpochDay): ((day: string) => number) => {
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
export const seriesCosts = ({ usages }: DailySeries, count: number): readonly Decimal[] => {
  const costs = Array.from({ length: count }, () => ZERO);
  for (const { days } of usages) {
    for (const [index, { cost }] of days) costs[index] = (costs[index] ?? ZERO).plus(cost);
  }
  return costs;
};
