import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { folderOf, refusal } from "./inventory-input.ts";

const service = (name: string, index?: number) => ({
  ...{ address: `aws_ecs_service.${name}${index === undefined ? "" : `[${index}]`}`, mode: "managed" },
  ...{ type: "aws_ecs_service", name, ...(index === undefined ? {} : { index }) },
  provider_name: "registry.terraform.io/hashicorp/aws",
  values: {
    name: `${name}${index ?? ""}`,
    desired_count: 9,
    launch_type: "FARGATE",
    task_definition: "t",
    region: "us-east-1",
  },
});

const PLAN = JSON.stringify({
  format_version: "1.2",
  planned_values: { root_module: { resources: [service("web", 0), service("web", 1), service("worker")] } },
  configuration: { root_module: {} },
});

const read = (usage: string) =>
  readInventory([folderOf({ "plan.json": PLAN, "usage.yaml": `version: 1\n${usage}\n` })], {});

const demands = (usage: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(read(usage).services.map(({ name, demand }) => [name, demand]));

const count = (tasks: number) => ({ kind: "count", tasks });

describe("a usage file", () => {
  it("may speak of many addresses, the nearest above the others", () => {
    const usage = `
usage:
  aws_ecs_service.web[1]: { desiredCount: 3 }
  "aws_ecs_service.web[*]": { desiredCount: 2 }
defaults:
  aws_ecs_service: { desiredCount: 1 }`;
    expect(demands(usage)).toEqual({ web0: count(2), web1: count(3), worker: count(1) });
  });

  it("may give an average, hours at a count, or the count of each hour", () => {
    const usage = `
usage:
  "aws_ecs_service.web[0]": { averageCount: 2.5 }
  "aws_ecs_service.web[1]": { hoursAtCount: { "4": 50, "1": 118 } }
  aws_ecs_service.worker: { hourlyCounts: [1, 2, 3, 2] }`;
    const found = demands(usage) as Record<string, { counts: number[] }>;
    const mean = (name: string) => {
      const counts = found[name]?.counts ?? [];
      return counts.reduce((a, b) => a + b, 0) / counts.length;
    };
    expect([mean("web0"), mean("web1"), mean("worker")]).toEqual([2.5, (4 * 50 + 118) / 168, 2]);
  });

  it("lets one way to give the count stand for another that is farther away", () => {
    const usage =
      "usage: { aws_ecs_service.worker: { averageCount: 2 } }\ndefaults: { aws_ecs_service: { desiredCount: 1, interruptible: 'yes' } }";
    const { services } = read(usage);
    expect(services.find(({ name }) => name === "worker")).toMatchObject({ demand: count(2), interruptible: "yes" });
  });

  it.each([
    ["usage: { 'aws_ecs_service.api[*]': { desiredCount: 1 } }", "no plan or template holds a resource"],
    ["usage: {}\ndefaults: { aws_lb: { azs: 1 } }", "of type"],
    ["usage: { aws_ecs_service.worker: { hoursAtCount: { '4': 50 } } }", "adds up to 50 hours"],
    ["usage: { aws_ecs_service.worker: { averageCount: 1, desiredCount: 2 } }", "cannot stand beside"],
    ["usage: { 'aws_ecs_service.*': { gb: 4 } }", "has no effect"],
  ])("is refused where it cannot be followed: %s", (usage, message) => {
    expect(refusal(() => read(usage)).message).toContain(message);
  });
});
