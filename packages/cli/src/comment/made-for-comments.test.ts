import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unfitForComment } from "./made-for-comments.ts";

describe("what may become a comment", () => {
  it.each([
    ["notes.md", "Own words.\n"],
    ["report", "## $72.08 a month for 1 service\n\n| a |\n"],
    ["standard input", "## Cost\n"],
  ])("%s that begins %j", (file, text) => {
    expect(unfitForComment(file, text)).toBeUndefined();
  });

  it.each([
    [".env", "## Database\nPASSWORD=x\n"],
    ["production.env", "PASSWORD=x\n"],
    ["settings", "## Database\nexport PASSWORD=x\n"],
    ["standard input", "# comment\nPASSWORD=x\n"],
    ["log.txt", "Error: no\n"],
    ["id.md", "-----BEGIN OPENSSH PRIVATE KEY-----\n"],
    ["notes.md", "## Cost\nAKIAIOSFODNN7EXAMPLE\n"],
  ])("not %s that begins %j", (file, text) => {
    expect(unfitForComment(file, text)).toBeTypeOf("string");
  });

  it("not a hidden file under another name", () => {
    const folder = mkdtempSync(join(tmpdir(), "ecs-cost comment "));
    writeFileSync(join(folder, ".env"), "## x\n");
    symlinkSync(".env", join(folder, "report.md"));
    expect(unfitForComment(join(folder, "report.md"), "## x\n")).toBe("is a hidden file");
  });
});
