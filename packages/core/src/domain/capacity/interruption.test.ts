import { describe, expect, it } from "vitest";
import {
  assertInterruption,
  downShare,
  ec2SpotInterruption,
  FARGATE_SPOT_INTERRUPTION,
  reclaimGroups,
  withInterruptionSettings,
} from "./interruption.ts";

const { model } = FARGATE_SPOT_INTERRUPTION;

describe("interruption defaults", () => {
  it("rise with the Spot Advisor's band, and an unknown band counts as the worst", () => {
    const rates = [0, 1, 2, 3, 4].map((band) => ec2SpotInterruption(band).model.ratePerTaskHour);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(new Set(rates).size).toBe(5);
    for (const band of [undefined, 5, -1, 1.5]) {
      expect(ec2SpotInterruption(band).model.ratePerTaskHour).toBe(rates[4]);
      expect(ec2SpotInterruption(band).assumption?.code).toBe("ec2-spot-interruption-unknown");
    }
  });

  it("reclaim the share of tasks of the band's upper end in a month", () => {
    const ends = [0.05, 0.1, 0.15, 0.2, 0.3];
    ends.forEach((end, band) => {
      expect(1 - Math.exp(-730 * ec2SpotInterruption(band).model.ratePerTaskHour)).toBeCloseTo(end, 5);
    });
  });

  it("name a date, a source and an assumption until the user gives every figure", () => {
    expect(FARGATE_SPOT_INTERRUPTION).toMatchObject({ asOf: "2026-11-20", source: "assumption" });
    const partly = withInterruptionSettings(FARGATE_SPOT_INTERRUPTION, { replaceHours: 0.5 });
    expect(partly).toEqual({ ...FARGATE_SPOT_INTERRUPTION, model: { ...model, replaceHours: 0.5 } });
    expect(withInterruptionSettings(FARGATE_SPOT_INTERRUPTION, model)).toEqual({ model, asOf: "", source: "given" });
    expect(withInterruptionSettings(FARGATE_SPOT_INTERRUPTION, {})).toBe(FARGATE_SPOT_INTERRUPTION);
  });
});

describe("a model's figures", () => {
  it("give the share of time that a task is being replaced", () => {
    expect(downShare({ ...model, ratePerTaskHour: 0.5, replaceHours: 2 })).toBe(0.5);
    expect(downShare({ ...model, replaceHours: 0 })).toBe(0);
  });

  it.each([
    [0, Number.POSITIVE_INFINITY],
    [1 / 3, 3],
    [0.34, 2],
    [0.5, 2],
    [0.51, 1],
    [1, 1],
    [1 / 49, 49],
  ])("put a share of %d taken together into %d groups, none smaller than it", (shareTakenTogether, groups) => {
    expect(reclaimGroups({ ...model, shareTakenTogether })).toBe(groups);
  });

  it("are refused outside their ranges, by name", () => {
    expect(() => assertInterruption({ ...model, shareWithoutCapacity: 1.1 })).toThrow("shareWithoutCapacity is 1.1");
    expect(() => assertInterruption({ ...model, ratePerTaskHour: Number.NaN })).toThrow("ratePerTaskHour");
    expect(() => assertInterruption(model)).not.toThrow();
  });
});
