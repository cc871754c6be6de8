import { describe, expect, it } from "vitest";
import { LAUNCH_OPTIONS, optionId } from "./option.ts";

describe("option ids", () => {
  it("name every way to run a service once", () => {
    const ids = LAUNCH_OPTIONS.map((option) => optionId(option, "x86_64"));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(2 * (8 + 26 + 2));
  });

  it("are spelled as reports spell them", () => {
    const ids = new Set(LAUNCH_OPTIONS.map((option) => optionId(option, "arm64")));
    for (const id of [
      "fargate",
      "fargate-spot",
      "fargate-compute-sp-1y-no-upfront",
      "fargate-compute-sp-3y-all-upfront-x86_64",
      "ec2-on-demand",
      "ec2-spot-x86_64",
      "ec2-standard-ri-1y-no-upfront",
      "ec2-convertible-ri-3y-partial-upfront",
      "ec2-compute-sp-1y-all-upfront",
      "ec2-instance-sp-3y-no-upfront",
      "managed-instances",
      "managed-instances-spot-x86_64",
    ]) {
      expect(ids).toContain(id);
    }
  });
});
