import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ForgeServer, type ForgeServerOptions, startForgeServer } from "../support/forge-server/server.ts";
import { type Job, readAction, recipesIn, type Step, type Workflow } from "../support/workflow-runner/files.ts";
import { checkOut, makeRepository, type Repository, stubPrograms } from "../support/workflow-runner/repository.ts";
import { type Ran, type Runner, runSteps } from "../support/workflow-runner/run-steps.ts";
import { type Outcome, ROOT, runProgram } from "./run-cli.ts";

const RECIPES = recipesIn(join(ROOT, "docs/ci.md"), ["yaml", "sh"]);
const DOCUMENT = readFileSync(join(ROOT, "docs/ci.md"), "utf8");
const ACTION = readAction(join(ROOT, "action.yml"));
const open: ForgeServer[] = [];
let repository: Repository;
let programs: string;

beforeAll(async () => {
  repository = await makeRepository();
  programs = stubPrograms();
});

afterAll(async () => {
  await Promise.all(open.map((server) => server.close()));
});

const start = async (options: ForgeServerOptions = {}): Promise<ForgeServer> => {
  const server = await startForgeServer(options);
  open.push(server);
  return server;
};

const textOf = (heading: string): string => {
  const found = RECIPES.filter((recipe) => recipe.heading === heading);
  if (found.length !== 1) throw new Error(`docs/ci.md has ${found.length} recipes below ${heading}`);
  return found[0]?.text ?? "";
};

const workflowOf = (heading: string): Workflow => parse(textOf(`GitHub Actions / ${heading}`)) as Workflow;

const jobIn = ({ jobs }: Workflow): Job => {
  const [job] = Object.values(jobs);
  if (job === undefined) throw new Error("the workflow has no job");
  return job;
};

interface Machine {
  readonly server: ForgeServer;
  readonly used: [string, Readonly<Record<string, string>>][];
  readonly runner: Runner;
}

const machine = async (
  event: object = {},
  options: ForgeServerOptions = { viewer: "github-actions[bot]" },
): Promise<Machine> => {
  const server = await start(options);
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost workspace "));
  const workspace = join(folder, "work");
  const pull = { number: 7, base: { sha: repository.base }, head: { repo: { fork: false } } };
  const github = { event: { pull_request: pull, ...event }, token: server.token, event_name: "pull_request" };
  writeFileSync(join(folder, "event.json"), JSON.stringify(github.event));
  const used: Machine["used"] = [];
  const env = {
    ...{ GITHUB_API_URL: `${server.url}/api/v3`, GITHUB_REPOSITORY: "acme/shop" },
    ...{ GITHUB_EVENT_PATH: join(folder, "event.json"), GITHUB_REF: "refs/pull/7/merge" },
  };
  const use = async (name: string, inputs: Readonly<Record<string, string>>): Promise<void> => {
    used.push([name, inputs]);
    if (/^actions\/checkout@/.test(name)) {
      await checkOut(repository, inputs["ref"] ?? repository.head, join(workspace, inputs["path"] ?? "."));
    }
  };
  return {
    server,
    used,
    runner: { workspace, programs, env, contexts: { github }, action: ROOT.replace(/\/$/, ""), use },
  };
};

/** The action on its own, in a checkout of both sides. */
const runAction = async (
  inputs: Readonly<Record<string, string>>,
  event: object = {},
  options?: ForgeServerOptions,
): Promise<Machine & { readonly ran: Ran }> => {
  const made = await machine(event, options);
  await checkOut(repository, repository.head, made.runner.workspace);
  await checkOut(repository, repository.base, join(made.runner.workspace, "base"));
  const ran = await runSteps([{ id: "cost", uses: "OWNER/ecs-cost@REF", with: inputs }], made.runner);
  return { ...made, ran };
};

const SIDES = { base: "base/workload.yaml", head: "workload.yaml" };

