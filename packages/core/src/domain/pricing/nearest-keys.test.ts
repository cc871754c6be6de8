import { describe, expect, it } from "vitest";
import { nearestKeys, nearestTypes } from "./nearest-keys.ts";

describe("keys near a misspelled one", () => {
  it.each([
    ["nat.gbs", "nat.gb"],
    ["NAT_GB", "nat.gb"],
    ["nat", "nat.gb"],
    ["fargate/vcpu-hour", "fargate/linux/arm64/vcpu-hour"],
    ["fargate/linux/arm/vcpu-hour", "fargate/linux/arm64/vcpu-hour"],
    ["ec2/m5.large/ondemand/hour", "ec2/m5.large/on-demand/hour"],
    ["ec2/m5.large/standard-ri-1y/hour", "ec2/m5.large/standard-ri-1y-no-upfront/hour"],
    ["managed-instances/m5.large", "managed-instances/m5.large/management-hour"],
  ])("for %s begin with %s", (typed, nearest) => {
    expect(nearestKeys(typed)[0]).toBe(nearest);
  });

  it("are none for nonsense, and for text of any length", () => {
    expect(nearestKeys("zzzzzzzz")).toEqual([]);
    expect(nearestKeys("")).toEqual([]);
    expect(nearestKeys("nat.".repeat(10_000))).toEqual([]);
  });

  it("are instance types for a misspelled type", () => {
    expect(nearestTypes("m7g.lrge", ["c5.large", "m7g.large", "m7g.xlarge"])[0]).toBe("m7g.large");
    expect(nearestTypes("m7g.".repeat(100), ["m7g.large"])).toEqual([]);
  });
});
