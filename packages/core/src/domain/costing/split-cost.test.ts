import { describe, expect, it } from "vitest";
import { Decimal, sum } from "../units/decimal.ts";
import { type SplitTask, splitInstanceCost } from "./split-cost.ts";
import { taskWeight } from "./task-weight.ts";

const task = (id: string, reservedVcpu: string, usedVcpu: string, reservedGb: string, usedGb: string): SplitTask => ({
  id,
  reservedVcpu: new Decimal(reservedVcpu),
  usedVcpu: new Decimal(usedVcpu),
  reservedGb: new Decimal(reservedGb),
  usedGb: new Decimal(usedGb),
});

const instance = { vcpu: new Decimal(4), gb: new Decimal(16), cost: new Decimal(1) };

describe("splitInstanceCost", () => {
  const split = splitInstanceCost(instance, [
    task("1", "1", "0.1", "4", "3"),
    task("2", "1", "1.9", "4", "6"),
    task("3", "1", "0.5", "2", "2"),
    task("4", "1", "0.5", "2", "2"),
  ]);

  it("gives the figures of AWS's example of an m5.xlarge at 1.00 an hour", () => {
    expect([split.vcpuRate.toFixed(2), split.gbRate.toFixed(2)]).toEqual(["0.17", "0.02"]);
    const figures = split.tasks.map(({ splitCost, unusedCost, totalCost }) =>
      [splitCost, unusedCost, totalCost].map((value) => value.toFixed(2)),
    );
    expect(figures).toEqual([
      ["0.22", "0.01", "0.23"],
      ["0.38", "0.02", "0.40"],
      ["0.18", "0.01", "0.19"],
      ["0.18", "0.01", "0.19"],
    ]);
  });

  it("divides the whole instance", () => {
    expect(sum(split.tasks.map((part) => part.totalCost)).toFixed(30)).toBe(`1.${"0".repeat(30)}`);
  });

  it("charges nobody for a resource that nobody was allocated", () => {
    const [only] = splitInstanceCost(instance, [task("cpu", "1", "0", "0", "0")]).tasks;
    expect(only?.totalCost.toFixed(4)).toBe("0.6923");
  });
});

describe("taskWeight", () => {
  it("weighs a vCPU nine times a GB", () => {
    expect(taskWeight(1024, 0)).toBe(9 * taskWeight(0, 1024));
    expect(taskWeight(1024, 2048)).toBe(11_264);
  });
});
