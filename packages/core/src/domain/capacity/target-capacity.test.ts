import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import { targetCapacityCost, targetCapacityFor } from "./target-capacity.ts";

const PRICE = new Decimal("0.0808");
const HOURS = new Decimal(730);

describe("targetCapacityCost", () => {
  it("keeps M / N at the target", () => {
    expect(targetCapacityCost(9, 90, PRICE, HOURS)).toMatchObject({ instances: 10, idle: 1 });
    expect(targetCapacityCost(9, 100, PRICE, HOURS)).toMatchObject({ instances: 9, idle: 0 });
    expect(targetCapacityCost(10, 90, PRICE, HOURS)).toMatchObject({ instances: 12, idle: 2 });
    expect(targetCapacityCost(9, 90, PRICE, HOURS).idleMonthlyCost.toFixed()).toBe("58.984");
    expect(targetCapacityCost(0, 50, PRICE, HOURS)).toMatchObject({ instances: 0, idle: 0 });
  });

  it("refuses what managed scaling does not take", () => {
    for (const target of [0, 101, 99.5]) expect(() => targetCapacityCost(1, target, PRICE, HOURS)).toThrow(RangeError);
  });
});

describe("targetCapacityFor", () => {
  it("is the highest target that keeps the room asked for", () => {
    const most = { max: 60, min: 1 };
    fc.assert(
      fc.property(fc.integer(most), fc.nat(100), fc.integer(most), (needed, spareTasks, perInstance) => {
        const plan = targetCapacityFor(needed, spareTasks, perInstance, PRICE, HOURS);
        if (plan === undefined) throw new Error("some target keeps the room");
        expect(plan.idle * perInstance).toBeGreaterThanOrEqual(spareTasks);
        if (plan.targetCapacity === 100) return;
        const above = targetCapacityCost(needed, plan.targetCapacity + 1, PRICE, HOURS);
        expect(above.idle * perInstance).toBeLessThan(spareTasks);
      }),
    );
  });

  it("is not known for a group that runs nothing", () => {
    expect(targetCapacityFor(0, 4, 2, PRICE, HOURS)).toBeUndefined();
  });
});
