import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TEST_CREDENTIALS } from "../support/aws-server/session.ts";
import { awsEnvironment, type LiveAccount, secretsIn, startAccount } from "./aws-account.ts";
import { runCli, temporaryFolder } from "./run-cli.ts";

const REGION = "eu-west-1";
const NOWHERE = "http://127.0.0.1:9";

const credentials = [
  `aws_access_key_id = ${TEST_CREDENTIALS.accessKeyId}`,
  `aws_secret_access_key = ${TEST_CREDENTIALS.secretAccessKey}`,
];

/** A configuration file of these sections, and an environment that names nothing else. */
const configured = (sections: Readonly<Record<string, readonly string[]>>) => {
  const home = temporaryFolder();
  const text = Object.entries(sections).map(([name, lines]) => `[${name}]\n${lines.join("\n")}\n`);
  writeFileSync(join(home, "config"), text.join("\n"));
  return { home, env: { ...awsEnvironment(home), AWS_CONFIG_FILE: join(home, "config") } };
};

/** The services of AWS that a server was asked for. */
const servicesOf = ({ server }: LiveAccount): readonly string[] =>
  [...new Set(server.log.actions().map((action) => action.split(":")[0] ?? ""))].sort();

const DISCOVER = ["discover", "--no-traffic", "--json", "--quiet"];

const foundIn = (stdout: string): unknown =>
  (JSON.parse(stdout) as { regions: { region: string; services: unknown[] }[] }).regions.map(({ region, services }) => [
    region,
    services.length,
  ]);

describe.concurrent("--profile", () => {
  it("counts as AWS_PROFILE does: region, credentials, endpoint, and endpoints of single services", async () => {
    const [all, ecs] = await Promise.all([startAccount(), startAccount()]);
    const { env } = configured({
      "profile finops": [
        `region = ${REGION}`,
        `endpoint_url = ${all.server.endpoint}`,
        "services = local",
        ...credentials,
      ],
      "services local": ["ecs =", `  endpoint_url = ${ecs.server.endpoint}`],
      "profile other": ["region = us-east-1", `endpoint_url = ${NOWHERE}`],
    });
    const byFlag = await runCli([...DISCOVER, "--profile", "finops"], { env: { ...env, AWS_PROFILE: "other" } });
    const byVariable = await runCli(DISCOVER, { env: { ...env, AWS_PROFILE: "finops" } });
    expect(byFlag).toMatchObject({ code: 0, stderr: "" });
    expect(byVariable.stdout).toBe(byFlag.stdout);
    expect(foundIn(byFlag.stdout)).toEqual([[REGION, 5]]);
    expect(servicesOf(ecs)).toEqual(["ecs"]);
    expect(servicesOf(all)).not.toContain("ecs");
    expect(servicesOf(all)).toContain("application-autoscaling");
    expect(secretsIn(byFlag.stdout)).toEqual([]);
  });

  it("stands below AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_ECS, as everywhere in AWS", async () => {
    const [all, ecs] = await Promise.all([startAccount(), startAccount()]);
    const { env } = configured({
      "profile finops": [`region = ${REGION}`, `endpoint_url = ${NOWHERE}`, ...credentials],
    });
    const variables = { AWS_ENDPOINT_URL: all.server.endpoint, AWS_ENDPOINT_URL_ECS: ecs.server.endpoint };
    const { code, stdout } = await runCli([...DISCOVER, "--profile", "finops"], { env: { ...env, ...variables } });
    expect(code).toBe(0);
    expect(foundIn(stdout)).toEqual([[REGION, 5]]);
    expect(servicesOf(ecs)).toEqual(["ecs"]);
    expect(servicesOf(all)).not.toContain("ecs");
  });

  it("is told by doctor with its endpoint, and keeps points apart from those of AWS itself", async () => {
    const account = await startAccount();
    const { home, env } = configured({
      "profile finops": [`region = ${REGION}`, `endpoint_url = ${account.server.endpoint}`, ...credentials],
    });
    const doctor = await runCli(["doctor", "--aws", "--profile", "finops", "--json"], { env });
    expect(JSON.parse(doctor.stdout)).toMatchObject({ aws: { region: REGION, endpoint: account.server.endpoint } });
    const workload = join(home, "workload.yaml");
    await runCli(["discover", "--no-traffic", "--profile", "finops", "--out", workload], { env });
    const scan = ["rightsize", workload, "--metrics", "cloudwatch", "--lookback", "1", "--profile", "finops", "--json"];
    expect(await runCli(scan, { env })).toMatchObject({ code: 0 });
    const [folder] = readdirSync(join(home, "cache/ecs-cost/points"));
    expect(folder).toMatch(/^\d{12}-[0-9a-f]{8}$/);
  });

  it("that is not there fails with a line and a hint", async () => {
    const { env } = configured({ "profile finops": [`region = ${REGION}`, ...credentials] });
    const { code, stdout, stderr } = await runCli([...DISCOVER, "--region", REGION, "--profile", "nobody"], { env });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^Error: there are no AWS credentials .+\nHint: Give --profile .+\n$/);
  });
});
