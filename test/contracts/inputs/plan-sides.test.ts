import { join } from "node:path";
import { diff, estimate } from "@ecs-cost/core";
import { readInventory, readPlanSides } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { folderOf, refusal } from "./inventory-input.ts";

type Json = Record<string, unknown>;

const ARN = "arn:aws:ecs:eu-west-1:111122223333";
const definitionArn = (family: string, revision: number) => `${ARN}:task-definition/${family}:${revision}`;

const resource = (address: string, values: Json, more: Json = {}) => {
  const [, type = "", name = ""] = /(aws_\w+)\.(\w+)/.exec(address) ?? [];
  return { address, mode: "managed", type, name, values, ...more };
};
const definition = (address: string, family: string, size: readonly [number, number], revision?: number) =>
  resource(address, {
    ...{ family, cpu: String(size[0]), memory: String(size[1]), network_mode: "awsvpc", container_definitions: "[]" },
    ...(revision === undefined ? {} : { arn: definitionArn(family, revision), revision }),
  });
const service = (address: string, name: string, values: Json = {}) =>
  resource(address, { name, desired_count: 2, launch_type: "FARGATE", cluster: `${ARN}:cluster/live`, ...values });
const change = (address: string, actions: readonly string[], more: Json = {}, body: Json = {}) => ({
  ...{ address, mode: "managed", ...more },
  change: { actions, ...body },
});
const refers = (address: string, to: string) => ({ address, expressions: { task_definition: { references: [to] } } });

interface Parts {
  readonly prior?: Json;
  readonly planned: Json;
  readonly changes: readonly Json[];
  readonly configured?: readonly Json[];
  readonly more?: Json;
}

const planText = ({ prior, planned, changes, configured = [], more = {} }: Parts): string =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: planned },
    resource_changes: changes,
    ...(prior === undefined ? {} : { prior_state: { format_version: "1.0", values: { root_module: prior } } }),
    configuration: { root_module: { resources: configured } },
    ...more,
  });

const sidesOf = (parts: Parts, usage?: Json) => {
  const folder = folderOf({
    "plan.json": planText(parts),
    ...(usage === undefined ? {} : { "usage.json": JSON.stringify({ version: 1, usage }) }),
  });
  return readPlanSides([folder]);
};

const shown = ({ services }: ReturnType<typeof readInventory>) =>
  services.map(({ id, task, demand, address }) => [
    id,
    task === undefined ? null : task.cpu,
    demand?.kind === "count" ? demand.tasks : null,
    address,
  ]);

const TASK = "aws_ecs_task_definition.api";
const API = "aws_ecs_service.api";

/** A size is changed, so the task definition is replaced and the service updated. */
const RESIZED: Parts = {
  prior: {
    resources: [
      definition(TASK, "api", [256, 512], 3),
      service(API, "api", { task_definition: definitionArn("api", 3) }),
    ],
  },
  planned: { resources: [definition(TASK, "api", [1024, 2048]), service(API, "api", { desired_count: 3 })] },
  changes: [
    change(TASK, ["delete", "create"], {}, { after_unknown: { arn: true, revision: true } }),
    change(API, ["update"], {}, { after_unknown: { task_definition: true } }),
  ],
  configured: [refers(API, TASK)],
};

