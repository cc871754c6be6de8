import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openRateCard, parseCurrency, parseDiscount } from "./rate-card.ts";

const folder = mkdtempSync(join(tmpdir(), "ecs-cost-rate-card-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (text: string): string => {
  const file = join(folder, "card.yaml");
  writeFileSync(file, text);
  return file;
};

describe("--discount", () => {
  it.each([
    ["Fargate=12%", { service: "Fargate", percent: "12" }],
    ["alb.*=2.5 %", { service: "alb.*", percent: "2.5" }],
    ["EDP=7%", { percent: "7" }],
    ["usage=*Out-Bytes*=30%", { usageType: "*Out-Bytes*", percent: "30" }],
    [
      "NAT,region=eu-west-1,region=eu-west-2,from=2026-01-01,until=2026-12-31=20%",
      { service: "NAT", regions: ["eu-west-1", "eu-west-2"], from: "2026-01-01", until: "2026-12-31", percent: "20" },
    ],
  ])("%s", (text, discount) => {
    expect(parseDiscount(text)).toEqual(discount);
  });

  it.each([
    ["Fargate", "expected WHAT=PERCENT%"],
    ["Fargate=101%", "at most 100 %"],
    ["Fargat=12%", "there is no service Fargat"],
    ["NAT,on=2026-01-01=5%", "on is none of service"],
    ["NAT,from=2026-02-30=5%", "2026-02-30 is no day"],
    ["NAT,region==5%", "region= names nothing"],
  ])("refuses %s", (text, message) => {
    expect(() => parseDiscount(text)).toThrow(message);
  });
});

describe("--currency", () => {
  it("takes a code, the units for one USD and the day", () => {
    expect(parseCurrency("EUR=0.92@2026-11-30")).toEqual({ currency: "EUR", perUsd: "0.92", asOf: "2026-11-30" });
  });

  it.each(["EUR", "EUR=0.92", "EUR=0@2026-11-30", "eur=0.9@2026-11-30", "EUR=0.9@2026-11-31"])("refuses %s", (text) => {
    expect(() => parseCurrency(text)).toThrow("expected CODE=UNITS_PER_USD@DAY");
  });
});

describe("--rate-card", () => {
  it("is read from YAML, and discounts of the command line come after its own", async () => {
    const rateCard = fileOf(
      "version: 1\ndiscounts: [{ service: Fargate, percent: 12 }]\nedp: [{ percent: '7' }]\nrates: [{ key: alb.hour, rate: 0.02 }]\ncurrency: { code: EUR, perUsd: 0.92, asOf: 2026-11-30 }",
    );
    expect(await openRateCard({ rateCard, discounts: ["NAT=5%", "EDP=9%"] })).toEqual({
      discounts: [
        { service: "Fargate", percent: "12" },
        { service: "NAT", percent: "5" },
      ],
      edp: [{ percent: "7" }, { percent: "9" }],
      rates: [{ key: "alb.hour", rate: "0.02" }],
      currency: { currency: "EUR", perUsd: "0.92", asOf: "2026-11-30" },
    });
    expect(await openRateCard({ discounts: [] })).toBeUndefined();
  });

  it.each([
    ["version: 1\ndiscounts: [{ service: Fargat, percent: 12 }]", "is no service; known: Fargate"],
    ["version: 1\ndiscounts: [{ percent: 12 }]", "needs a service or a usageType"],
    ["version: 1\nedp: [{ percent: 101 }]", "must be a percentage from 0 to 100"],
    ["version: 1\nrates: [{ key: alb.hor, rate: 1 }]", 'did you mean "alb.hour"?'],
    ["version: 2", "must be 1"],
    ["version: 1\ndiscount: []", 'unknown key "discount"'],
  ])("refuses %j with the place", async (text, message) => {
    const file = fileOf(text);
    await expect(openRateCard({ rateCard: file, discounts: [] })).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ detail: expect.stringContaining(message) })]),
    });
  });
});
