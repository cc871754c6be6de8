import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Everything that a change has to pass. Every step runs, also after one that fails; the last line counts the tests. */

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const run = async ({ name, command, args }: Step): Promise<boolean> => {
  const start = performance.now();
  const code = await new Promise<number>((done) => {
    const child = spawn(command, args, { stdio: "inherit" });
    child.on("error", (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      done(127);
    });
    child.on("close", (status, signal) => done(status ?? (signal === null ? 1 : 128)));
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${name}: ${code === 0 ? "passed" : `FAILED with ${code}`} (${seconds} s)\n\n`);
  return code === 0;
};

interface TestFile {
  readonly status: string;
  readonly assertionResults: readonly unknown[];
}

/** A file that could not be loaded has no tests and counts as one that failed. */
const countTests = (report: string): string => {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: readonly TestFile[];
  };
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return `${numPassedTests} passed, ${numFailedTests + broken.length} failed`;
};

const folder = mkdtempSync(join(tmpdir(), "ecs-cost-check-"));
const report = join(folder, "tests.json");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];

const passed = [
  await run({ name: "lint", command: "biome", args: ["check", "--error-on-warnings", "."] }),
  await run({ name: "build", command: "tsc", args: ["-b"] }),
  await run({ name: "manifest", command: "node", args: ["packages/cli/scripts/write-manifest.ts"] }),
  await run({ name: "tests", command: "vitest", args: ["run", ...reporters] }),
  await run({ name: "knip", command: "knip", args: [] }),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
try {
  process.stdout.write(`${countTests(report)}\n`);
} catch {
  process.stderr.write("The tests did not get to their end, so that nothing can be counted.\n");
  process.exitCode = 1;
}
rmSync(folder, { recursive: true, force: true });
