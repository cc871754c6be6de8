import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sortingSeconds } from "./reference-work.ts";

/**
 * How long `ecs-cost diff PLAN` takes as a whole process on a Terraform plan of 500 services, all of them resized: on
 * Fargate, and on instances in one cluster and in five.
 *
 * Run with `node test/bench/diff.ts [services] [rounds]` after a build.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NODE = join(ROOT, "node_modules/node/bin/node");
const ARN = "arn:aws:ecs:eu-west-1:111122223333";
const SIZES = [
  ...[
    [256, 512],
    [512, 1024],
    [1024, 2048],
  ],
  ...[
    [2048, 4096],
    [1024, 4096],
    [512, 3072],
  ],
] as const;

type Json = Record<string, unknown>;

const services = Number(process.argv[2] ?? 500);
const rounds = Number(process.argv[3] ?? 5);

const containers = (index: number): string =>
  JSON.stringify([
    {
      ...{ name: "app", image: "registry.example/app:1", essential: true, portMappings: [{ containerPort: 80 }] },
      environment: Array.from({ length: 10 }, (_, each) => ({ name: `V${each}`, value: "x".repeat(20) })),
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": `/ecs/s${index}` } },
    },
  ]);

const moduleOf = (index: number, turn: number, launchType: string, clusters: number, isKnown: boolean): Json => {
  const [cpu, memory] = SIZES[(index * 7 + turn * 3) % SIZES.length] ?? SIZES[0];
  const address = `module.service["${index}"]`;
  const arn = `${ARN}:task-definition/s${index}:1`;
  const resource = (type: string, values: Json) => ({
    ...{ address: `${address}.${type}.this`, mode: "managed", type, name: "this", values },
  });
  return {
    address,
    resources: [
      resource("aws_ecs_task_definition", {
        ...{ family: `s${index}`, cpu: String(cpu), memory: String(memory), network_mode: "awsvpc" },
        ...{ requires_compatibilities: [launchType], container_definitions: containers(index) },
        ...(isKnown ? { arn, revision: 1 } : {}),
      }),
      resource("aws_ecs_service", {
        ...{ name: `s${index}`, desired_count: 1 + ((index * 5 + turn) % 8), launch_type: launchType },
        ...{ cluster: `${ARN}:cluster/c${index % clusters}`, ...(isKnown ? { task_definition: arn } : {}) },
      }),
    ],
  };
};

const changesOf = (index: number): readonly Json[] => {
  const address = `module.service["${index}"]`;
  return [
    {
      address: `${address}.aws_ecs_task_definition.this`,
      change: { actions: ["delete", "create"], after_unknown: { arn: true, revision: true } },
    },
    {
      address: `${address}.aws_ecs_service.this`,
      change: { actions: ["update"], after_unknown: { task_definition: true } },
    },
  ];
};

const CONFIGURED = {
  ...{ address: "aws_ecs_service.this", mode: "managed", type: "aws_ecs_service", name: "this" },
  expressions: {
    task_definition: { references: ["aws_ecs_task_definition.this.arn", "aws_ecs_task_definition.this"] },
  },
};

const planOf = (launchType: string, clusters: number): Json => {
  const all = Array.from({ length: services }, (_, index) => index);
  const root = (turn: number, isKnown: boolean) => ({
    child_modules: all.map((index) => moduleOf(index, turn, launchType, clusters, isKnown)),
  });
  return {
    ...{
      format_version: "1.2",
      planned_values: { root_module: root(1, false) },
      resource_changes: all.flatMap(changesOf),
    },
    prior_state: { values: { root_module: root(0, true) } },
    configuration: { root_module: { module_calls: { service: { module: { resources: [CONFIGURED] } } } } },
  };
};

const seconds = (file: string): number => {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    NODE,
    ["--min-semi-space-size=32", "--max-semi-space-size=32", join(ROOT, "packages/cli/bin/run.js"), "diff", file],
    { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - start) / 1000;
};

const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bench-"));
try {
  const sorting = sortingSeconds();
  for (const [name, launchType, clusters] of [
    ["Fargate", "FARGATE", 1],
    ["EC2, one cluster", "EC2", 1],
    ["EC2, five clusters", "EC2", 5],
  ] as const) {
    const file = join(folder, `${launchType}-${clusters}.json`);
    writeFileSync(file, JSON.stringify(planOf(launchType, clusters)));
    const times = Array.from({ length: rounds + 1 }, () => seconds(file)).slice(1);
    const middle = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
    process.stdout.write(
      `${name}: ${services} services, median ${middle.toFixed(2)} s of ${rounds}, ${(middle / sorting).toFixed(1)} x sorting a million numbers\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
