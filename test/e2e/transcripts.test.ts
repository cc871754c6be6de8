import { spawnSync } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = ["README.md", ...globSync(["docs/**/*.md", "examples/**/*.md"], { cwd: ROOT }).sort()];
const BLOCK = /```console\n(?<body>[\s\S]*?)```/g;

interface Step {
  readonly command: string;
  readonly shown: string;
}

/** Commands of a block, `$ ./ecs-cost ...`, each with the output that the document shows for it. */
const stepsOf = (body: string): Step[] =>
  body
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [command = "", ...shown] = text.split("\n");
      return { command, shown: shown.join("\n").trimEnd() };
    });

const run = (command: string): string => {
  const result = spawnSync("bash", ["-c", command], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "100", LC_ALL: "C.UTF-8" },
  });
  const told = result.stderr.replace(/^ecs-cost: (?:building|setting up once).*\n/gm, "");
  return `${result.stdout}${told}`.trimEnd();
};

/** A line of three dots stands for any lines. */
const matches = (output: string, shown: string): boolean => {
  const parts = shown.split(/^\.\.\.$/m).map((part) => part.replace(/^\n|\n$/g, ""));
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = output.indexOf(part, at);
    if (found === -1 || (index === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return shown.endsWith("...") || at === output.length;
};

describe.each(FILES)("the transcripts of %s", (file) => {
  const text = readFileSync(`${ROOT}${file}`, "utf8");
  const steps = [...text.matchAll(BLOCK)].flatMap((match) => stepsOf(match.groups?.["body"] ?? ""));
  const ours = steps.filter(({ command }) => command.includes("./ecs-cost"));

  it.each(ours)("$command", ({ command, shown }) => {
    const output = run(command);
    if (process.env["UPDATE_GOLDEN"] === "1" && !matches(output, shown)) {
      const before = readFileSync(`${ROOT}${file}`, "utf8");
      const after = shown === "" ? `$ ${command}\n${output}\n` : `$ ${command}\n${output}`;
      writeFileSync(`${ROOT}${file}`, before.split(`$ ${command}\n${shown}`).join(after));
      return;
    }
    expect(matches(output, shown) ? shown : output).toBe(shown);
  });

  it("run nothing but the command of this project", () => {
    expect(steps.filter(({ command }) => !command.includes("./ecs-cost"))).toEqual([]);
  });
});
