import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORGES, type TestedForge } from "../support/forge-server/forges.ts";
import { type ForgeServer, type ForgeServerOptions, startForgeServer } from "../support/forge-server/server.ts";
import { type Outcome, runCli, temporaryFolder } from "./run-cli.ts";
import { hostile, PRICES } from "./workloads.ts";

const SETTINGS = [...PRICES, "--hours", "100"];
const folder = temporaryFolder();
const GITLAB = FORGES.find(({ name }) => name === "GitLab");
const open: ForgeServer[] = [];

const start = async (options: ForgeServerOptions = {}): Promise<ForgeServer> => {
  const server = await startForgeServer(options);
  open.push(server);
  return server;
};

afterAll(async () => {
  await Promise.all(open.map((server) => server.close()));
});

const write = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const workload = (name: string, memory: number, desiredCount: number): string =>
  write(
    name,
    JSON.stringify({
      ...{ version: 1, region: "eu-west-1" },
      services: [
        { name: "api", cluster: "production", task: { cpu: 1024, memory }, launchType: "FARGATE", desiredCount },
      ],
    }),
  );

const saved = async (name: string, args: readonly string[]): Promise<string> => {
  const file = join(folder, name);
  expect(await runCli([...args, "--json", "--quiet", "--out", file])).toMatchObject({ code: 0, stderr: "" });
  return file;
};

let first = "";
let second = "";
let unchanged = "";

beforeAll(async () => {
  const base = workload("base.json", 2048, 2);
  const diff = (name: string, head: string) => saved(name, ["diff", base, head, ...SETTINGS]);
  first = await diff("first.json", workload("head.json", 4096, 2));
  second = await diff("second.json", workload("more.json", 4096, 3));
  unchanged = await diff("unchanged.json", base);
});

/** What a job of the forge's own CI knows. */
const jobOf = (forge: TestedForge | undefined, server: ForgeServer): Readonly<Record<string, string>> => {
  if (forge?.name === "GitLab") {
    return {
      ...{ CI_API_V4_URL: `${server.url}/api/v4`, CI_PROJECT_ID: "4711", CI_MERGE_REQUEST_IID: "7" },
      GITLAB_TOKEN: server.token,
    };
  }
  const event = write("event.json", JSON.stringify({ pull_request: { number: 7 } }));
  return {
    ...{ GITHUB_API_URL: `${server.url}/api/v3`, GITHUB_REPOSITORY: "acme/shop", GITHUB_EVENT_PATH: event },
    GITHUB_TOKEN: server.token,
  };
};

const comment = (
  forge: TestedForge | undefined,
  server: ForgeServer,
  args: readonly string[],
  more: { readonly env?: Readonly<Record<string, string>>; readonly stdin?: string } = {},
): Promise<Outcome> =>
  runCli(["comment", forge?.name.toLowerCase() ?? "", ...args], {
    ...more,
    env: { ...jobOf(forge, server), ...more.env },
  });

