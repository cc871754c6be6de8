import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));
const programs = readdirSync(EXAMPLES).filter((name) => name.endsWith(".ts"));

it.each(programs)("the example %s runs and prints a line for each strategy", (program) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${EXAMPLES}/${program}`], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.trim().split("\n")).toContain("twice-the-median: resize 1024 CPU units, 3072 MiB");
});
