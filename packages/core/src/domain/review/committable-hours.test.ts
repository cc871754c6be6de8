import { describe, expect, it } from "vitest";
import type { Bill, Charge, CommittableHour } from "../bill/charge.ts";
import { openHours } from "./committable-hours.ts";
import { reviewScene } from "./review-scene.ts";
import { reviewWindow } from "./review-window.ts";

const charge = (usageType: string, operation: string): Charge => ({
  day: "2026-10-01",
  kind: "usage",
  commitment: null,
  account: "111122223333",
  region: "us-east-1",
  service: "AmazonEC2",
  usageType,
  operation,
  unit: "Hrs",
  quantity: "24",
  cost: "2.4",
  effectiveCost: "2.4",
  onDemandCost: null,
  cluster: "production",
  ecsService: "",
  tags: {},
  containerInstance: true,
});

const hour = (usageType: string): CommittableHour => ({
  hour: "2026-10-01T05:00:00Z",
  service: "AmazonEC2",
  usageType,
  region: "us-east-1",
  covered: false,
  quantity: "1",
  cost: "0.1",
  effectiveCost: "0.1",
});

const keysOf = (charges: readonly Charge[], hours: Bill["hours"]): readonly string[] => {
  const bill: Bill = {
    format: "cur-2.0",
    source: "bill.csv",
    currency: "USD",
    from: "2026-10-01",
    to: "2026-11-01",
    detail: { granularity: "hour", ecsTags: true, splitCostAllocation: false, resources: true, amortised: true },
    charges,
    hours,
    resources: null,
  };
  const window = reviewWindow(bill, "2026-10");
  const scene = reviewScene(bill, window, { from: bill.from, to: bill.to, days: 31 }, "regions");
  return openHours(scene).flatMap(({ usage }) => usage.map(({ keyUnder }) => keyUnder("compute-sp-1y-no-upfront")));
};

const LINUX = charge("BoxUsage:m7i.large", "RunInstances");
const WINDOWS = charge("BoxUsage:m7i.large", "RunInstances:0002");

describe("openHours", () => {
  it("leaves out instances with a licence, and by the hour all that could be one of them", () => {
    const key = "ec2/m7i.large/compute-sp-1y-no-upfront/hour";
    expect([keysOf([LINUX], null), keysOf([WINDOWS], null), keysOf([LINUX, WINDOWS], null)]).toEqual([
      [key],
      [],
      [key],
    ]);
    const hours = [hour("BoxUsage:m7i.large")];
    expect([keysOf([LINUX], hours), keysOf([WINDOWS], hours), keysOf([LINUX, WINDOWS], hours)]).toEqual([
      [key],
      [],
      [],
    ]);
  });
});
