import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal, sum } from "../units/decimal.ts";
import { averageSplit, hoursByProvider } from "./service-hours.ts";

const hours = new Decimal(730);
const items = [
  { capacityProvider: "FARGATE", base: 2, weight: 1 },
  { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
];

describe("the hours of a strategy's providers", () => {
  it("sum to the hours of the service, whatever the counts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 1e9 }),
        (counts, n) => {
          const split = averageSplit({ kind: "hourly", counts }, items, hours);
          const taskHours = new Decimal(n).div(1000);
          const parts = hoursByProvider(taskHours, split);
          const expected = counts.some((count) => count > 0) ? taskHours.toFixed() : "0";
          expect(sum(parts.values()).toFixed()).toBe(expected);
        },
      ),
    );
  });

  it("are the average of the split at each count", () => {
    const split = averageSplit({ kind: "hourly", counts: [2, 6] }, items, hours);
    expect([...split].map(([name, tasks]) => [name, tasks.toFixed()])).toEqual([
      ["FARGATE", "2.5"],
      ["FARGATE_SPOT", "1.5"],
    ]);
  });

  it("follow the weights for standalone runs", () => {
    const demand = { kind: "runs", perMonth: 730, seconds: 3600, pullSeconds: 0 } as const;
    const split = averageSplit(demand, items, hours);
    expect([...split.values()].map((tasks) => tasks.toFixed())).toEqual(["0.25", "0.75"]);
  });
});
