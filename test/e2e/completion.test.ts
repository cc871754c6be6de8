import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli, runProgram, temporaryFolder } from "./run-cli.ts";

const script = join(temporaryFolder(), "completion.bash");

beforeAll(async () => {
  writeFileSync(script, (await runCli(["completion", "bash"])).stdout);
});

/** What bash would offer after these words, the last of which is being typed. */
const offered = async (...words: string[]): Promise<string[]> => {
  const program = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ecs_cost; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await runProgram("bash", ["-uc", program, script, "ecs-cost", ...words]);
  expect(stderr).toBe("");
  return stdout.trim().split("\n").sort();
};

describe("completion", () => {
  it.each([
    [["est"], ["estimate"]],
    [
      ["prices", ""],
      ["doctor", "list", "refresh", "show"],
    ],
    [["capacity", "sp"], ["split"]],
    [
      ["comment", ""],
      ["github", "gitlab"],
    ],
    [["comment", "github", "--behavior", "h"], ["hide-and-new"]],
    [
      ["completion", ""],
      ["bash", "fish", "zsh"],
    ],
    [["estimate", "--fo"], ["--format"]],
    [
      ["estimate", "--format", ""],
      ["compact", "csv", "html", "json", "junit", "markdown", "sarif", "table"],
    ],
    [["estimate", "--format", "=", "m"], ["markdown"]],
    [["sizes", "--os", "w"], ["windows"]],
    [["estimate", "workload.yaml", "--gro"], ["--group-by"]],
    [["estimate", "--out", ""], [""]],
  ])("after %j bash offers %j", async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it("offers every command", async () => {
    expect(await offered("")).toEqual(
      expect.arrayContaining(["capacity", "comment", "compare", "estimate", "prices", "sizes"]),
    );
  });

  it.each(["zsh", "fish"])("names every command and flag value for %s", async (shell) => {
    const { code, stdout } = await runCli(["completion", shell]);
    expect(code).toBe(0);
    for (const word of ["estimate", "compare", "capacity", "split", "prices", "format", "markdown"]) {
      expect(stdout).toContain(word);
    }
    const quotes = stdout.replaceAll("\\'", "").match(/'/g) ?? [];
    expect(quotes.length % 2).toBe(0);
  });
});
