import { describe, expect, it } from "vitest";
import { volumeUsage } from "./volume-usage.ts";

const linesOf = (volume: Parameters<typeof volumeUsage>[0], count = 2) =>
  Object.fromEntries(volumeUsage(volume, count, "v").map(({ key, quantity }) => [key, quantity.toNumber()]));

describe("a month of volumes", () => {
  it("is their size, and what gp3 has above its baseline", () => {
    expect(linesOf({ type: "gp3", gib: 50, iops: 4000, throughputMiBps: 200 })).toEqual({
      "ebs.gp3_gb_month": 100,
      "ebs.gp3_iops_month": 2000,
      "ebs.gp3_mbps_month": 150,
    });
    expect(linesOf({ type: "gp3", gib: 50, iops: 3000 })).toMatchObject({
      "ebs.gp3_iops_month": 0,
      "ebs.gp3_mbps_month": 0,
    });
  });

  it("is all IOPS of volumes that are bought by them, and only size of others", () => {
    expect(linesOf({ type: "io2", gib: 10, iops: 500 })).toEqual({
      "ebs.io2_gb_month": 20,
      "ebs.io2_iops_month": 1000,
    });
    expect(linesOf({ type: "st1", gib: 500 })).toEqual({ "ebs.st1_gb_month": 1000 });
  });
});