describe.each(FORGES)("comment on $name", (forge) => {
  it("is posted, then updated in place, then left as it is", async () => {
    const server = await start({ viewer: forge.viewer });
    const created = await comment(forge, server, [first]);
    expect(created).toMatchObject({ code: 0, stderr: "" });
    expect(created.stdout).toMatch(/^Comment created \((?:acme\/shop#7|4711!7)\)\n/);
    const updated = JSON.parse((await comment(forge, server, ["--report", second, "--json"])).stdout);
    expect(updated).toMatchObject({
      ...{ schemaVersion: 1, command: "comment", action: "updated", tag: "default", behavior: "update" },
      ...{ dryRun: false, truncated: false, characters: server.comments[0]?.body.length },
    });
    expect((await comment(forge, server, [second])).stdout).toContain("left as it is");
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]?.body).toContain("desiredCount 2 -&gt; 3");
  });

  it.each([
    ["new", 2, { hidden: 0, deleted: 0 }],
    ["hide-and-new", 2, { hidden: 1, deleted: 0 }],
    ["delete-and-new", 1, { hidden: 0, deleted: 1 }],
  ])("with --behavior %s leaves %i", async (behavior, count, numbers) => {
    const server = await start({ viewer: forge.viewer });
    await comment(forge, server, [first]);
    const { code, stdout } = await comment(forge, server, [second, "--behavior", behavior, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ action: "created", ...numbers });
    expect(server.comments).toHaveLength(count);
    expect(server.comments.at(-1)?.body).toContain("desiredCount");
  });

  it("has one for each tag", async () => {
    const server = await start({ viewer: forge.viewer });
    await comment(forge, server, [first, "--tag", "api"]);
    await comment(forge, server, [second], { env: { ECS_COST_TAG: "web/eu" } });
    await comment(forge, server, [second, "--tag", "api"]);
    expect(server.comments.map(({ body }) => body.split("\n")[0])).toEqual([
      "<!-- ecs-cost:comment v1 tag=api -->",
      "<!-- ecs-cost:comment v1 tag=web/eu -->",
    ]);
  });

  it("is not posted where nothing changes, unless it is asked for or one is there", async () => {
    const server = await start({ viewer: forge.viewer });
    const skipped = await comment(forge, server, [unchanged]);
    expect([skipped.code, skipped.stdout]).toEqual([0, expect.stringContaining("No comment: nothing changes")]);
    expect(server.comments).toEqual([]);
    await comment(forge, server, [unchanged, "--post-unchanged"]);
    expect(server.comments[0]?.body).toContain("## ECS cost: No change in monthly cost");
    await comment(forge, server, [first]);
    await comment(forge, server, [unchanged]);
    expect(server.comments.map(({ body }) => body.split("\n")[1])).toEqual(["## ECS cost: No change in monthly cost"]);
  });

  it("gets over a server with a problem and a limit", async () => {
    const server = await start({ viewer: forge.viewer });
    server.fail(
      { on: forge.calls.list, times: 1, status: 502 },
      { on: forge.calls.create, times: 1, status: 429, headers: { "retry-after": "1" } },
    );
    expect(await comment(forge, server, [first])).toMatchObject({ code: 0, stderr: "" });
    expect(server.comments).toHaveLength(1);
  });

  it("prints what it would do without a call, also where it knows neither token nor request", async () => {
    const server = await start({ viewer: forge.viewer });
    const dry = await comment(forge, server, [first, "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/^<!-- ecs-cost:comment v1 tag=default -->\n## ECS cost: /);
    expect(dry.stderr).toMatch(/^Dry run, nothing is sent\. It would update .*7, tag default, /);
    const bare = await runCli(["comment", forge.name.toLowerCase(), first, "--dry-run", "--quiet"]);
    expect([bare.code, bare.stderr, bare.stdout]).toEqual([0, "", dry.stdout]);
    const json = await runCli(["comment", forge.name.toLowerCase(), unchanged, "--dry-run", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ dryRun: true, action: null, target: null });
    expect(JSON.parse(json.stdout).body).toContain("No change");
    expect(json.stderr).toContain("if there is a comment from before");
    expect(server.calls).toEqual([]);
  });

  it.each([
    [401, "did not accept the token"],
    [403, "does not allow it"],
    [404, "found nothing there"],
  ])("exits with 3 on %i and never shows the token that the server tells back", async (status, words) => {
    const server = await start({ viewer: forge.viewer });
    const told = [server.token, encodeURIComponent(server.token), btoa(server.token)];
    server.fail({ on: /./, status, text: JSON.stringify({ message: `no: ${told.join(" and ")}\u001b[31m` }) });
    for (const args of [[first], [first, "--verbose"]]) {
      const { code, stdout, stderr } = await comment(forge, server, args);
      expect([code, stdout]).toEqual([3, ""]);
      expect(stderr).toContain(`Error: ${forge.name} ${words}`);
      expect(stderr).toContain("[hidden]");
      expect(told.filter((secret) => stderr.includes(secret))).toEqual([]);
      expect(stderr).not.toContain("\u001b");
    }
  });

  it("exits with 2 without a token or a request, before any call", async () => {
    const server = await start();
    const name = forge.name.toUpperCase();
    const tokenless = await comment(forge, server, [first], { env: { [`${name}_TOKEN`]: "" } });
    expect([tokenless.code, tokenless.stderr]).toEqual([2, `Error: there is no token\nHint: Set ${name}_TOKEN.\n`]);
    const env = { GITHUB_EVENT_PATH: "", CI_MERGE_REQUEST_IID: "" };
    expect(await comment(forge, server, [first], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("request is not known\nHint: Give --"),
    });
    expect(server.calls).toEqual([]);
  });
});

describe("what a comment is made of", () => {
  it("can be standard input, flags instead of a job's variables, and several reports at once", async () => {
    const server = await start({ viewer: "me" });
    const where = ["--repo", "acme/shop", "--pull-request", "7", "--github-api-url", `${server.url}/api/v3`];
    const outcome = await runCli(["comment", "github", "-", second, ...where, "--title", "Costs"], {
      env: { GH_TOKEN: server.token },
      stdin: readFileSync(first, "utf8"),
    });
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(server.comments[0]?.body).toMatch(
      /^<!--.*-->\n## Costs\n\n### standard input: \+\$4\.00 [\s\S]*\n### second: \+\$18\.00 /,
    );
  });

  it("can be Markdown", async () => {
    const text = write("notes.md", "## Own words\n\n<!-- ecs-cost:comment v1 tag=default -->\n/close\n");
    const { code, stdout } = await runCli(["comment", "gitlab", text, "--dry-run", "--quiet"]);
    expect([code, stdout.split("\n").slice(1)]).toEqual([
      0,
      ["## Own words", "", "<!-- ecs-cost:comment v1 tag=default -->", "\u200b/close", ""],
    ]);
  });

  it("can be a report of each command, with fields that this version does not know", async () => {
    const inputs = [
      ["estimate", "examples/web-service.yaml"],
      ["estimate", "examples/fleet-of-twenty/workload.yaml"],
      ["compare", "examples/web-service.yaml"],
      ["capacity", "examples/capacity.yaml"],
      ["rightsize", "examples/rightsizing/workload.yaml", "--metrics", "examples/rightsizing/metrics.csv.gz"],
    ];
    for (const [index, input] of inputs.entries()) {
      const file = await saved(`report-${index}.json`, input);
      const report = JSON.parse(readFileSync(file, "utf8"));
      const added = { ...report, added: { cost: "1", list: ["2"] } };
      writeFileSync(file, JSON.stringify(added));
      const { code, stdout, stderr } = await runCli(["comment", "github", file, "--dry-run", "--quiet"]);
      expect({ input, code, stderr }).toEqual({ input, code: 0, stderr: "" });
      const markdown = (await runCli([...input, "--format", "markdown"])).stdout;
      const [title = "", , , ...rest] = markdown.split("\n");
      expect(stdout).toContain(title.replace("## ", "## ECS cost: "));
      expect(rest.filter((line) => /^\|.*[^\s|]/.test(line) && !stdout.includes(line))).toEqual([]);
    }
  });

  it.each(FORGES)("is harmless on $name whatever the names are", async (forge) => {
    const server = await start({ viewer: forge.viewer });
    const file = join(folder, "hostile.json");
    const base = workload("base.json", 2048, 2);
    expect((await runCli(["diff", base, hostile(), ...SETTINGS, "--json", "--out", file])).code).toBe(0);
    expect(await comment(forge, server, [file])).toMatchObject({ code: 0, stderr: "" });
    const body = server.comments[0]?.body ?? "";
    expect(body).toContain("| api\\|\\`&lt;b&gt;@&#8203;team=1+1 |");
    for (const sign of ["\u001b", "\u009b", "\u202e", "\u200b", "\u0007", "@team", "<b>"]) {
      expect(body).not.toContain(sign);
    }
    expect(body.indexOf("<!--")).toBe(body.lastIndexOf("<!--"));
  });

  it.each([
    ["nothing at all", "empty.json", " \n", "is empty"],
    ["broken JSON", "broken.json", '{"command": "diff"', "is not JSON"],
    ["JSON of something else", "other.json", '{"a": 1}', "is not a report of ecs-cost"],
    ["a list", "list.json", "[1]", "is not a report of ecs-cost"],
    ["a report of sizes", "sizes.json", '{"schemaVersion": 1, "command": "sizes"}', "is no report for a comment"],
    ["a later version", "later.json", '{"schemaVersion": 2, "command": "diff"}', "has a schemaVersion"],
    [
      "a part of a report",
      "part.json",
      '{"schemaVersion": 1, "command": "diff", "changes": [{}]}',
      "is not a whole report of diff",
    ],
    ["a prototype", "proto.json", '{"schemaVersion": 1, "command": "__proto__"}', "is no report for a comment"],
    ["bytes", "bytes.json", "\u0000", "is a binary file"],
  ])("exits with 2 where it is %s", async (_, name, content, words) => {
    const { code, stdout, stderr } = await runCli(["comment", "github", write(name, content), "--dry-run"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
    expect(stderr).toContain(name);
  });

  it("exits with 2 where it cannot be read, or is cut by --fields", async () => {
    mkdirSync(join(folder, "folder"), { recursive: true });
    const cut = await saved("cut.json", [
      "diff",
      workload("base.json", 2048, 2),
      workload("more.json", 4096, 3),
      ...SETTINGS,
      "--fields",
      "subject",
    ]);
    for (const [args, words] of [
      [[join(folder, "missing.json")], "there is no such file"],
      [[join(folder, "folder")], "is a folder"],
      [[], "there is no report"],
      [["-", "-"], "can be read once"],
      [[cut], "without --fields"],
      [[first, "--tag", "a -->"], "--tag a -->: expected"],
      [[first, "--behavior", "hide"], "--behavior"],
      [[first, "--repo", "acme"], "expected OWNER/NAME"],
      [[first, "--pull-request", "0"], "--pull-request"],
    ] as const) {
      const { code, stderr } = await runCli(["comment", "github", ...args, "--dry-run"]);
      expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining(words)]);
    }
  });
});

describe("a token", () => {
  const TOKENS = [`ghp_${"Ab1".repeat(12)}`, "nobody-knows-this-one"];

  it.each(TOKENS)("is not told where it was typed in a wrong place: %s", async (token) => {
    for (const args of [
      [first, "--token", token, "--repo", "acme"],
      [first, `--token=${token}`, "--nonsense"],
      [first, `--token=${token}`, token],
      [
        first,
        "--token",
        token,
        "--github-api-url",
        `https://user:${token}@ghe.test`,
        "--repo",
        "a/b",
        "--pull-request",
        "1",
      ],
    ]) {
      const { code, stdout, stderr } = await runCli(["comment", "github", ...args]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).not.toContain(token);
    }
  });

  it("is taken from the flag before the variable, and must be one line", async () => {
    const server = await start({ viewer: GITLAB?.viewer ?? "" });
    const typed = await comment(GITLAB, server, [first, "--token", server.token], { env: { GITLAB_TOKEN: "wrong" } });
    expect(typed).toMatchObject({ code: 0, stderr: "" });
    const spaced = await comment(GITLAB, server, [first], { env: { GITLAB_TOKEN: "two words-of-it" } });
    expect(spaced).toMatchObject({ code: 2, stderr: "Error: the token has characters that no token has\n" });
  });
});

describe("gates in a comment", () => {
  it("are told with what became of each, as the job's exit code says", async () => {
    const file = join(folder, "gated.json");
    const args = ["diff", join(folder, "base.json"), join(folder, "head.json"), ...SETTINGS, "--json", "--out", file];
    const gates = ["--fail-on", "increase>0.01", "--fail-on", "increase>100000"];
    expect((await runCli([...args, ...gates])).code).toBe(4);
    const { code, stdout } = await runCli(["comment", "github", file, "--dry-run", "--quiet"]);
    expect([code, stdout.includes("Gates")]).toEqual([0, true]);
    expect(stdout).toMatch(/increase&?.*0\.01: failed, .*production\/api/);
    expect(stdout).toMatch(/100000: passed/);
  });
});
