import { Decimal } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, dollars, dollarsOf, percent, quantityOf, sizeOf } from "./figures.ts";

describe("figures", () => {
  it.each([
    ["0", "$0.00"],
    ["0.004", "< $0.01"],
    ["-0.004", "> -$0.01"],
    ["0.005", "< $0.01"],
    ["0.01", "$0.01"],
    ["1.005", "$1.01"],
    ["18.0223", "$18.02"],
    ["999.995", "$1,000.00"],
    ["1234567.891", "$1,234,567.89"],
    ["-1234.5", "-$1,234.50"],
    ["123456789012345678901234.56", "$123,456,789,012,345,678,901,234.56"],
  ])("%s USD is %s", (amount, text) => {
    expect(dollars(new Decimal(amount))).toBe(text);
  });

  it("never tells an unknown amount as zero", () => {
    expect(dollars(null)).toBe("unknown");
    expect(dollarsOf(null, false)).toBe("unknown");
    expect(dollarsOf(new Decimal(5), false)).toBe("≥ $5.00");
    expect(percent(null)).toBe("unknown");
    expect(sizeOf({ cpu: null, memory: 512 })).toBe("unknown");
  });

  it("rounds to the nearest cent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (mills) => {
        const shown = dollars(new Decimal(mills).div(1000).plus("0.01")).replace(/[$,]/g, "");
        expect(Math.abs(Number(shown) - (mills / 1000 + 0.01))).toBeLessThanOrEqual(0.005 + 1e-6);
      }),
    );
  });

  it("tells sizes, quantities and counts as people write them", () => {
    expect(sizeOf({ cpu: 512, memory: 1024 })).toBe("0.5 vCPU 1 GB");
    expect(sizeOf({ cpu: 32_768, memory: 249_856 })).toBe("32 vCPU 244 GB");
    expect(quantityOf(new Decimal("1234.56789"))).toBe("1,234.5679");
    expect(quantityOf(2)).toBe("2");
    expect(counted(1, "service")).toBe("1 service");
    expect(counted(1200, "service")).toBe("1,200 services");
  });
});
