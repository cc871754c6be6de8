import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { detectBill } from "./saved-bill.ts";

const folder = mkdtempSync(join(tmpdir(), "ecs-cost-saved-"));

const write = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
  return file;
};

const ANSWER = JSON.stringify({ GroupDefinitions: [], ResultsByTime: [] });
const REPORT = "identity/LineItemId,lineItem/UsageType\n";

const answer = write("answer.txt", ANSWER);
const packed = write("packed.json.gz", gzipSync(`${ANSWER}${" ".repeat(1_000_000)}`));
const report = write("report.json", REPORT);
const reports = write("reports/part-1.csv.gz", gzipSync(REPORT));
const parquet = write("part.parquet", Buffer.from([0x50, 0x41, 0x52, 0x31, 0, 1, 2]));
const damaged = write("damaged.gz", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7]));

describe("what saved files hold", () => {
  it("is found by content, whatever their names", () => {
    expect(detectBill([answer, packed])).toBe("cost-explorer-json");
    for (const file of [report, reports, parquet, damaged]) expect(detectBill([file])).toBe("bill-files");
  });

  it("is found in folders, other files left aside", () => {
    write("answers/one.json", ANSWER);
    write("answers/notes.json", "{}");
    expect(detectBill([join(folder, "answers")])).toBe("cost-explorer-json");
    expect(detectBill([join(folder, "reports")])).toBe("bill-files");
  });

  it("must be one or the other", () => {
    expect(() => detectBill([answer, reports])).toThrow(
      expect.objectContaining({ code: "mixed-bill", source: "user" }),
    );
    expect(() => detectBill([join(folder, "nowhere")])).toThrow(expect.objectContaining({ code: "unreadable-file" }));
  });
});
