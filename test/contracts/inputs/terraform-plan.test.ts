import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { folderOf, readText, refusal } from "./inventory-input.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/terraform/${name}`, import.meta.url));
const read = (...names: readonly string[]) => readInventory(names.map(fixture));
const issuesOf = (inventory: ReturnType<typeof read>, code: string) =>
  inventory.issues.filter((issue) => issue.code === code).map(({ severity, subject }) => [severity, subject]);

type Json = Record<string, unknown>;
const resource = (type: string, name: string, values: Json, more: Json = {}) => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  values,
  ...more,
});
const change = (address: string, after_unknown: Json) => ({ address, change: { actions: ["create"], after_unknown } });
const plan = (
  resources: readonly Json[],
  changes: readonly Json[] = [],
  configured: readonly Json[] = [],
  more: Json = {},
) =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    resource_changes: changes,
    configuration: { root_module: { resources: configured } },
    ...more,
  });
const TASK = {
  family: "api",
  cpu: "256",
  memory: "512",
  requires_compatibilities: ["FARGATE"],
  container_definitions: "[]",
};
const definition = (values: Json = {}) => resource("aws_ecs_task_definition", "api", { ...TASK, ...values });
const service = (values: Json = {}) =>
  resource("aws_ecs_service", "api", { name: "api", desired_count: 2, launch_type: "FARGATE", ...values });
const refers = (type: string, setting: string, ...references: readonly string[]) => ({
  address: `${type}.api`,
  expressions: { [setting]: { references } },
});
const LINKED = refers(
  "aws_ecs_service",
  "task_definition",
  "aws_ecs_task_definition.api.arn",
  "aws_ecs_task_definition.api",
);
const ADDRESS = "aws_ecs_service.api";

describe("a plan of the public ECS module", () => {
  const inventory = read("ecs-module.json");
  const [api, worker] = inventory.services;

  it("gives services with their clusters, counts and tags", () => {
    expect(inventory.region).toBe("eu-west-1");
    expect(inventory.services.map(({ id, demand }) => [id, demand])).toEqual([
      ["production/api", { kind: "count", tasks: 10 }],
      ["production/worker", { kind: "count", tasks: 4 }],
    ]);
    expect({ ...api?.tags }).toEqual({ team: "web", env: "prod" });
    expect(api?.minimumHealthyPercent).toBe(66);
  });

  it("finds the task definition in the module, though locals hide it, and says so", () => {
    expect(api?.task).toMatchObject({ cpu: 1024, memory: 2048, architecture: "arm64", networkMode: "awsvpc" });
    expect(worker?.task).toMatchObject({ cpu: 512, memory: 1024, architecture: "x86_64" });
    expect(inventory.assumptions.map(({ code }) => code)).toContain("task-definition-in-module");
  });

  it("splits tasks by the strategy, which is a set", () => {
    expect(api?.placement).toEqual({
      kind: "strategy",
      items: [
        { capacityProvider: "FARGATE", base: 2, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
      ],
    });
    expect(worker?.placement).toEqual({ kind: "launch-type", launchType: "FARGATE" });
  });

  it("keeps target tracking", () => {
    expect(api?.autoscaling).toEqual({ minTasks: 1, maxTasks: 10, cpuTargetPercent: 75 });
  });

  it("gives what comes along, its zones counted by the subnets that expressions refer to", () => {
    expect(inventory.shared).toMatchObject({
      natGateways: { count: 2, gb: "0", type: "zonal" },
      clusters: [{ containerInsights: "enhanced" }],
      vpcEndpoints: [
        { service: "logs", type: "interface", azs: 2 },
        { service: "s3", type: "gateway" },
      ],
      loadBalancers: [{ name: "public", type: "application", publicIpv4Addresses: 2 }],
    });
  });

  it("names each cost that only use can tell, by address", () => {
    expect(issuesOf(inventory, "unknown-cost")).toEqual([
      ["info", "module.vpc.aws_nat_gateway.this[0]"],
      ["info", "module.vpc.aws_nat_gateway.this[1]"],
      ["info", "aws_vpc_endpoint.logs"],
      ["info", "aws_lb.public"],
      ["info", `module.ecs.module.service["api"].module.container_definition["api"].aws_cloudwatch_log_group.this[0]`],
      [
        "info",
        `module.ecs.module.service["worker"].module.container_definition["worker"].aws_cloudwatch_log_group.this[0]`,
      ],
    ]);
    expect(inventory.issues.some(({ severity }) => severity !== "info")).toBe(false);
  });
});

describe("a plan as Terraform saves it", () => {
  it("is refused with a hint at the command that prints it", () => {
    const folder = folderOf({ "plan.bin": Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8) });
    const error = refusal(() => readInventory([join(folder, "plan.bin")]));
    expect(error.message).toMatch(/binary/);
    expect(error.hint).toContain("terraform show -json");
  });
});

