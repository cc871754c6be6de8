import { describe, expect, it } from "vitest";
import { scanCost, scanDetail } from "./athena-cost.ts";

const MB = 1024 * 1024;
const query = (scannedBytes: number, reused = false) => ({ scannedBytes, reused });

describe("the cost of a scan", () => {
  it("is $5 a TB, rounded up to MB, and 10 MB at least", () => {
    expect(scanCost([query(MB * MB)])).toBe("5");
    expect(scanCost([query(1)])).toBe(scanCost([query(10 * MB)]));
    expect(scanCost([query(20 * MB + 1)])).toBe(scanCost([query(21 * MB)]));
  });

  it("adds up over queries, and is nothing where a result was used again", () => {
    expect(scanCost([query(MB * MB), query(MB * MB)])).toBe("10");
    expect(scanCost([query(0, true)])).toBe("0");
    expect(scanCost([])).toBe("0");
  });

  it("is told with what was scanned", () => {
    expect(scanDetail([query(1536 * MB), query(900 * MB, true)])).toBe(
      "2 queries of Athena, 1 of them answered from an earlier run, 1.5 GB scanned at an assumed $5 a TB and at least 10 MB a query",
    );
  });
});
