import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bookFiles, readFacts } from "../scripts/book-files.ts";
import { listRegions, loadInstanceTypes, loadManifest, loadRegion } from "../src/index.ts";

const DATA = join(import.meta.dirname, "..", "data");
const files = [loadManifest().instanceTypes, ...listRegions()];

const FACTS = join(import.meta.dirname, "..", "facts");

describe("the files of the price book", () => {
  it("are exactly what the facts give: run `pnpm build-prices` after a change", () => {
    const made = bookFiles(readFacts(FACTS));
    expect([...made.keys()].sort()).toEqual(readdirSync(DATA).sort());
    const stale = [...made].filter(([file, text]) => readFileSync(join(DATA, file), "utf8") !== text);
    expect(stale.map(([file]) => file)).toEqual([]);
  }, 60_000);

  it("rest on facts of less than 4 MB", () => {
    const sizes = readdirSync(FACTS).map((file) => statSync(join(FACTS, file)).size);
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(4_000_000);
  });

  it("have the checksums and sizes of the manifest", () => {
    for (const { file, sha256, bytes } of files) {
      const content = readFileSync(join(DATA, file));
      expect([file, createHash("sha256").update(content).digest("hex")]).toEqual([file, sha256]);
      expect(content.byteLength).toBe(bytes);
    }
  });

  it("are all in the manifest", () => {
    const known = [...files.map(({ file }) => file), "manifest.json"].sort();
    expect(readdirSync(DATA).sort()).toEqual(known);
  });

  it("take less than 8 MB together and less than 300 kB each", () => {
    const sizes = readdirSync(DATA).map((file) => statSync(join(DATA, file)).size);
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(8_000_000);
    expect(Math.max(...sizes)).toBeLessThan(300_000);
  });
});

describe("the loaders", () => {
  it("load all 36 regions, each once", () => {
    expect(listRegions()).toHaveLength(36);
    for (const { region, name, counts } of listRegions()) {
      const loaded = loadRegion(region);
      if (!loaded.found) throw new Error(`${region} is missing`);
      expect(loaded.book).toMatchObject({ region, name });
      expect(Object.keys(loaded.book.prices)).toHaveLength(counts.prices);
      expect(Object.keys(loaded.book.ec2.onDemand)).toHaveLength(counts.onDemand);
      expect(loadRegion(region)).toEqual({ found: true, book: loaded.book });
    }
  });

  it.each(["eu-west-9", "", "../manifest", "constructor"])("answer %j with the regions that are known", (region) => {
    const loaded = loadRegion(region);
    expect(loaded.found).toBe(false);
    if (!loaded.found) expect(loaded.known).toContain("eu-west-1");
  });

  it("list regions and instance types in order", () => {
    const regions = listRegions().map(({ region }) => region);
    const types = loadInstanceTypes().map(({ name }) => name);
    expect(regions).toEqual([...regions].sort());
    expect(types).toEqual([...types].sort());
    expect(types).toHaveLength(loadManifest().instanceTypes.count);
  });
});