describe("the usage file of the documentation", () => {
  it("is one, and is refused with each address that no plan holds", () => {
    const text = readFileSync(new URL("../../../docs/infrastructure-as-code.md", import.meta.url), "utf8");
    const usage = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
    const folder = folderOf({
      "plan.json": plan([service({ task_definition: "api" }), definition()]),
      "usage.yaml": usage,
    });
    const error = refusal(() => readInventory([folder]));
    for (const address of [
      "module.api.aws_ecs_service.this[0]",
      "aws_nat_gateway.main",
      "aws_vpc_endpoint.logs",
      "aws_lb.public",
    ]) {
      expect(error.message).toContain(`no plan or template holds a resource at "${address}"`);
    }
  });
});

describe("a plan", () => {
  it("links a service to the definition that its expression refers to", () => {
    const { services, issues } = readText(
      plan([definition(), service()], [change(ADDRESS, { task_definition: true })], [LINKED]),
    );
    expect(services[0]?.task?.cpu).toBe(256);
    expect(issues).toEqual([]);
  });

  it.each([
    ["cpu", { cpu: undefined }, { cpu: true }],
    [
      "the sizes of its containers",
      { cpu: undefined, memory: undefined, container_definitions: undefined },
      { container_definitions: true },
    ],
  ])("leaves a size that is known after apply open: %s", (what, values, unknown) => {
    const changes = [change(ADDRESS, { task_definition: true }), change("aws_ecs_task_definition.api", unknown)];
    const { services, issues } = readText(plan([definition(values), service()], changes, [LINKED]));
    expect(services[0]?.task).toBeUndefined();
    expect(issues).toMatchObject([{ code: "missing-task-size", severity: "error", subject: "default/api" }]);
    expect(issues[0]?.detail).toContain(`${what} of aws_ecs_task_definition.api is known after apply only`);
  });

  it("leaves a count that is known after apply open, and a task definition that nothing names", () => {
    const { services, issues } = readText(
      plan([service({ desired_count: undefined })], [change(ADDRESS, { desired_count: true, task_definition: true })]),
    );
    expect(services[0]?.demand).toBeUndefined();
    expect(issues.map(({ code, subject }) => [code, subject])).toEqual([
      ["unknown-demand", "default/api"],
      ["missing-task-definition", "default/api"],
    ]);
    for (const { detail } of issues) expect(detail).toContain(ADDRESS);
  });

  it("takes instance types and target capacity of the Auto Scaling group behind a capacity provider", () => {
    const resources = [
      resource("aws_launch_template", "api", { instance_type: "m7g.large" }),
      resource("aws_autoscaling_group", "api", { min_size: 1 }),
      resource("aws_ecs_capacity_provider", "api", {
        name: "instances",
        auto_scaling_group_provider: [{ managed_scaling: [{ status: "ENABLED", target_capacity: 80 }] }],
      }),
      definition({ requires_compatibilities: ["EC2"] }),
      service({ launch_type: null, capacity_provider_strategy: [{ capacity_provider: "instances", weight: 1 }] }),
    ];
    const configured = [
      refers("aws_autoscaling_group", "launch_template", "aws_launch_template.api.id", "aws_launch_template.api"),
      refers("aws_ecs_capacity_provider", "auto_scaling_group_provider", "aws_autoscaling_group.api.arn"),
      LINKED,
    ];
    const { services, shared } = readText(plan(resources, [change(ADDRESS, { task_definition: true })], configured));
    expect(shared.ec2).toMatchObject({ instanceTypes: ["m7g.large"], targetCapacity: 80 });
    expect(services[0]?.placement).toMatchObject({ items: [{ capacityProvider: "instances", weight: 1 }] });
    expect(shared.capacityProviders).toEqual([
      {
        ...{ name: "instances", type: "auto-scaling-group", purchase: "on-demand" },
        ...{ instanceTypes: ["m7g.large"], targetCapacity: 80, address: "aws_ecs_capacity_provider.api" },
      },
    ]);
  });

  const groupOf = (group: Json, template: Json = {}) => [
    resource("aws_launch_template", "api", { instance_type: "m7g.large", ...template }),
    resource("aws_autoscaling_group", "api", group),
    resource("aws_ecs_capacity_provider", "api", { name: "instances", auto_scaling_group_provider: [{}] }),
  ];
  const distribution = (values: Json) => ({ mixed_instances_policy: [{ instances_distribution: [values] }] });
  const linkedGroup = [
    refers("aws_autoscaling_group", "launch_template", "aws_launch_template.api.id", "aws_launch_template.api"),
    refers("aws_ecs_capacity_provider", "auto_scaling_group_provider", "aws_autoscaling_group.api.arn"),
  ];

  it.each([
    ["none on demand", distribution({ on_demand_percentage_above_base_capacity: 0 }), {}, "spot", 0],
    ["all on demand", distribution({ on_demand_percentage_above_base_capacity: 100 }), {}, "on-demand", 0],
    ["no percentage", distribution({ spot_allocation_strategy: "lowest-price" }), {}, "on-demand", 0],
    ["some on demand", distribution({ on_demand_percentage_above_base_capacity: 25 }), {}, "on-demand", 1],
    [
      "a base on demand",
      distribution({ on_demand_base_capacity: 1, on_demand_percentage_above_base_capacity: 0 }),
      ...[{}, "on-demand", 1],
    ],
    ["a Spot template", {}, { instance_market_options: [{ market_type: "spot" }] }, "spot", 0],
  ] as const)("tells how a group with %s buys", (_, group, template, purchase, told) => {
    const inventory = readText(plan([...groupOf(group, template), definition(), service()], [], linkedGroup));
    expect(inventory.shared.capacityProviders?.[0]?.purchase).toBe(purchase);
    expect(inventory.shared.instanceGroups?.map(({ mix }) => mix !== undefined)).toEqual([told === 1]);
  });

  it("leaves open how a group buys that is not in it", () => {
    const provider = resource("aws_ecs_capacity_provider", "api", {
      name: "instances",
      auto_scaling_group_provider: [{ auto_scaling_group_arn: "arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:x" }],
    });
    expect(readText(plan([provider, definition(), service()])).shared.capacityProviders).toEqual([
      { name: "instances", type: "auto-scaling-group", address: "aws_ecs_capacity_provider.api" },
    ]);
  });

  it("keeps task definitions of one family that no service uses, and one called like a service", () => {
    const twin = (name: string) => resource("aws_ecs_task_definition", name, TASK);
    const { services } = readText(
      plan([twin("a"), twin("b"), service()], [change(ADDRESS, { task_definition: true })]),
    );
    expect(services.map(({ id }) => id)).toEqual([
      "default/api",
      "default/aws_ecs_task_definition.a",
      "default/aws_ecs_task_definition.b",
    ]);
  });

  it("finds the services behind a load balancer by its listeners and rules", () => {
    const resources = [
      resource("aws_lb", "api", { name: "public", internal: true }),
      resource("aws_lb_listener", "api", {}),
      resource("aws_lb_listener_rule", "api", {}),
      resource("aws_lb_target_group", "api", {}),
      service({ task_definition: "api" }),
      definition(),
    ];
    const configured = [
      refers("aws_lb_listener", "load_balancer_arn", "aws_lb.api.arn", "aws_lb.api"),
      {
        address: "aws_lb_listener_rule.api",
        expressions: {
          listener_arn: { references: ["aws_lb_listener.api.arn"] },
          action: [{ target_group_arn: { references: ["aws_lb_target_group.api.arn"] } }],
        },
      },
      {
        address: ADDRESS,
        expressions: { load_balancer: [{ target_group_arn: { references: ["aws_lb_target_group.api.arn"] } }] },
      },
    ];
    expect(readText(plan(resources, [], configured)).shared.loadBalancers).toMatchObject([
      { name: "public", services: ["api"], publicIpv4Addresses: 0 },
    ]);
  });

  it("of managed instances runs there, and a service without launch type where its cluster says", () => {
    const resources = [
      resource("aws_ecs_capacity_provider", "api", {
        name: "mi",
        cluster: "c",
        managed_instances_provider: [
          {
            instance_launch_template: [
              {
                capacity_option_type: "SPOT",
                instance_requirements: [{ allowed_instance_types: ["m7g.large", "c7g.large"] }],
              },
            ],
          },
        ],
      }),
      resource("aws_ecs_cluster", "api", { name: "c" }),
      resource("aws_ecs_cluster_capacity_providers", "api", {
        cluster_name: "c",
        default_capacity_provider_strategy: [{ capacity_provider: "mi", base: 0, weight: 1 }],
      }),
      definition(),
      service({ launch_type: null, cluster: "c", task_definition: "api" }),
    ];
    const { services, shared } = readText(plan(resources));
    expect(services[0]).toMatchObject({
      id: "c/api",
      task: { cpu: 256 },
      placement: { kind: "strategy", items: [{ capacityProvider: "mi" }] },
    });
    expect(shared.capacityProviders).toMatchObject([
      {
        ...{ name: "mi", cluster: "c", type: "managed-instances", purchase: "spot" },
        instanceTypes: ["c7g.large", "m7g.large"],
      },
    ]);
  });

  it("of state, after apply, links by ARN and takes the region from it", () => {
    const arn = "arn:aws:ecs:eu-central-1:111122223333";
    const resources = [
      definition({ arn: `${arn}:task-definition/api:3`, revision: 3 }),
      service({ cluster: `${arn}:cluster/live`, task_definition: `${arn}:task-definition/api:3` }),
    ];
    const inventory = readText(JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }));
    expect(inventory.region).toBe("eu-central-1");
    expect(inventory.services).toMatchObject([{ id: "live/api", task: { cpu: 256 } }]);
  });

  it("keeps apart services of one name, by their addresses", () => {
    const twin = (name: string) =>
      resource("aws_ecs_service", name, { name: "api", desired_count: 1, task_definition: "api" });
    const { services } = readText(plan([definition(), twin("a"), twin("b")]));
    expect(services.map(({ id }) => id)).toEqual(["default/aws_ecs_service.a", "default/aws_ecs_service.b"]);
  });

  it("beside one of the same addresses keeps all services, by their files", () => {
    const text = plan([definition(), service({ task_definition: "api" })]);
    const folder = folderOf({ "dev.json": text, "prod.json": text });
    const { services } = readInventory([folder]);
    expect(new Set(services.map(({ id }) => id)).size).toBe(2);
    expect(services.map(({ name }) => name)).toEqual(
      ["dev", "prod"].map((name) => `${join(folder, `${name}.json`)}#${ADDRESS}`),
    );
  });

  it("prices no task definition that no service uses, and says so", () => {
    const { services, issues } = readText(plan([definition()]));
    expect(services).toMatchObject([{ id: "default/api", task: { cpu: 256 } }]);
    expect(services[0]?.demand).toBeUndefined();
    expect(issues).toMatchObject([{ code: "unknown-demand", severity: "warning", subject: "default/api" }]);
    const usage = { version: 1, usage: { "aws_ecs_task_definition.api": { runs: { perMonth: 30, seconds: 60 } } } };
    const told = readBoth(plan([definition()]), JSON.stringify(usage));
    expect(told.services[0]?.demand).toMatchObject({ kind: "runs", perMonth: 30, seconds: 60 });
    expect(told.issues).toEqual([]);
  });

  it("finds instances of for_each by the key of the service that refers to them", () => {
    const at = (type: string, key: string, values: Json) => ({
      ...resource(type, "api", values),
      address: `${type}.api["${key}"]`,
      index: key,
    });
    const both = ["a", "b"].flatMap((key, i) => [
      at("aws_ecs_task_definition", key, { ...TASK, family: key, cpu: String(256 * (i + 1)), memory: "1024" }),
      at("aws_ecs_service", key, { name: key, desired_count: 1, launch_type: "FARGATE" }),
    ]);
    const changes = ["a", "b"].map((key) => change(`aws_ecs_service.api["${key}"]`, { task_definition: true }));
    const chained = {
      ...refers("aws_ecs_service", "task_definition", "each.value.arn", "each.value"),
      for_each_expression: { references: ["aws_ecs_task_definition.api"] },
    };
    const keyed = refers("aws_ecs_service", "task_definition", "aws_ecs_task_definition.api", "each.key");
    for (const configured of [keyed, chained]) {
      const { services, assumptions } = readText(plan(both, changes, [configured]));
      expect(assumptions).toEqual([]);
      expect(services.map(({ name, task }) => [name, task?.cpu])).toEqual([
        ["a", 256],
        ["b", 512],
      ]);
    }
  });

  it("takes what a usage file gives at an address", () => {
    const usage = { version: 1, usage: { [ADDRESS]: { desiredCount: 7, cpu: "1 vCPU", memory: "2 GB" } } };
    const changes = [
      change(ADDRESS, { task_definition: true, desired_count: true }),
      change("aws_ecs_task_definition.api", { cpu: true }),
    ];
    const text = plan([definition({ cpu: undefined }), service({ desired_count: undefined })], changes, [LINKED]);
    const inventory = readBoth(text, JSON.stringify(usage));
    expect(inventory.services[0]).toMatchObject({ demand: { tasks: 7 }, task: { cpu: 1024, memory: 2048 } });
    expect(inventory.issues).toEqual([]);
  });

  it("that destroys everything is an empty inventory with an issue", () => {
    const { services, issues } = readText(
      JSON.stringify({
        format_version: "1.2",
        planned_values: { root_module: {} },
        resource_changes: [{ address: ADDRESS, change: { actions: ["delete"], after: null, after_unknown: {} } }],
      }),
    );
    expect(services).toEqual([]);
    expect(issues).toMatchObject([{ code: "ignored-input", severity: "info" }]);
    expect(issues[0]?.detail).toContain("deletes everything");
  });

  it.each([
    ["containers that are no JSON", plan([definition({ container_definitions: "[{" })]), /is no JSON/],
    [
      "containers that are no list",
      plan([definition({ container_definitions: "{}" })]),
      /must be a list of containers/,
    ],
    ["a count that is no number", plan([service({ desired_count: "many" })]), /desired_count: must be a whole number/],
    [
      "a size that ECS does not take",
      plan([definition({ cpu: "lots" })]),
      /cpu of the task definition must be CPU units/,
    ],
    [
      "resources that are no list",
      JSON.stringify({ format_version: "1.2", planned_values: { root_module: { resources: {} } } }),
      /resources: must be a list/,
    ],
    ["a format of another time", JSON.stringify({ format_version: "9.0", planned_values: {} }), /format_version/],
  ])("is refused for %s", (_, text, message) => {
    const error = refusal(() => readText(text));
    expect(error.message).toMatch(message);
    expect(error.source).toBe("user");
  });
});

function readBoth(planText: string, usageText: string) {
  const folder = folderOf({ "plan.json": planText, "usage.json": usageText });
  return readInventory([join(folder, "plan.json"), join(folder, "usage.json")]);
}
