import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TEST_CREDENTIALS } from "../support/aws-server/session.ts";
import { awsEnvironment, secretsIn, startAccount } from "./aws-account.ts";
import { runCli, temporaryFolder } from "./run-cli.ts";

const REGION = "eu-west-1";
const DISCOVER = ["discover", "--region", REGION];

interface Estimated {
  readonly region: string;
  readonly services: readonly { readonly name: string; readonly cpu: number; readonly lineItems: readonly unknown[] }[];
}

const estimated = async (args: readonly string[], stdin = ""): Promise<Estimated> => {
  const { stdout, stderr, code } = await runCli(["estimate", ...args, "--json"], { stdin });
  expect([code, stderr.includes("Error")]).toEqual([0, false]);
  return JSON.parse(stdout) as Estimated;
};

describe.concurrent("discover", () => {
  it("prints a workload file that estimate reads unchanged, and nothing else on stdout", async () => {
    const { server, run } = await startAccount();
    const { code, stdout, stderr } = await run(...DISCOVER);
    expect([code, secretsIn(stdout + stderr)]).toEqual([0, []]);
    const { region, services } = await estimated(["-"], stdout);
    const [cluster] = server.account.regions[0]?.clusters ?? [];
    const names = [...(cluster?.services ?? []).map(({ name }) => name), "cluster-00-nightly"];
    expect(region).toBe(REGION);
    expect(services.map(({ name }) => name).sort()).toEqual(names.sort());
    expect(services.every(({ lineItems }) => lineItems.length > 0)).toBe(true);
    expect(stderr).toMatch(/Warning: cluster-00\/cluster-00-nightly: 2 run now/);
    expect(stdout).toMatch(/^# - error unknown-demand: cluster-00\/cluster-00-nightly/m);
    expect(stderr).not.toContain("\u001b");
  });

  it("writes a folder of each region, which tells the same as one file, and one denied region costs only itself", async () => {
    const { home, run } = await startAccount({
      regions: [REGION, "us-east-1"],
      faults: { denied: ["*@us-east-1"] },
    });
    const [file, folder] = [join(home, "w.yaml"), join(home, "account")];
    const one = await run(...DISCOVER, "--out", file, "--quiet");
    expect(one).toMatchObject({ code: 0, stdout: "", stderr: "" });
    const { code, stderr } = await run("discover", "--region", `${REGION},us-east-1`, "--out", folder);
    expect(code).toBe(0);
    expect(stderr).toContain(`Wrote ${join(folder, REGION, "workload.yaml")}: 5 services in 1 cluster.`);
    expect(stderr).toMatch(/Warning: us-east-1: AWS denied ecs:ListClusters in us-east-1; nothing of this region/);
    expect(readdirSync(folder)).toEqual([REGION]);
    const [ofFile, ofFolder] = [await estimated([file]), await estimated([join(folder, REGION)])];
    expect(ofFolder.services.map(({ lineItems }) => lineItems)).toEqual(
      ofFile.services.map(({ lineItems }) => lineItems),
    );
  });

  it("ends with 3, a line and a hint where nothing could be read", async () => {
    const { run, server } = await startAccount({ faults: { denied: ["*@eu-west-1"] } });
    const denied = await run(...DISCOVER);
    expect(denied).toMatchObject({ code: 3, stdout: "" });
    expect(denied.stderr).toMatch(/^Error: AWS denied ecs:ListClusters in eu-west-1\nHint: .*docs\/iam\.md.*\n$/);
    server.setFaults({ expiredAfter: 0 });
    const expired = await run(...DISCOVER, "--verbose");
    expect(expired).toMatchObject({ code: 3, stdout: "" });
    expect(expired.stderr).toMatch(/^Error: the credentials have expired .*\nHint: Sign in again.*\n$/);
    const none = await runCli(DISCOVER, { env: awsEnvironment(temporaryFolder()) });
    expect(none).toMatchObject({ code: 3, stdout: "" });
    expect(none.stderr).toMatch(/^Error: there are no AWS credentials .*\nHint: Give --profile.*\n$/);
    expect(secretsIn(denied.stderr + expired.stderr)).toEqual([]);
  });

  it("gives the same bytes under throttling and broken connections", async () => {
    const quiet = await startAccount();
    const noisy = await startAccount({ faults: { throttled: 0.2, cut: 0.05, seed: 2 } });
    const [whole, disturbed] = await Promise.all([quiet.run(...DISCOVER), noisy.run(...DISCOVER)]);
    expect(noisy.server.log.calls.some(({ fault }) => fault !== undefined)).toBe(true);
    expect(disturbed).toEqual(whole);
  });

  it("tells runs of schedules, which cost nothing but are not known until seconds are given", async () => {
    const { run } = await startAccount({ scheduled: true });
    const table = await run(...DISCOVER, "--no-traffic", "--format", "table");
    expect(table.stdout).toMatch(/nightly .* 30\.4 runs /);
    const { regions } = JSON.parse((await run(...DISCOVER, "--no-traffic", "--json")).stdout) as {
      regions: { workload: string; services: { name: string; runsPerMonth: string | null }[] }[];
    };
    const [region] = regions;
    expect(region?.services.find(({ name }) => name === "nightly")?.runsPerMonth).toBe("30.416667");
    const text = region?.workload ?? "";
    const reported = async (workload: string) => {
      const { stdout } = await runCli(["estimate", "-", "--json"], { env: {}, stdin: workload });
      const { services } = JSON.parse(stdout) as { services: { name: string; monthlyCost: string | null }[] };
      return services.find(({ name }) => name === "nightly")?.monthlyCost;
    };
    expect(await reported(text)).toBeNull();
    expect(Number(await reported(text.replaceAll(/(perMonth: .*)/g, "$1\n      seconds: 600")))).toBeGreaterThan(0);
  });

  it("looks only at the clusters and services that are asked for", async () => {
    const { run, server } = await startAccount({ clusters: 2 });
    const { stdout } = await run(
      ...DISCOVER,
      "--cluster",
      "*-01",
      "--filter",
      "name!=svc-0002",
      "--json",
      "--no-traffic",
    );
    const { regions } = JSON.parse(stdout) as { regions: { services: { cluster: string; name: string }[] }[] };
    expect(regions[0]?.services.map(({ cluster, name }) => `${cluster}/${name}`)).toEqual([
      "cluster-01/svc-0000",
      "cluster-01/svc-0001",
      "cluster-01/svc-0003",
    ]);
    expect(server.log.count("cloudwatch:GetMetricData")).toBe(0);
    const inCluster = server.account.regions[0]?.clusters[0]?.services ?? [];
    const team = inCluster[0]?.team ?? "";
    const conditions = ["--cluster", "cluster-00", "--tag", `team=${team}`, "--filter", "name~svc"];
    const tagged = await run(...DISCOVER, ...conditions, "--format", "csv", "--no-traffic");
    const names = tagged.stdout.split("\n").flatMap((line) => line.split(",")[2] ?? []);
    const ofTeam = inCluster.flatMap((service) => (service.team === team ? [service.name] : []));
    expect(names).toEqual(["name", ...ofTeam]);
    expect(ofTeam.length).toBeLessThan(inCluster.length);
  });

  it("takes region, endpoint and credentials from a profile, and drops load balancers of others", async () => {
    const { server, home } = await startAccount();
    const { accessKeyId, secretAccessKey } = TEST_CREDENTIALS;
    const profile = [
      `region = ${REGION}`,
      `endpoint_url = ${server.endpoint}`,
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
    ];
    writeFileSync(join(home, "config"), `[profile finops]\n${profile.join("\n")}\n`);
    const env = { ...awsEnvironment(home), AWS_CONFIG_FILE: join(home, "config") };
    const [all, others] = await Promise.all(
      [[], ["--filter", "name!=svc-0000"]].map((args) =>
        runCli(["discover", "--profile", "finops", "--no-traffic", ...args], { env }),
      ),
    );
    expect([all?.code, others?.code]).toEqual([0, 0]);
    expect(all?.stdout).toMatch(/^ {2}loadBalancers:$/m);
    expect(others?.stdout).not.toContain("loadBalancers:");
    expect(secretsIn(`${all?.stdout}${all?.stderr}`)).toEqual([]);
  });

  it("refuses several regions in one file, and what is no region, before it asks anything", async () => {
    const { run, server, home } = await startAccount();
    for (const args of [
      ["--region", "eu-west-1", "--region", "us-east-1"],
      ["--region", "eu-west-1,us-east-1", "--out", join(home, "one.yaml")],
      ["--region", "Ireland"],
    ]) {
      expect(await run("discover", ...args)).toMatchObject({ code: 2, stdout: "" });
    }
    expect(server.log.calls).toEqual([]);
    expect(existsSync(join(home, "one.yaml"))).toBe(false);
  });
});
