import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, runProgram } from "../../e2e/run-cli.ts";

const ARN = "arn:aws:ecs:eu-west-1:111122223333";

const workload = (memory: string, desiredCount: number): string =>
  `version: 1
region: eu-west-1
services:
  - name: storefront
    cluster: shop
    task: { cpu: 1 vCPU, memory: ${memory} }
    launchType: FARGATE
    desiredCount: ${desiredCount}
`;

const template = (memory: string): string =>
  JSON.stringify({
    Resources: {
      Task: {
        Type: "AWS::ECS::TaskDefinition",
        Properties: { Family: "api", Cpu: "1024", Memory: memory, RequiresCompatibilities: ["FARGATE"] },
      },
      Api: {
        Type: "AWS::ECS::Service",
        Properties: { ServiceName: "api", LaunchType: "FARGATE", DesiredCount: 2, TaskDefinition: { Ref: "Task" } },
      },
    },
  });

const resources = (memory: string) => [
  {
    ...{ address: "aws_ecs_task_definition.api", mode: "managed", type: "aws_ecs_task_definition", name: "api" },
    values: {
      ...{ family: "api", cpu: "1024", memory, network_mode: "awsvpc", container_definitions: "[]" },
      arn: `${ARN}:task-definition/api:3`,
    },
  },
  {
    ...{ address: "aws_ecs_service.api", mode: "managed", type: "aws_ecs_service", name: "api" },
    values: {
      ...{ name: "api", desired_count: 2, launch_type: "FARGATE", cluster: `${ARN}:cluster/live` },
      task_definition: `${ARN}:task-definition/api:3`,
    },
  },
];

const plan = (before: string, after: string): string => {
  const [old, ...service] = resources(before);
  const [changed] = resources(after);
  return JSON.stringify({
    format_version: "1.2",
    prior_state: { format_version: "1.0", values: { root_module: { resources: [old, ...service] } } },
    planned_values: { root_module: { resources: [changed, ...service] } },
    resource_changes: [
      {
        address: old?.address,
        mode: "managed",
        change: { actions: ["update"], before: old?.values, after: changed?.values },
      },
    ],
    configuration: { root_module: { resources: [] } },
  });
};

/** A service may not cost more than 1 USD a month more. */
const POLICY = `version: 1
rules:
  - { id: no-increase, when: "increase>1", message: "{increase} USD a month more" }
`;

/** A repository with a commit before and one after, in which a service needs more memory. */
export interface Repository {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
}

export const makeRepository = async (): Promise<Repository> => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost repository "));
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  const git = (...args: readonly string[]): Promise<string> => gitIn(folder, args);
  const commit = async (memory: string, gigabytes: string, count: number): Promise<string> => {
    write("workload.yaml", workload(gigabytes, count));
    write("template.yaml", template(memory));
    await git("add", "--all");
    await git("commit", "--quiet", "--message", `memory ${memory}`);
    return (await git("rev-parse", "HEAD")).trim();
  };
  await git("init", "--quiet");
  mkdirSync(join(folder, "policies"));
  write("policies/cost.yml", POLICY);
  write("package.json", "{}");
  copyFileSync(join(ROOT, "examples/rightsizing/metrics.csv.gz"), join(folder, "metrics.csv.gz"));
  const base = await commit("2048", "4 GB", 4);
  return { folder, base, head: await commit("4096", "8 GB", 5) };
};

const IDENTITY = { name: "test", email: "test@example.com" };

const gitIn = async (folder: string, args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await runProgram("git", args, {
    cwd: folder,
    env: {
      ...{ GIT_AUTHOR_NAME: IDENTITY.name, GIT_AUTHOR_EMAIL: IDENTITY.email, GIT_CONFIG_GLOBAL: "/dev/null" },
      ...{ GIT_COMMITTER_NAME: IDENTITY.name, GIT_COMMITTER_EMAIL: IDENTITY.email, GIT_CONFIG_SYSTEM: "/dev/null" },
    },
  });
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
};

/** What `actions/checkout` does: the files of a commit in a folder of the workspace. */
export const checkOut = async (repository: Repository, commit: string, folder: string): Promise<void> => {
  await gitIn(repository.folder, ["clone", "--quiet", "--no-checkout", repository.folder, `${folder}.clone`]);
  mkdirSync(folder, { recursive: true });
  await gitIn(`${folder}.clone`, ["--work-tree", folder, "checkout", "--quiet", "--force", commit, "--", "."]);
};

const script = (folder: string, name: string, text: string): void => {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nset -eu\n${text}`);
  chmodSync(file, 0o755);
};

/** Programs that pipelines call and that would need the network; `ecs-cost` is the one of this checkout. */
export const stubPrograms = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost programs "));
  writeFileSync(join(folder, "plan.json"), plan("2048", "4096"));
  symlinkSync(join(ROOT, "ecs-cost"), join(folder, "ecs-cost"));
  script(
    folder,
    "terraform",
    'case $1 in init) ;; plan) : >plan.bin ;; show) test "$*" = "show -json plan.bin"; cat "$(dirname "$0")/plan.json" ;; *) exit 9 ;; esac\n',
  );
  script(folder, "npm", 'case "$*" in ci | "install --global @ecs-cost/cli") ;; *) exit 9 ;; esac\n');
  script(
    folder,
    "npx",
    'test "$*" = "cdk synth --quiet --output cdk.out"\nmkdir -p cdk.out\ncp template.yaml cdk.out/Shop.template.json\n',
  );
  return folder;
};