describe("action.yml", () => {
  const steps = ACTION.runs.steps;

  it("has the keys that GitHub takes, and no others", () => {
    const keysOf = (value: object, allowed: readonly string[]): string[] =>
      Object.keys(value).filter((key) => !allowed.includes(key));
    expect(keysOf(ACTION, ["name", "author", "description", "inputs", "outputs", "runs", "branding"])).toEqual([]);
    expect(ACTION.runs.using).toBe("composite");
    for (const [name, input] of Object.entries(ACTION.inputs)) {
      expect([name, keysOf(input, ["description", "required", "default", "deprecationMessage"])]).toEqual([name, []]);
      expect(name).toMatch(/^[a-z][a-z-]*$/);
      expect([name, typeof (input.default ?? ""), input.description.length > 0]).toEqual([name, "string", true]);
    }
    for (const [name, output] of Object.entries(ACTION.outputs)) {
      expect([name, Object.keys(output).sort()]).toEqual([name, ["description", "value"]]);
    }
    const ofStep = [
      "name",
      "id",
      "if",
      "shell",
      "env",
      "run",
      "working-directory",
      "uses",
      "with",
      "continue-on-error",
    ];
    for (const step of steps) {
      expect([step.name, keysOf(step, ofStep)]).toEqual([step.name, []]);
      expect([step.name, step.run === undefined]).toEqual([step.name, step.uses !== undefined]);
      if (step.run !== undefined) expect([step.name, step.shell]).toEqual([step.name, "bash"]);
    }
    expect(new Set(steps.map(({ id }) => id).filter(Boolean)).size).toBe(steps.filter(({ id }) => id).length);
  });

  it("puts nothing into a script: inputs go through the environment", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });

  it("gives the token to the step that comments and to no other", () => {
    const holders = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes("token"));
    expect(holders.map(({ name }) => name)).toEqual(["Comment"]);
  });

  it("describes every input and output in docs/ci.md", () => {
    const described = textBetween("### Inputs and outputs", "The token of a pull request");
    for (const name of [...Object.keys(ACTION.inputs), ...Object.keys(ACTION.outputs)]) {
      expect(described).toContain(`\`${name}\``);
    }
  });

  it("compares, summarises and comments, and tells what it found", async () => {
    const { ran, server } = await runAction({ ...SIDES, policy: "none" });
    expect([ran.failed, ran.steps.slice(1)]).toEqual([
      false,
      ["Choose the program", "Compare", "Summarise", "Comment", "Judge"],
    ]);
    expect(server.comments.map(({ body }) => body)).toEqual([ran.summary.trimEnd()]);
    expect(ran.summary).toContain("shop/storefront: task.memory 4096 -&gt; 8192");
    expect(ran.outputs["cost"]?.outputs).toMatchObject({ "exit-code": "0", sarif: "" });
    expect(ran.outputs["cost"]?.outputs["monthly-change"]).toMatch(/^\d+(?:\.\d+)?$/);
  });

  it("comments first and fails then, where a gate holds", async () => {
    const inputs = { ...SIDES, policy: "none", "fail-on": "\n  increase%>500\n\n  increase>1  \n" };
    const { ran, server } = await runAction(inputs);
    expect([ran.failed, ran.outputs["cost"]?.outputs["exit-code"]]).toEqual([true, "4"]);
    expect(server.comments).toHaveLength(1);
    expect(ran.log).toContain("increase>1");
    expect(ran.log).toContain("exit code 4");
  });

  it("takes sizes, a policy, annotations, a folder and further arguments", async () => {
    const { ran, used, server } = await runAction({
      ...{ base: "workload.yaml", head: "../workload.yaml", "working-directory": "base" },
      ...{ metrics: "metrics.csv.gz\n", policy: "policies/cost.yml", sarif: "true", tag: "shop/eu" },
      args: "--top\n1",
    });
    expect(ran.failed).toBe(true);
    const uploads = used.filter(([name]) => name.startsWith("github/codeql-action/upload-sarif@"));
    expect(uploads).toHaveLength(1);
    expect(uploads[0]?.[1]).toMatchObject({ category: "ecs-cost-shop/eu" });
    expect(uploads[0]?.[1]["sarif_file"]).toBe(ran.outputs["cost"]?.outputs["sarif"]);
    expect(server.comments[0]?.body).toContain("<!-- ecs-cost:comment v1 tag=shop/eu -->");
    expect(server.comments[0]?.body).toContain("no-increase");
    expect(server.comments[0]?.body).toMatch(/### Sizes/);
  });

  it("only summarises where it should not comment, or is about no pull request", async () => {
    const silent = await runAction({ ...SIDES, policy: "none", comment: "false" });
    const pushed = await runAction({ ...SIDES, policy: "none" }, { pull_request: null });
    for (const { ran, server } of [silent, pushed]) {
      expect([ran.failed, server.calls, ran.steps.includes("Comment")]).toEqual([false, [], false]);
      expect(ran.summary).toContain("## ECS cost: +");
    }
    const told = await runAction({ ...SIDES, policy: "none", "pull-request": "7" }, { pull_request: null });
    expect([told.ran.failed, told.server.comments.length]).toEqual([false, 1]);
  });

  it("warns where the token of a fork may not comment, and fails where any other may not", async () => {
    const faults = [{ on: /./, status: 403 }];
    const fork = { pull_request: { number: 7, head: { repo: { fork: true } } } };
    const forked = await runAction({ ...SIDES, policy: "none" }, fork, { faults });
    expect([forked.ran.failed, forked.ran.log.includes("::warning::No comment")]).toEqual([false, true]);
    const own = await runAction({ ...SIDES, policy: "none" }, {}, { faults });
    expect([own.ran.failed, own.ran.log.includes("exit code 3")]).toEqual([true, true]);
    expect(`${forked.ran.log}${own.ran.log}`).not.toContain(own.server.token);
  });

  it("fails at once where there is nothing to compare, and comments nothing", async () => {
    const { ran, server } = await runAction({ base: "missing.yaml", head: "workload.yaml" });
    expect([ran.failed, ran.log.includes("exit code 2"), server.calls]).toEqual([true, true, []]);
  });

  it("runs nothing that stands in an input", async () => {
    const attack = '$(touch "$RUNNER_TEMP/../owned") `touch owned`; touch owned; "\'\n';
    const texts = ["title", "tag", "metrics", "policy", "fail-on", "args", "region", "base", "version", "pull-request"];
    for (const name of texts) {
      const { ran, runner } = await runAction({ ...SIDES, policy: "none", [name]: attack });
      const found = await runProgram("find", [join(runner.workspace, ".."), "-name", "owned"]);
      expect([name, found.stdout, existsSync(join(tmpdir(), "owned"))]).toEqual([name, "", false]);
      if (name !== "title") expect([name, ran.failed]).toEqual([name, true]);
    }
  });
});

