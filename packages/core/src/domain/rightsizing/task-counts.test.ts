import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demandOf, type UsageDemand } from "../demand/demand-window.ts";
import { pointOf } from "../demand/metric-point.ts";
import { addPoint, emptyUsage } from "../demand/usage.ts";
import { fewerTasks } from "./fewer-tasks.ts";
import { officeHours } from "./office-hours.ts";
import { shapeOf } from "./usage-shape.ts";

/** Monday, 2026-11-02. */
const MONDAY = 20_759 * 86_400;

const hourly = (cpuOf: (hour: number) => number, hours = 168, tasks = Number.NaN): UsageDemand => {
  const usage = emptyUsage();
  for (let hour = 0; hour < hours; hour++) {
    for (let point = 0; point < 12; point++) {
      addPoint(usage, pointOf(MONDAY + hour * 3600 + point * 300, { cpu: cpuOf(hour), memory: 40, tasks }));
    }
  }
  return demandOf(usage);
};

const isOffice = (hour: number): boolean => hour < 120 && hour % 24 >= 8 && hour % 24 < 18;

describe("office hours", () => {
  it("are those in which the load needs more than the least", () => {
    expect(
      officeHours(
        hourly((hour) => (isOffice(hour) ? 60 : 5)),
        4,
        1,
      ),
    ).toMatchObject({
      days: "monday-friday",
      from: 8,
      to: 18,
      tasks: 4,
      quietTasks: 1,
    });
  });

  it("keep the least that must be available, and as many as quiet hours need", () => {
    const demand = hourly((hour) => (isOffice(hour) ? 60 : 25));
    expect(officeHours(demand, 4, 1)?.quietTasks).toBe(2);
    expect(officeHours(demand, 4, 3)?.quietTasks).toBe(3);
    expect(officeHours(demand, 4, 4)).toBeUndefined();
  });

  it("are every day where weekends are as busy", () => {
    const demand = hourly((hour) => (hour % 24 >= 6 && hour % 24 < 12 ? 80 : 10));
    expect(officeHours(demand, 8, 1)).toMatchObject({ days: "every-day", from: 6, to: 12, quietTasks: 1 });
  });

  it("are not told from a part of a week, nor where the load is level", () => {
    expect(
      officeHours(
        hourly((hour) => (isOffice(hour) ? 60 : 5), 120),
        4,
        1,
      ),
    ).toBeUndefined();
    expect(
      officeHours(
        hourly(() => 50),
        4,
        1,
      ),
    ).toBeUndefined();
  });

  it("give every hour of the week enough tasks for the load that it had", () => {
    const week = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 168, maxLength: 168 });
    fc.assert(
      fc.property(week, fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 3 }), (loads, tasks, minimum) => {
        const schedule = officeHours(
          hourly((hour) => loads[hour] ?? 0),
          tasks,
          minimum,
        );
        if (schedule === undefined) return;
        const level = [...loads].sort((a, b) => a - b)[Math.ceil(0.9 * 168) - 1] ?? 0;
        schedule.counts.forEach((count, hour) => {
          expect(count).toBeGreaterThanOrEqual(Math.min(tasks, minimum));
          const least = Math.min(tasks, ((loads[hour] ?? 0) * tasks) / (level * 1.02 + 1e-9));
          expect(count).toBeGreaterThanOrEqual(Math.floor(least));
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe("fewer tasks", () => {
  it("leave the highest CPU below four fifths and the least available", () => {
    expect(
      fewerTasks(
        hourly(() => 30),
        6,
        2,
      ),
    ).toBe(3);
    expect(
      fewerTasks(
        hourly(() => 30),
        6,
        5,
      ),
    ).toBe(5);
    expect(
      fewerTasks(
        hourly(() => 30),
        6,
        6,
      ),
    ).toBeUndefined();
    expect(
      fewerTasks(
        hourly(() => 70),
        6,
        1,
      ),
    ).toBeUndefined();
    expect(fewerTasks(demandOf(emptyUsage()), 6, 1)).toBeUndefined();
  });
});

describe("the shape of a load", () => {
  it("is its highest values in equal parts", () => {
    const { cpu, memory } = shapeOf(
      hourly((hour) => hour),
      7,
    );
    expect(cpu).toEqual([23, 47, 71, 95, 119, 143, 167]);
    expect(memory).toEqual([40, 40, 40, 40, 40, 40, 40]);
  });
});
