import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "./unified-diff.ts";

const line = fc.constantFrom("a", "b", " ", "\t{", '"cpu": 1', "-", "+", "@@", "");
const texts = fc
  .tuple(fc.array(fc.tuple(line, line, fc.boolean()), { minLength: 1, maxLength: 30 }), fc.boolean())
  .map(([lines, endsInBreak]): readonly [string, string] => {
    const end = endsInBreak ? "\n" : "x";
    const text = (side: 0 | 1) => lines.map((each) => (each[2] ? each[side] : each[0])).join("\n") + end;
    return [text(0), text(1)];
  });

/** Applies hunks by their line numbers, checking every line that they name. */
const applied = (before: string, patch: string): string => {
  const lines = before.split("\n");
  const result: string[] = [];
  let at = 0;
  for (const hunk of patch.split(/^(?=@@ )/m).slice(1)) {
    const [head = "", ...body] = hunk.replace(/\n$/, "").split("\n");
    const start = Number(/^@@ -(\d+)/.exec(head)?.[1]) - 1;
    while (at < start) result.push(lines[at++] ?? "");
    for (const each of body) {
      if (each.startsWith("\\")) continue;
      if (!each.startsWith("+")) expect(lines[at++]).toBe(each.slice(1));
      if (!each.startsWith("-")) result.push(each.slice(1));
    }
  }
  return [...result, ...lines.slice(at)].join("\n");
};

describe("a unified diff", () => {
  it("turns the one text into the other", () => {
    fc.assert(
      fc.property(texts, ([before, after]) => {
        const patch = unifiedDiff("a.json", before, after);
        expect(patch === "").toBe(before === after);
        expect(applied(before, patch)).toBe(after);
      }),
    );
  });

  it.each([
    ["in the middle", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n"],
    ["at both ends", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "x\n2\n3\n4\n5\n6\n7\n8\n9\ny\n"],
    ["without a line break at the end", "1\n2", "1\n3"],
  ])("is taken by git: %s", (_, before, after) => {
    const folder = mkdtempSync(join(tmpdir(), "ecs-cost-diff-"));
    writeFileSync(join(folder, "a b.json"), before);
    const git = spawnSync("git", ["apply", "-"], {
      ...{ cwd: folder, encoding: "utf8", input: unifiedDiff("a b.json", before, after) },
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
    expect([git.status, git.stderr]).toEqual([0, ""]);
    expect(readFileSync(join(folder, "a b.json"), "utf8")).toBe(after);
  });
});
