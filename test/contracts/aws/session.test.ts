import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  configuredRegion,
  describeSession,
  discover,
  lookbackWindow,
  openAws,
  openPointCache,
  probeAccess,
  scanMetrics,
} from "@ecs-cost/core/aws";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws, TEST_CREDENTIALS, testTiming } from "../../support/aws-server/session.ts";

const REGION = "eu-west-1";
const open: AwsServer[] = [];

const start = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  const server = await startAwsServer({ clusters: 1, services: 3, ...options });
  open.push(server);
  return server;
};

const temporary = (): string => mkdtempSync(join(tmpdir(), "ecs-cost-session-"));

beforeEach(() => {
  const empty = join(temporary(), "none");
  vi.stubEnv("AWS_CONFIG_FILE", empty);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", empty);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const stubEnvironment = (endpoint: string): void => {
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", TEST_CREDENTIALS.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", TEST_CREDENTIALS.secretAccessKey);
};

const stubProfile = (endpoint: string): void => {
  const folder = temporary();
  const { accessKeyId, secretAccessKey } = TEST_CREDENTIALS;
  writeFileSync(join(folder, "config"), `[profile finops]\nregion = ${REGION}\nendpoint_url = ${endpoint}\n`);
  writeFileSync(
    join(folder, "credentials"),
    `[finops]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
};

describe("the session", () => {
  it("takes credentials and endpoint from the environment", async () => {
    const server = await start();
    stubEnvironment(server.endpoint);
    const { regions } = await discover(openAws({ timing: testTiming(0) }), { regions: [REGION] });
    expect(regions[0]?.inventory.services.length).toBeGreaterThan(0);
    vi.stubEnv("AWS_REGION", "us-west-2");
    expect(await configuredRegion()).toBe("us-west-2");
  });

  it("takes credentials and region from a profile that is named", async () => {
    const { endpoint } = await start();
    stubProfile("http://127.0.0.1:9");
    const { regions } = await discover(openAws({ profile: "finops", endpoint, timing: testTiming(0) }), {
      regions: [REGION],
    });
    expect(regions[0]?.inventory.services.length).toBeGreaterThan(0);
    expect(await configuredRegion({ profile: "finops" })).toBe(REGION);
  });

  it("takes the endpoint as well from the profile of the environment", async () => {
    const { endpoint } = await start();
    stubProfile(endpoint);
    vi.stubEnv("AWS_PROFILE", "finops");
    const aws = openAws({ timing: testTiming(0) });
    expect((await describeSession(aws, REGION)).credentials).toEqual({ found: true });
    const { regions } = await discover(aws, { regions: [REGION] });
    expect(regions[0]?.inventory.services.length).toBeGreaterThan(0);
  });

  it("says that there are no credentials, and where to get them", async () => {
    const server = await start();
    const aws = openAws({ endpoint: server.endpoint });
    await expect(discover(aws, { regions: [REGION] })).rejects.toMatchObject({
      code: "no-credentials",
      source: "aws",
      hint: expect.stringContaining("--profile"),
    });
    expect(await describeSession(aws, REGION)).toMatchObject({
      endpoint: server.endpoint,
      credentials: { found: false, code: "no-credentials" },
    });
  });

  it("is described without a part of its credentials", async () => {
    const session = await describeSession(openTestAws(await start()), REGION);
    expect(session).toMatchObject({ region: REGION, credentials: { found: true } });
    for (const secret of Object.values(TEST_CREDENTIALS)) expect(JSON.stringify(session)).not.toContain(secret);
  });

  it("says that nothing answers at the endpoint", async () => {
    const server = await start();
    const { endpoint, account } = server;
    await server.close();
    await expect(discover(openTestAws({ endpoint, account }), { regions: [REGION] })).rejects.toMatchObject({
      code: "not-reached",
      hint: expect.stringContaining("AWS_ENDPOINT_URL"),
    });
  });

  it("tells which actions are allowed", async () => {
    const server = await start({ faults: { denied: [`logs:DescribeLogGroups@${REGION}`] } });
    const probes = await probeAccess(openTestAws(server), REGION);
    expect(probes.filter(({ allowed }) => !allowed)).toEqual([
      expect.objectContaining({ action: "logs:DescribeLogGroups", code: "access-denied" }),
    ]);
    expect(probes.length).toBeGreaterThan(6);
  });
});

describe("a process", { timeout: 30_000 }, () => {
  const scanChild = (...args: readonly string[]) =>
    fork(fileURLToPath(new URL("../../support/aws-server/scan-child.ts", import.meta.url)), [...args], {
      execArgv: ["--conditions=@ecs-cost/source", "--no-warnings"],
      stdio: "ignore",
    });

  const ended = (process: ReturnType<typeof scanChild>): Promise<number | null> =>
    new Promise((resolve) => process.once("exit", resolve));

  const bytesOf = (path: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(path)
        .sort()
        .map((name) => [name, readFileSync(join(path, name)).toString("base64")]),
    );

  it("that is killed in the middle of a scan and started again ends with the same bytes, and loses nothing", async () => {
    const options = { clusters: 1, services: 8, pagePoints: 300 };
    const account = JSON.stringify({ clusters: 1, services: 8 });
    const [killed, whole] = [join(temporary(), "points"), join(temporary(), "points")];
    const quiet = await start(options);
    expect(await ended(scanChild(quiet.endpoint, whole, account))).toBe(0);
    const server = await start(options);
    const victim = scanChild(server.endpoint, killed, account);
    while (server.log.calls.length < 6) await new Promise((resolve) => setTimeout(resolve, 2));
    victim.kill("SIGKILL");
    await ended(victim);
    const calls = server.log.calls.length;
    expect(await ended(scanChild(server.endpoint, killed, account))).toBe(0);
    expect(bytesOf(killed)).toEqual(bytesOf(whole));
    const points = (log: AwsServer["log"]) => log.calls.reduce((sum, { points: each }) => sum + each, 0);
    expect(calls).toBeGreaterThanOrEqual(6);
    expect(points(server.log) - points(quiet.log)).toBeLessThanOrEqual(300);
  });

  it("that opens AWS loads no client of the SDK before it is used, and then that one alone", () => {
    const script = `
      import { registerHooks } from "node:module";
      const loaded = new Set();
      registerHooks({ load: (url, context, next) => {
        const name = /client-[a-z0-9-]+/.exec(url.includes("@aws-sdk") ? url.split("@aws-sdk").at(-1) : "")?.[0];
        if (name !== undefined) loaded.add(name);
        return next(url, context);
      } });
      const { openAws } = await import("@ecs-cost/core/aws");
      await import("@ecs-cost/core");
      const aws = openAws({ region: "eu-west-1" });
      const before = [...loaded];
      await aws.clients.pricing("us-east-1");
      process.stdout.write(JSON.stringify([before, [...loaded]]));`;
    const run = spawnSync(
      process.execPath,
      ["--conditions=@ecs-cost/source", "--no-warnings", "--input-type=module", "-e", script],
      {
        cwd: fileURLToPath(new URL("../..", import.meta.url)),
        encoding: "utf8",
      },
    );
    expect(JSON.parse(run.stdout || run.stderr)).toEqual([[], ["client-pricing"]]);
  });

  it("writes no credential to its cache, and tells none to its observer", async () => {
    const server = await start({ faults: { throttled: 0.3, seed: 2 } });
    const events: unknown[] = [];
    const aws = openTestAws(server, { observe: (event) => events.push(event) });
    const path = join(temporary(), "points");
    const services = [{ region: REGION, cluster: "cluster-00", service: "svc-0000" }];
    await scanMetrics(
      aws,
      { services, window: lookbackWindow(1, server.account.now) },
      () => undefined,
      openPointCache(path),
    );
    const written = readdirSync(path)
      .map((name) => `${name} ${readFileSync(join(path, name), "latin1")}`)
      .join(" ");
    for (const secret of Object.values(TEST_CREDENTIALS))
      expect(`${written} ${JSON.stringify([events, server.log.calls])}`).not.toContain(secret);
    expect(events.length).toBeGreaterThan(0);
  });
});
