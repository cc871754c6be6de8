import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bookOfSnapshot, openCatalogue, openCatalogues, parseHours, parseSetPrices } from "./open-catalogue.ts";

describe("price settings", () => {
  it("read KEY=USD", () => {
    expect(parseSetPrices(["nat.gb=0.05", "fargate/linux/arm64/vcpu-hour=0.03"])).toEqual({
      "nat.gb": "0.05",
      "fargate/linux/arm64/vcpu-hour": "0.03",
    });
  });

  it.each(["nat.gb", "nat.gb=", "=1", "nat.gb=-1", "nat.gb=1e5", "nat.gb=0x1"])("refuse %s", (pair) => {
    expect(() => parseSetPrices([pair])).toThrow("expected KEY=USD");
  });

  it("name the nearest keys to one that does not exist", () => {
    try {
      parseSetPrices(["nat.gbb=1"]);
      expect.unreachable();
    } catch (error) {
      expect((error as Error).message).toBe("--set-price: there is no price key nat.gbb");
      expect((error as { hint: string }).hint).toContain("nat.gb");
    }
  });

  it("take hours above zero as plain decimals", () => {
    expect(parseHours("730")).toBe("730");
    expect(parseHours(" 0.5 ")).toBe("0.5");
    for (const text of ["0", "-1", "1e3", "", "abc", "0.0", "Infinity"])
      expect(() => parseHours(text)).toThrow("--hours");
  });

  it("open the book of a region with the prices that were set", async () => {
    const catalogue = await openCatalogue("eu-west-1", { prices: "snapshot", setPrices: { "nat.gb": "9" } });
    const lookup = catalogue.find("nat.gb");
    expect(lookup.found && lookup.price.tiers[0]?.rate).toBe("9");
    expect(catalogue).toMatchObject({ region: "eu-west-1", source: "snapshot" });
  });

  it("refuse a book that is not in USD, and leave it out where every region is asked for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ecs-cost-books-"));
    try {
      const file = join(folder, "prices.json");
      const [home, abroad] = [bookOfSnapshot("eu-west-1"), bookOfSnapshot("us-east-1")];
      const yuan = { ...abroad, region: "cn-north-1", currency: "CNY" };
      writeFileSync(file, JSON.stringify({ version: 1, regions: [home, yuan] }));
      const settings = { prices: file, setPrices: {} };
      await expect(openCatalogue("cn-north-1", settings)).rejects.toThrow("the prices of cn-north-1 are in CNY");
      const { catalogues, notInUsd } = await openCatalogues(settings);
      expect(catalogues.map(({ region }) => region)).toEqual(["eu-west-1"]);
      expect(notInUsd.map(({ region }) => region)).toEqual(["cn-north-1"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("tell what to use instead of what there is not", async () => {
    const open = (region: string, prices: string) => openCatalogue(region, { prices, setPrices: {} });
    const nowhere = { prices: "live", setPrices: {}, dataDir: "/nowhere" };
    await expect(openCatalogue("eu-west-1", nowhere)).rejects.toThrow("no live prices of eu-west-1 are saved");
    await expect(open("eu-west-9", "snapshot")).rejects.toThrow("has no region eu-west-9");
    await expect(open("eu-west-1", "/nowhere/prices.json")).rejects.toThrow("there is no such file");
  });
});
