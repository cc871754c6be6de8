import type { PlacedCharge } from "../bill/place-bill.ts";
import type { BilledLaunchType } from "../bill/place-charge.ts";
import { isoDate } from "../demand/timestamp.ts";
import type { DailyCost, ReviewPeriod } from "../report/review-report.ts";
import { type Decimal, sum, ZERO } from "../units/decimal.ts";
import { epochDay } from "./review-window.ts";

/** What ECS cost on each day of a period, days without any charge included. */
export const dailyCosts = (charges: Iterable<PlacedCharge>, period: ReviewPeriod): readonly DailyCost[] => {
  const days = new Map<string, Partial<Record<BilledLaunchType, Decimal>>>();
  const first = epochDay(period.from);
  for (let index = 0; index < period.days; index += 1) days.set(isoDate(first + index), {});
  for (const { charge, placing } of charges) {
    const parts = placing.place === "ecs" ? days.get(charge.day) : undefined;
    if (parts === undefined || placing.place !== "ecs") continue;
    parts[placing.launchType] = (parts[placing.launchType] ?? ZERO).plus(charge.effectiveCost);
  }
  return [...days].map(([day, parts]) => ({ day, cost: sum(Object.values(parts)), parts: sorted(parts) }));
};

const sorted = (parts: DailyCost["parts"]): DailyCost["parts"] =>
  Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
