import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import { averageTasks, billedRunSeconds, fleetTasks, runTaskHours } from "./task-hours.ts";

const hours = new Decimal(730);

describe("task-hours", () => {
  it("bill a run from its image pull, rounded up to the second, at least the minimum", () => {
    expect(billedRunSeconds(45, 0, 60)).toBe(60);
    expect(billedRunSeconds(60.001, 0, 60)).toBe(61);
    expect(billedRunSeconds(50.2, 20, 60)).toBe(71);
    expect(billedRunSeconds(100, 0, 300)).toBe(300);
  });

  it("take the minimum of the operating system", () => {
    const runs = { kind: "runs", perMonth: 60, seconds: 10, pullSeconds: 0 } as const;
    expect(runTaskHours(runs, "linux").toFixed()).toBe("1");
    expect(runTaskHours(runs, "windows").toFixed()).toBe("5");
  });

  it("know the average and the peak of each kind of demand", () => {
    const hourly = { kind: "hourly", counts: [2, 2, 6, 6] } as const;
    expect([averageTasks(hourly, hours).toFixed(), fleetTasks(hourly, hours)]).toEqual(["4", 6]);
    const runs = { kind: "runs", perMonth: 730, seconds: 5400, pullSeconds: 0 } as const;
    expect([averageTasks(runs, hours).toFixed(), fleetTasks(runs, hours)]).toEqual(["1.5", 2]);
    expect(averageTasks({ kind: "hourly", counts: [] }, hours).toFixed()).toBe("0");
  });
});
