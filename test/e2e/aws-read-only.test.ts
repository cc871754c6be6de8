import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pinnedRegion } from "../support/prices/pinned.ts";
import { secretsIn, startAccount } from "./aws-account.ts";

const REGION = "eu-west-1";
const READS = /^[a-z0-9-]+:(?:Describe|List|Get)[A-Za-z]+$/;

/** Every file below a folder, by its path. */
const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
    : [];

describe("the commands that talk to AWS", () => {
  it("only read, leave no part of a credential anywhere, and nothing in the cache for others to see", async () => {
    const { run, server, home } = await startAccount({
      scheduled: true,
      managedInstances: true,
      books: [pinnedRegion(REGION)],
    });
    const workload = join(home, "workload.yaml");
    const live = ["--metrics", "cloudwatch", "--lookback", "1", "--json"];
    const outcomes = [
      await run("doctor", "--aws", "--region", REGION, "--verbose"),
      await run("discover", "--region", REGION, "--out", workload, "--verbose"),
      await run("discover", "--region", REGION, "--out", join(home, "account")),
      await run("prices", "refresh", "--source", "api", "--region", REGION, "--no-fargate-spot-feed"),
      await run("rightsize", workload, ...live),
      await run("capacity", workload, ...live),
    ];
    for (const { stderr } of outcomes) expect(stderr).not.toMatch(/^Error/m);
    const actions = server.log.actions();
    expect(new Set(actions.map((action) => action.split(":")[0])).size).toBeGreaterThan(8);
    expect(actions.filter((action) => !READS.test(action))).toEqual([]);
    const told = outcomes.map(({ stdout, stderr }) => stdout + stderr).join("");
    const written = filesBelow(home).map((file) => file + readFileSync(file, "latin1"));
    expect(written.length).toBeGreaterThan(8);
    expect(secretsIn(told + written.join(""))).toEqual([]);
    const cached = filesBelow(join(home, "cache"));
    expect(cached.length).toBeGreaterThan(0);
    expect(cached.filter((file) => (statSync(file).mode & 0o077) !== 0)).toEqual([]);
  });
});