describe("both sides of a plan", () => {
  it("are its state and its planned values: a replaced task definition has its old size before", () => {
    const { before, after } = sidesOf(RESIZED);
    expect(shown(before)).toEqual([["live/api", 256, 2, API]]);
    expect(shown(after)).toEqual([["live/api", 1024, 3, API]]);
    expect([before.region, after.region]).toEqual(["eu-west-1", "eu-west-1"]);
  });

  it("follow the ARNs of the state, whatever the configuration refers to now", () => {
    const other = "aws_ecs_task_definition.other";
    const both = [definition(TASK, "api", [256, 512], 3), definition(other, "other", [512, 1024], 1)];
    const { before, after } = sidesOf({
      prior: { resources: [...both, service(API, "api", { task_definition: definitionArn("api", 3) })] },
      planned: { resources: [...both, service(API, "api", { task_definition: definitionArn("other", 1) })] },
      changes: [change(API, ["update"])],
      configured: [refers(API, other)],
    });
    const sizeOf = ({ services }: typeof before) => services.find(({ name }) => name === "api")?.task?.cpu;
    expect([sizeOf(before), sizeOf(after)]).toEqual([256, 512]);
  });

  it("of a first apply have nothing before", () => {
    const { before, after } = sidesOf({ ...RESIZED, prior: undefined as never, changes: [] });
    expect([before.services, before.shared.natGateways]).toEqual([[], undefined]);
    expect(shown(after)).toEqual([["live/api", 1024, 3, API]]);
  });

  it("of a plan that destroys have nothing after", () => {
    const { before, after } = sidesOf({
      ...{ prior: RESIZED.prior as Json, planned: {} },
      changes: [change(TASK, ["delete"]), change(API, ["delete"])],
    });
    expect(shown(before)).toHaveLength(1);
    expect(after.services).toEqual([]);
  });

  it("are read from the changes where the plan holds no state, modules included", () => {
    const module = "module.shop.aws_ecs_service.api[0]";
    const task = "module.shop.aws_ecs_task_definition.api";
    const parts = (address: string, type: string, before: Json, more: Json = {}) =>
      change(address, ["update"], { type, name: "api", module_address: "module.shop", ...more }, { before });
    const { before } = sidesOf({
      planned: {},
      changes: [
        parts(task, "aws_ecs_task_definition", definition(task, "api", [256, 512], 3).values),
        parts(
          module,
          "aws_ecs_service",
          service(module, "api", { task_definition: definitionArn("api", 3) }).values as Json,
          { index: 0 },
        ),
      ],
    });
    expect(shown(before)).toEqual([["live/api", 256, 2, module]]);
  });

  it.each(["the new", "the old"])("match what was moved, where the state has %s address", (which) => {
    const old = "aws_ecs_service.web";
    const stateAddress = which === "the new" ? API : old;
    const usage = { [API]: { desiredCount: 9 } };
    const { before, after } = sidesOf(
      {
        prior: { resources: [service(stateAddress, "api", { task_definition: definitionArn("api", 3) })] },
        planned: { resources: [service(API, "api", { task_definition: definitionArn("api", 3) })] },
        changes: [change(API, ["no-op"], { previous_address: old })],
      },
      usage,
    );
    expect(before.services).toMatchObject([{ address: API, demand: { tasks: 9 } }]);
    expect(after.services).toMatchObject([{ address: API, previousAddress: old, demand: { tasks: 9 } }]);
  });

  it("of a module with for_each and count keep each instance apart", () => {
    const at = (key: string, name: string, index: number, tasks: number) =>
      service(`module.shop["${key}"].aws_ecs_service.this[${index}]`, name, {
        ...{ desired_count: tasks, task_definition: definitionArn("api", 3) },
      });
    const modules = (...entries: readonly (readonly [string, readonly Json[]])[]) => ({
      child_modules: entries.map(([key, resources]) => ({ address: `module.shop["${key}"]`, resources })),
    });
    const { before, after } = sidesOf({
      prior: modules(["a.b", [at("a.b", "one", 0, 1), at("a.b", "two", 1, 1)]]),
      planned: modules(["a.b", [at("a.b", "one", 0, 4)]], ["c", [at("c", "three", 0, 1)]]),
      changes: [],
    });
    expect(shown(before).map(([id, , , address]) => [id, address])).toEqual([
      ["live/one", 'module.shop["a.b"].aws_ecs_service.this[0]'],
      ["live/two", 'module.shop["a.b"].aws_ecs_service.this[1]'],
    ]);
    expect(after.services.map(({ name }) => name)).toEqual(["one", "three"]);
  });

  it("leave out what Terraform forgets and deposed objects, which are on neither side or replaced", () => {
    const forgotten = service("aws_ecs_service.left", "left");
    const deposed = { ...definition(TASK, "api", [4096, 8192], 2), deposed_key: "1a2b3c4d" };
    const { before, after } = sidesOf({
      ...RESIZED,
      prior: { resources: [...((RESIZED.prior as Json)["resources"] as Json[]), deposed, forgotten] },
      changes: [
        ...RESIZED.changes,
        change("aws_ecs_service.left", ["forget"]),
        change(TASK, ["delete"], { deposed: "1a2b3c4d" }, { after_unknown: {} }),
      ],
    });
    expect(shown(before)).toEqual([["live/api", 256, 2, API]]);
    expect(shown(after)).toEqual([["live/api", 1024, 3, API]]);
  });

  it.each([
    ["no changes", []],
    ["changes that do nothing", [change(API, ["no-op"])]],
  ])("of a plan that only refreshes are what was recorded and what was found: %s", (_, changes) => {
    const found = RESIZED.prior as Json;
    const drift = [
      change(
        API,
        ["update"],
        {},
        { before: service(API, "api", { desired_count: 7, task_definition: definitionArn("api", 3) }).values },
      ),
      change(
        "aws_ecs_service.gone",
        ["delete"],
        { type: "aws_ecs_service", name: "gone" },
        { before: service("", "gone").values },
      ),
    ];
    const { before, after } = sidesOf({ prior: found, planned: {}, changes, more: { resource_drift: drift } });
    expect(before.services.map(({ name, demand }) => [name, demand])).toEqual([
      ["api", { kind: "count", tasks: 7 }],
      ["gone", { kind: "count", tasks: 2 }],
    ]);
    expect(shown(after)).toEqual([["live/api", 256, 2, API]]);
  });
});

