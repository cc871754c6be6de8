import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { BillReading, BillRequest, BillSource } from "../../ports/bill-source.ts";
import { cachedBill, hasCachedBill } from "./cached-bill.ts";

const DAY = 86_400_000;
const REQUEST: BillRequest = { from: "2026-09-01", to: "2026-11-01", tagKeys: ["team"] };

const reading = (asked: number): BillReading => ({
  bill: {
    ...{ format: "cost-explorer", source: "cost-explorer", currency: "USD", from: "2026-09-01", to: "2026-11-01" },
    detail: { granularity: "day", ecsTags: true, splitCostAllocation: false, resources: false, amortised: true },
    charges: [],
    hours: null,
    resources: null,
  },
  issues: [{ code: "bill-estimated", severity: "info", subject: "Cost Explorer", detail: `asked ${asked} times` }],
  readingCost: { usd: "0.05", detail: "5 pages" },
});

const world = (start = Date.UTC(2026, 10, 20)) => {
  const folder = join(mkdtempSync(join(tmpdir(), "ecs-cost-bill-cache-")), "cache");
  const state = { asked: 0, now: start };
  const source: BillSource = {
    read: async () => {
      state.asked += 1;
      return reading(state.asked);
    },
  };
  const cache = (identity = "finops") => ({ folder, source: "cost-explorer", identity, now: () => state.now });
  const onlyFile = (): string => join(folder, readdirSync(folder)[0] ?? "");
  return { folder, state, source, cache, onlyFile };
};

describe("a kept bill", () => {
  it("is the same, and costs nothing", async () => {
    const { state, source, cache } = world();
    expect(hasCachedBill(cache(), REQUEST)).toBe(false);
    const first = await cachedBill(source, cache()).read(REQUEST);
    const second = await cachedBill(source, cache()).read({ ...REQUEST });
    expect(state.asked).toBe(1);
    expect(second).toEqual({ ...first, readingCost: expect.objectContaining({ usd: "0" }) });
    expect(hasCachedBill(cache(), REQUEST)).toBe(true);
  });

  it("of a month that is closed is kept for ever, of any other for a day", async () => {
    const closed = world(Date.UTC(2026, 10, 20));
    await cachedBill(closed.source, closed.cache()).read(REQUEST);
    closed.state.now += 400 * DAY;
    await cachedBill(closed.source, closed.cache()).read(REQUEST);
    expect(closed.state.asked).toBe(1);
    const open = world(Date.UTC(2026, 10, 3));
    await cachedBill(open.source, open.cache()).read(REQUEST);
    open.state.now += DAY - 1;
    await cachedBill(open.source, open.cache()).read(REQUEST);
    expect(open.state.asked).toBe(1);
    open.state.now += 1;
    await cachedBill(open.source, open.cache()).read(REQUEST);
    expect(open.state.asked).toBe(2);
  });

  it("belongs to one identity and one request", async () => {
    const { state, source, cache } = world();
    await cachedBill(source, cache()).read(REQUEST);
    await cachedBill(source, cache("other")).read(REQUEST);
    await cachedBill(source, cache()).read({ ...REQUEST, tagKeys: [] });
    await cachedBill(source, cache()).read({ ...REQUEST, from: "2026-10-01" });
    expect(state.asked).toBe(4);
  });

  it("of nobody in particular is not kept", async () => {
    const { state, source, cache } = world();
    for (const asked of [1, 2]) {
      const { issues } = await cachedBill(source, cache("")).read(REQUEST);
      expect([state.asked, issues.at(-1)?.code]).toEqual([asked, "ignored-input"]);
    }
    expect(hasCachedBill(cache(""), REQUEST)).toBe(false);
  });

  it("that is damaged anywhere is asked for again, with an issue", async () => {
    const { state, source, cache, onlyFile } = world();
    await cachedBill(source, cache()).read(REQUEST);
    const whole = readFileSync(onlyFile(), "utf8");
    for (const damaged of ["", "{", whole.slice(0, -40), whole.replace("asked 1", "asked 9"), "null\nnull\n"]) {
      writeFileSync(onlyFile(), damaged);
      const { issues } = await cachedBill(source, cache()).read(REQUEST);
      expect(issues.at(-1)).toMatchObject({ code: "ignored-input", severity: "info" });
      writeFileSync(onlyFile(), whole);
    }
    expect(state.asked).toBe(6);
  });

  it("is private to the user and names nobody", async () => {
    const { folder, source, cache, onlyFile } = world();
    await cachedBill(source, cache("AKIAECSCOSTTESTKEY01")).read(REQUEST);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
    expect(`${readdirSync(folder)} ${readFileSync(onlyFile(), "utf8")}`).not.toContain("AKIA");
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("cannot be where a file is, which shows before anything is asked", async () => {
    const { folder, state, source, cache } = world();
    writeFileSync(folder, "a file");
    await expect(cachedBill(source, cache()).read(REQUEST)).rejects.toMatchObject({ code: "unusable-cache" });
    expect(state.asked).toBe(0);
  });
});
