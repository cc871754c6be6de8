import { BorderError } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";

const ESCAPE = "\u001b[31m";

describe("what a failure tells", () => {
  it("tells a defect in one line, and its trace only when it is asked for", () => {
    const defect = new TypeError(`x is not a function${ESCAPE}`);
    const short = failureOf(defect, ["estimate"]);
    expect(short.exitCode).toBe(1);
    expect(short.lines).toHaveLength(1);
    expect(short.lines[0]).toContain("--verbose");
    expect(short.lines.join()).not.toContain(" at ");
    const long = failureOf(defect, ["estimate", "--verbose"]);
    expect(long.lines.length).toBeGreaterThan(2);
    expect(long.lines.join("")).not.toContain("\u001b");
  });

  it.each([
    ["user", 2],
    ["aws", 3],
    ["internal", 1],
  ] as const)("gives a border failure of %s the exit code %d", (source, exitCode) => {
    expect(failureOf(new BorderError("denied", { code: "x", source }), []).exitCode).toBe(exitCode);
  });

  it("tells the place, every problem and the hint, without control characters", () => {
    const { lines } = failureOf(
      new BorderError("this is not a workload file", {
        code: "x",
        source: "user",
        where: { file: `w${ESCAPE}.yaml`, line: 3 },
        problems: [{ where: { file: "w.yaml", line: 3, key: "services[0].nmae" }, detail: "unknown key" }],
        hint: "Did you mean name?",
      }),
      [],
    );
    expect(lines).toEqual([
      "Error: w.yaml:3: this is not a workload file",
      "  w.yaml:3: services[0].nmae: unknown key",
      "Hint: Did you mean name?",
    ]);
  });

  it("tells at most twenty problems and how many there are more", () => {
    const problems = Array.from({ length: 30 }, (_, line) => ({ where: { file: "f", line }, detail: "wrong" }));
    const { lines } = failureOf(new BorderError("bad", { code: "x", source: "user", problems }), []);
    expect(lines.at(-1)).toBe("  and 10 more");
  });

  it("tells a usage error of the parser in one line and a hint", () => {
    const error = Object.assign(new Error("Nonexistent flag: --jsn\nSee more help with --help"), {
      oclif: { exit: 2 },
      flags: ["--jsn"],
    });
    const { lines, exitCode } = failureOf(error, ["estimate", "--jsn"]);
    expect(exitCode).toBe(2);
    expect(lines[0]).toBe("Error: Nonexistent flag: --jsn");
    expect(lines[1]).toContain("See --help.");
  });

  it("copes with anything that can be thrown", () => {
    for (const thrown of ["text", undefined, null, 5, { a: 1 }]) expect(failureOf(thrown, []).exitCode).toBe(1);
  });
});
