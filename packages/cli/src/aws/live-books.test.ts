import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Issue } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { liveBooks, liveNotes, savedRegions, saveNotes } from "./live-books.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "ecs-cost-live-"));
const NOTE: Issue = { code: "not-read", severity: "warning", subject: "eu-west-1", detail: "Spot prices stay" };

describe("notes beside a saved book", () => {
  it("are given as they were kept, and are gone where there are none any more", async () => {
    const path = folder();
    expect(liveNotes(path, "eu-west-1")).toEqual([]);
    await saveNotes(path, "eu-west-1", [NOTE]);
    expect(liveNotes(path, "eu-west-1")).toEqual([NOTE]);
    expect(liveNotes(path, "us-east-1")).toEqual([]);
    await saveNotes(path, "eu-west-1", []);
    expect(readdirSync(path)).toEqual([]);
  });

  it.each(["", "{", "null", "{}", '{"issues":3}'])("that are damaged (%j) are a warning, never nothing", (text) => {
    const path = folder();
    writeFileSync(join(path, "eu-west-1.notes.json"), text);
    expect(liveNotes(path, "eu-west-1")).toEqual([
      expect.objectContaining({
        code: "not-read",
        severity: "warning",
        detail: expect.stringContaining("cannot be read"),
      }),
    ]);
  });
});

describe("saved books", () => {
  it("are those of regions, not what stands beside them", () => {
    const path = folder();
    for (const name of ["us-east-1.json", "us-east-1.previous.json", "us-east-1.notes.json", "eu-west-1.json"]) {
      writeFileSync(join(path, name), "{}");
    }
    expect(savedRegions(path)).toEqual(["eu-west-1", "us-east-1"]);
    expect(savedRegions(join(path, "nowhere"))).toEqual([]);
  });

  it("that are missing are an error that says which refresh to run", async () => {
    await expect(liveBooks(folder(), "eu-west-1")).rejects.toThrow("no live prices of eu-west-1 are saved");
    await expect(liveBooks(folder())).rejects.toThrow("no live prices are saved");
  });
});
