import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeOut } from "./write-out.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "ecs-cost-out-"));

function* failing(): Generator<string> {
  yield "x".repeat(100_000);
  throw new TypeError("while rendering");
}

describe("writing to a file", () => {
  it("leaves the old file and nothing else where the text ends in an error", async () => {
    const place = folder();
    const file = join(place, "report.json");
    writeFileSync(file, "old");
    await expect(writeOut(failing(), file)).rejects.toThrow(new TypeError("while rendering"));
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(readdirSync(place)).toEqual(["report.json"]);
  });

  it("tells what is wrong with a place that cannot be written to", async () => {
    await expect(writeOut(["x"], join(folder(), "no", "file"))).rejects.toMatchObject({ source: "user" });
    await expect(writeOut(["x"], folder())).rejects.toThrow("is a folder");
  });

  it("makes no file at all where there was none", async () => {
    const place = folder();
    await expect(writeOut(failing(), join(place, "report.json"))).rejects.toThrow();
    expect(readdirSync(place)).toEqual([]);
  });

  it("writes every part in order, and keeps the permissions of the old file", async () => {
    const file = join(folder(), "report.csv");
    writeFileSync(file, "old", { mode: 0o640 });
    const parts = Array.from({ length: 5000 }, (_, index) => `${index},${"é".repeat(50)}\n`);
    await writeOut(parts, file);
    expect(readFileSync(file, "utf8")).toBe(parts.join(""));
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });
});