const textBetween = (from: string, to: string): string => {
  const text = DOCUMENT.slice(DOCUMENT.indexOf(from));
  return text.slice(0, text.indexOf(to));
};

const WORKFLOW_KEYS = ["name", "on", "permissions", "env", "concurrency", "defaults", "jobs", "run-name"];
const JOB_KEYS = ["name", "runs-on", "permissions", "needs", "if", "env", "steps", "timeout-minutes", "concurrency"];
const STEP_KEYS = ["name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory", "continue-on-error"];

describe("a workflow of docs/ci.md", () => {
  it.each([
    ["Terraform plan", "api", true, false],
    ["CDK and CloudFormation", "api", false, false],
    ["Workload file with utilization, policy and annotations", "storefront", true, true],
  ])("%s comments on the pull request", async (heading, service, fails, annotates) => {
    const workflow = workflowOf(heading);
    const { server, runner, used } = await machine();
    const ran = await runSteps(jobIn(workflow).steps, runner);
    expect({ log: ran.log, failed: ran.failed }).toEqual({ log: ran.log, failed: fails });
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]?.body).toMatch(new RegExp(`\\| ${service} \\|`));
    expect(server.comments[0]?.body).toContain("task.memory");
    expect(used.some(([name]) => name.startsWith("github/codeql-action/upload-sarif@"))).toBe(annotates);
  });

  it.each(RECIPES.filter(({ heading }) => heading.startsWith("GitHub Actions / ")).map(({ heading }) => heading))(
    "%s has the keys and permissions that it needs",
    (heading) => {
      const workflow = parse(textOf(heading)) as Workflow;
      const job = jobIn(workflow);
      const steps: readonly Step[] = job.steps;
      expect(Object.keys(workflow).filter((key) => !WORKFLOW_KEYS.includes(key))).toEqual([]);
      expect(Object.keys(job).filter((key) => !JOB_KEYS.includes(key))).toEqual([]);
      expect(steps.flatMap((step) => Object.keys(step).filter((key) => !STEP_KEYS.includes(key)))).toEqual([]);
      expect(workflow.permissions).toMatchObject({ contents: "read", "pull-requests": "write" });
      const inputs = steps.find(({ uses }) => uses?.startsWith("OWNER/"))?.with ?? {};
      expect(workflow.permissions?.["security-events"]).toBe(inputs["sarif"] === "true" ? "write" : undefined);
      for (const { run = "" } of steps) expect(run).not.toContain("${{");
    },
  );
});

