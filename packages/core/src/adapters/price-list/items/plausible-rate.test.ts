import { describe, expect, it } from "vitest";
import type { RegionBook } from "../../../domain/pricing/book.ts";
import { refuseImplausible } from "../refresh/refuse-implausible.ts";
import { onDemandDoubt, shareDoubt } from "./plausible-rate.ts";

const BOOK: RegionBook = {
  ...{ region: "eu-west-1", name: "EU (Ireland)", usageTypePrefix: "EU", partition: "aws" },
  origins: [{ asOf: "2026-11-01", source: "test" }],
  prices: {},
  ec2: { onDemand: { "m7g.large": ["0.09", 0] }, spot: {}, commitments: {} },
  managedInstancesFees: [],
};

const spot = (rate: string, zones: readonly string[]) => ({
  found: [
    { kind: "spot", instanceType: "m7g.large", rate, zones, origin: { asOf: "2026-11-20", source: "test" } } as const,
  ],
  refused: [],
  absent: [],
});

describe("a rate of an instance", () => {
  it.each([
    ["0.00001", 2],
    ["0", 2],
    ["90", 2],
  ])("of %s an hour is not believed on demand", (rate, vcpus) => {
    expect(onDemandDoubt(BOOK, "m7g.large", rate, vcpus)).toContain("implausible");
    expect(onDemandDoubt(BOOK, "m9g.large", rate === "90" ? "900" : rate, vcpus)).toContain("implausible");
  });

  it("that AWS could have changed or a new type has is believed", () => {
    expect(onDemandDoubt(BOOK, "m7g.large", "0.045", 2)).toBeUndefined();
    expect(onDemandDoubt(BOOK, "t4g.nano", "0.0042", 2)).toBeUndefined();
    expect(onDemandDoubt(BOOK, "p6e-gb200.36xlarge", "761.9", 144)).toBeUndefined();
  });

  it("as Spot is believed at 90 % off, and not at 0.00001, also in one zone of several", () => {
    expect(shareDoubt("spot", "0.009", "0.09")).toBeUndefined();
    const refused = (rate: string, zones: readonly string[]) => refuseImplausible(BOOK, spot(rate, zones)).refused;
    expect(refused("0.03", ["0.03", "0.03"])).toEqual([]);
    const doubt = [
      { key: "ec2/m7g.large/spot/hour", detail: expect.stringContaining("0.00001 an hour is implausible") },
    ];
    expect(refused("0.00001", ["0.00001"])).toEqual(doubt);
    expect(refused("0.015005", ["0.00001", "0.03"])).toEqual(doubt);
  });
});