describe("a plan of the public ECS module that is applied for the first time", () => {
  const plan = new URL("fixtures/terraform/ecs-module.json", import.meta.url).pathname;
  const { before, after } = readPlanSides([plan]);
  const [api, worker] = estimate(after, pinnedCatalogue("us-east-1")).services;

  it("has nothing before, and afterwards the services of its modules with their addresses", () => {
    expect(before.services).toEqual([]);
    expect(after.services.map(({ address, definitionAddress }) => [address, definitionAddress])).toEqual(
      ["api", "worker"].map((key) => [
        `module.ecs.module.service["${key}"].aws_ecs_service.this[0]`,
        `module.ecs.module.service["${key}"].aws_ecs_task_definition.this[0]`,
      ]),
    );
  });

  it("splits tasks by base and weights, and prices those on FARGATE_SPOT as Spot", () => {
    expect(api?.tasks).toEqual({ FARGATE: 4, FARGATE_SPOT: 6 });
    expect(api?.lineItems.slice(0, 4).map(({ dimension, quantity }) => [dimension, quantity.toFixed()])).toEqual([
      ["fargate/linux/arm64/vcpu-hour", "2920"],
      ["fargate/linux/arm64/gb-hour", "5840"],
      ["fargate-spot/linux/arm64/vcpu-hour", "4380"],
      ["fargate-spot/linux/arm64/gb-hour", "8760"],
    ]);
    expect(worker?.tasks).toEqual({ FARGATE: 4 });
  });

  it("names shared resources by their addresses", () => {
    const { natGateways, loadBalancers, vpcEndpoints } = after.shared;
    expect(natGateways?.addresses).toEqual([
      "module.vpc.aws_nat_gateway.this[0]",
      "module.vpc.aws_nat_gateway.this[1]",
    ]);
    expect([...loadBalancers, ...vpcEndpoints].map(({ address }) => address)).toEqual([
      ...["aws_lb.public", "aws_vpc_endpoint.logs", "aws_vpc_endpoint.s3"],
    ]);
  });
});