interface GitlabJob {
  readonly image: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
}

/** GitLab joins the lines of both scripts and stops at the first that fails. */
const runGitlab = async (heading: string, server: ForgeServer): Promise<Outcome> => {
  const [job] = Object.values(parse(textOf(`GitLab CI / ${heading}`)) as Record<string, GitlabJob>);
  if (job === undefined) throw new Error("there is no job");
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost gitlab-"));
  await runProgram("git", ["clone", "--quiet", repository.folder, folder]);
  await runProgram("sh", ["-c", 'cat "$1/plan.json" >"$2/plan.json"', "sh", programs, folder]);
  const lines = [...(job.before_script ?? []), ...job.script];
  return runProgram("bash", ["-eo", "pipefail", "-c", lines.join("\n")], {
    cwd: folder,
    env: {
      ...Object.fromEntries(Object.entries(job.variables ?? {}).map(([key, value]) => [key, String(value)])),
      ...{ PATH: `${programs}:${process.env["PATH"]}`, GITLAB_TOKEN: server.token },
      ...{ CI_API_V4_URL: `${server.url}/api/v4`, CI_PROJECT_ID: "4711", CI_MERGE_REQUEST_IID: "7" },
      CI_MERGE_REQUEST_DIFF_BASE_SHA: repository.base,
    },
  });
};

describe("a job of docs/ci.md", () => {
  it.each([
    ["Terraform plan", "api", 0],
    ["CDK and CloudFormation", "api", 0],
    ["Workload file with utilization, policy and test results", "storefront", 4],
  ])("%s comments on the merge request", async (heading, service, expected) => {
    const server = await start();
    const { code, stderr } = await runGitlab(heading, server);
    expect({ code, stderr }).toEqual({ code: expected, stderr });
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]?.body).toMatch(new RegExp(`\\| ${service} \\|`));
  });

  it.each(RECIPES.filter(({ heading }) => heading.startsWith("GitLab CI / ")).map(({ heading }) => heading))(
    "%s has the keys that GitLab takes",
    (heading) => {
      const [job] = Object.values(parse(textOf(heading)) as Record<string, object>);
      const allowed = ["image", "needs", "rules", "variables", "before_script", "script", "artifacts", "stage"];
      expect(Object.keys(job ?? {}).filter((key) => !allowed.includes(key))).toEqual([]);
    },
  );
});

describe("a script of docs/ci.md", () => {
  it.each([
    ["Plain shell / Terraform plan in a shell", 4],
    ["Plain shell / Files in the repository, in a shell", 0],
  ])("%s comments on the pull request", async (heading, expected) => {
    const server = await start({ viewer: "me" });
    const folder = mkdtempSync(join(tmpdir(), "ecs-cost shell-"));
    await runProgram("git", ["clone", "--quiet", repository.folder, folder]);
    const { code, stderr } = await runProgram("sh", ["-e", "-c", textOf(heading)], {
      cwd: folder,
      env: {
        ...{ PATH: `${programs}:${process.env["PATH"]}`, GITHUB_TOKEN: server.token, PULL_REQUEST: "7" },
        ...{ GITHUB_API_URL: `${server.url}/api/v3`, BASE_COMMIT: repository.base },
      },
    });
    expect({ code, stderr }).toEqual({ code: expected, stderr });
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]?.body).toMatch(/\| api \|/);
  });
});

describe("docs/ci.md", () => {
  it("has no recipe that is not run here", () => {
    expect(RECIPES.map(({ heading }) => heading.split(" / ")[0])).toEqual([
      ...Array.from({ length: 3 }, () => "GitHub Actions"),
      ...Array.from({ length: 3 }, () => "GitLab CI"),
      ...Array.from({ length: 2 }, () => "Plain shell"),
    ]);
  });
});
