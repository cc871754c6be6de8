import { describe, expect, it } from "vitest";
import { type ScheduledAction, scheduledCounts } from "./scheduled-counts.ts";

const bounds = { desired: 4, min: 2, max: 10, tracked: false };
const at = (expression: string, min?: number, max?: number, offsetMinutes = 0): ScheduledAction => ({
  expression,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  offsetMinutes,
});

/** Hours of the cycle at each count. */
const hoursAt = (...args: Parameters<typeof scheduledCounts>): Readonly<Record<number, number>> => {
  const found = scheduledCounts(...args);
  if (found.kind !== "cycle") throw new Error(found.kind);
  const hours: Record<number, number> = {};
  for (const count of found.counts) hours[count] = (hours[count] ?? 0) + found.slotMinutes / 60;
  return hours;
};

describe("tasks by scheduled actions", () => {
  it("run in office hours alone", () => {
    const actions = [at("cron(0 8 ? * MON-FRI *)", 4, 4), at("cron(0 18 ? * MON-FRI *)", 0, 0)];
    expect(hoursAt(bounds, actions)).toEqual({ 4: 50, 0: 118 });
    expect(hoursAt(bounds, actions.toReversed())).toEqual({ 4: 50, 0: 118 });
    expect(
      hoursAt(
        bounds,
        actions.map((action) => ({ ...action, offsetMinutes: 330 })),
      ),
    ).toEqual({ 4: 50, 0: 118 });
  });

  it("may change within an hour, and at several counts", () => {
    const actions = [at("cron(30 7 * * ? *)", 6), at("cron(15 12 * * ? *)", 8), at("cron(0 20 * * ? *)", 1, 1)];
    expect(
      hoursAt({ ...bounds, max: 20 }, [actions[0], actions[1], at("cron(0 20 * * ? *)", 1, 20)] as ScheduledAction[]),
    ).toEqual({ 8: 168 });
    expect(hoursAt(bounds, actions)).toEqual({ 1: 7 * 11.5, 6: 7 * 4.75, 8: 7 * 7.75 });
  });

  it("are the least between the bounds where load scales them too", () => {
    const actions = [at("cron(0 8 ? * MON-FRI *)", 4, 20), at("cron(0 18 ? * MON-FRI *)", 1, 20)];
    expect(hoursAt({ ...bounds, tracked: true }, actions)).toEqual({ 4: 50, 1: 118 });
  });

  it("may differ over the year", () => {
    const actions = [at("cron(0 0 1 12 ? *)", 9, 9), at("cron(0 0 1 1 ? *)", 3, 3)];
    expect(hoursAt(bounds, actions)).toEqual({ 3: 334 * 24, 9: 31 * 24 });
  });

  it("stay where nothing comes again, and are not known where an expression is not", () => {
    expect(scheduledCounts(bounds, [at("at(2027-01-01T00:00:00)", 9, 9)])).toEqual({ kind: "once" });
    expect(hoursAt(bounds, [at("rate(1 day)", 6, 6)])).toEqual({ 6: 168 });
    expect(scheduledCounts(bounds, [at("every monday", 9)])).toMatchObject({ kind: "not-understood" });
    expect(scheduledCounts(bounds, [at("rate(1 day)", 6), at("cron(0 8 * * ? *)", 2)])).toMatchObject({
      kind: "not-understood",
    });
  });
});