describe("a plan that holds nothing of ECS", () => {
  it("is empty on both sides, in the region of its provider", () => {
    const { before, after } = sidesOf({
      ...{ planned: {}, changes: [] },
      more: {
        configuration: { provider_config: { aws: { expressions: { region: { constant_value: "eu-west-1" } } } } },
      },
    });
    expect([before.services, after.services, before.region, after.region]).toEqual([[], [], "eu-west-1", "eu-west-1"]);
  });
});

describe("an input that has one side", () => {
  it.each([
    ["a workload file", { "a.yaml": "version: 1\nservices: []\n" }],
    ["a CloudFormation template", { "a.json": '{"Resources":{"C":{"Type":"AWS::ECS::Cluster"}}}' }],
    ["a task definition", { "a.json": '{"family":"a","cpu":"256","memory":"512","containerDefinitions":[]}' }],
    ["a state of Terraform", { "a.json": '{"format_version":"1.0","values":{"root_module":{}}}' }],
  ])("is refused by name: %s", (what, files) => {
    const folder = folderOf(files);
    const file = join(folder, Object.keys(files)[0] ?? "");
    const error = refusal(() => readPlanSides([file]));
    expect(error.code).toBe("one-sided");
    expect(error.message).toBe(`${file}: is ${what}, which does not say what was before`);
    expect(error.hint).toContain("BASE HEAD");
  });
});

describe("a service of a template that is renamed", () => {
  it("is changed, because its logical id stays", () => {
    const template = (name: string, count: number) =>
      JSON.stringify({
        Resources: {
          Task: {
            Type: "AWS::ECS::TaskDefinition",
            Properties: { Family: "api", Cpu: "256", Memory: "512", ContainerDefinitions: [{ Name: "app" }] },
          },
          Service: {
            Type: "AWS::ECS::Service",
            Properties: {
              ServiceName: name,
              LaunchType: "FARGATE",
              DesiredCount: count,
              TaskDefinition: { Ref: "Task" },
            },
          },
        },
      });
    const side = (text: string) => ({
      of: "inventory" as const,
      inventory: readInventory(["-"], { stdin: () => text, region: "us-east-1" }),
      catalogue: pinnedCatalogue("us-east-1"),
    });
    const { changes } = diff(side(template("api", 1)), side(template("web", 2)));
    expect(changes.map(({ kind, subject, address, causes }) => [kind, subject, address, causes.length])).toEqual([
      ["changed", "default/web", "Service", 2],
    ]);
    expect(changes[0]?.causes[0]).toMatchObject({ attribute: "name", from: "api", to: "web" });
  });
});

describe("addresses", () => {
  it("of two templates in a folder are told apart by their files, wherever the folder lies", () => {
    const template = '{"Resources":{"Service":{"Type":"AWS::ECS::Service","Properties":{"ServiceName":"NAME"}}}}';
    const read = () =>
      readInventory([
        folderOf({ "a.json": template.replace("NAME", "a"), "b.json": template.replace("NAME", "b") }),
      ]).services.map(({ address }) => address);
    expect(read()).toEqual(["a.json#Service", "b.json#Service"]);
    expect(read()).toEqual(read());
  });

  it("of task definitions that no service uses are their files", () => {
    const text = (family: string) =>
      JSON.stringify({ family, cpu: "256", memory: "512", containerDefinitions: [{ name: "app" }] });
    const folder = folderOf({ "web/api.json": text("api"), "jobs/worker.json": text("worker") });
    expect(readInventory([folder]).services.map(({ name, address }) => [name, address])).toEqual([
      ["worker", "jobs/worker.json"],
      ["api", "web/api.json"],
    ]);
    expect(readInventory([join(folder, "web/api.json")]).services[0]?.address).toBe("api.json");
  });
});
