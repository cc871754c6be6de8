import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NODE, ROOT, RUN, runCli, runProgram, temporaryFolder } from "./run-cli.ts";

const WORKLOAD = "examples/web-service.yaml";

/** Half of a file, then nothing for a while, then the rest: longer than the program takes to start. */
const slowly = (file: string, command: string) =>
  runProgram("bash", [
    "-c",
    'set -o pipefail; { sleep 0.7; head -c 700 "$1"; sleep 0.7; tail -c +701 "$1"; } | "$2" "$3" $4',
    ...["bash", file, NODE, RUN, command],
  ]);

describe("standard input that comes slowly", () => {
  it("is read to its end as an input", async () => {
    const outcome = await slowly(WORKLOAD, "estimate -");
    expect(outcome).toEqual(await runCli(["estimate", WORKLOAD]));
    expect(outcome.code).toBe(0);
  });

  it("is read to its end as a side of a difference", async () => {
    const outcome = await slowly(WORKLOAD, `diff ${WORKLOAD} -`);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout).toMatch(/^No change in monthly cost\n/);
  });

  it("is read to its end as both sides of a Terraform plan", async () => {
    const plan = join(ROOT, "test/contracts/inputs/fixtures/terraform/ecs-module.json");
    const outcome = await slowly(plan, "diff -");
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toBe((await runCli(["diff", plan])).stdout);
  });

  it("is read to its end as a report for a comment", async () => {
    const { stdout } = await runCli(["diff", WORKLOAD, WORKLOAD, "--json"]);
    const report = join(temporaryFolder(), "diff.json");
    writeFileSync(report, stdout);
    const outcome = await slowly(report, "comment github - --dry-run");
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain("## ECS cost: No change in monthly cost\n");
  });
});
