import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type SizeChange, suggestSizes } from "@ecs-cost/core/patch";
import { describe, expect, it } from "vitest";
import { folderOf } from "./inventory-input.ts";

const change = (id: string, cpu: number, memory: number, more: Partial<SizeChange> = {}): SizeChange => ({
  ...{ id, size: { cpu, memory }, containers: [] },
  ...more,
});

const DEFINITION = `{
  "family": "api",
  "cpu": "1 vCPU",
  "memory": "2048",
  "containerDefinitions": [{ "name": "app", "cpu": 1024 }]
}
`;

describe("suggestions", () => {
  it("for a task definition are a patch of its file", () => {
    const folder = folderOf({ "api.json": DEFINITION });
    const containers = [{ name: "app", sidecar: false, cpu: 256 }];
    const { suggestions, issues } = suggestSizes([folder], [change("default/api", 256, 512, { containers })]);
    expect(issues).toEqual([]);
    expect(suggestions).toMatchObject([
      {
        subjects: ["default/api"],
        format: "task-definition",
        file: join(folder, "api.json"),
        address: null,
        changes: [
          { attribute: "cpu", from: "1 vCPU", to: "0.25 vCPU" },
          { attribute: "memory", from: "2048", to: "512" },
          { attribute: "containerDefinitions[0].cpu", from: 1024, to: 256 },
        ],
      },
    ]);
    expect(suggestions[0]?.patch).toContain('-  "cpu": "1 vCPU",\n-  "memory": "2048",\n');
    expect(suggestions[0]?.patch).toContain('+  "cpu": "0.25 vCPU",\n+  "memory": "512",\n');
    expect(readFileSync(join(folder, "api.json"), "utf8")).toBe(DEFINITION);
  });

  it("names a task definition in a list by its place", () => {
    const folder = folderOf({ "all.json": `[${DEFINITION}, ${DEFINITION.replace('"api"', '"worker"')}]` });
    const { suggestions } = suggestSizes([folder], [change("default/worker", 512, 2048)]);
    expect(suggestions.map(({ changes }) => changes)).toEqual([
      [{ attribute: "[1].cpu", from: "1 vCPU", to: "0.5 vCPU" }],
    ]);
  });

  it.each([
    [
      "YAML",
      "w.yaml",
      "version: 1\nservices:\n  - name: api\n    task: { cpu: '1 vCPU', memory: 2 GB } # as it is\n",
      "+    task: { cpu: '0.5 vCPU', memory: 1 GB } # as it is\n",
    ],
    [
      "JSON",
      "w.json",
      '{"version":1,"services":[{"name":"api","task":{"cpu":1024,"memory":"2 GB"}}]}\n',
      '+{"version":1,"services":[{"name":"api","task":{"cpu":512,"memory":"1 GB"}}]}\n',
    ],
  ])("for a workload file are a patch of it: %s", (_, file, text, line) => {
    const folder = folderOf({ [file]: text });
    const wanted = change("default/api", 512, 1024, { current: { cpu: 1024, memory: 2048 } });
    const { suggestions, issues } = suggestSizes([join(folder, file)], [wanted]);
    expect(issues).toEqual([]);
    expect(suggestions[0]).toMatchObject({
      format: "workload",
      changes: [
        { attribute: "services[0].task.cpu", from: 1024, to: 512 },
        { attribute: "services[0].task.memory", from: 2048, to: 1024 },
      ],
    });
    expect(suggestions[0]?.patch).toContain(line);
  });

  it("leave a size alone that an alias gives, and say so", () => {
    const text =
      "version: 1\nservices:\n  - { name: a, task: &t { cpu: 256, memory: 512 } }\n  - { name: b, task: *t }\n";
    const { suggestions, issues } = suggestSizes([folderOf({ "w.yaml": text })], [change("default/b", 512, 1024)]);
    expect(suggestions).toEqual([]);
    expect(issues).toMatchObject([{ code: "not-patched", subject: "default/b" }]);
  });

  const plan = (services: readonly string[]) =>
    JSON.stringify({
      format_version: "1.2",
      planned_values: {
        root_module: {
          child_modules: [
            {
              address: "module.api",
              resources: [
                {
                  ...{ address: "module.api.aws_ecs_task_definition.this[0]", mode: "managed", index: 0 },
                  ...{ type: "aws_ecs_task_definition", name: "this" },
                  values: {
                    family: "api",
                    cpu: "1024",
                    memory: "2048",
                    container_definitions: '[{"name":"app","memory":2048}]',
                  },
                },
                ...services.map((name) => ({
                  ...{ address: `module.api.aws_ecs_service.${name}`, mode: "managed", type: "aws_ecs_service", name },
                  values: { name, desired_count: 1, task_definition: "api", cluster: "live" },
                })),
              ],
            },
          ],
        },
      },
    });

  it("for Terraform are the attributes of the task definition, by its address", () => {
    const text = plan(["api"]);
    const containers = [{ name: "app", sidecar: false, memory: 1024 }];
    const { suggestions } = suggestSizes(["-"], [change("live/api", 512, 1024, { containers })], text);
    expect(suggestions).toEqual([
      {
        ...{ subjects: ["live/api"], format: "terraform", file: "-", patch: null },
        address: "module.api.aws_ecs_task_definition.this[0]",
        changes: [
          { attribute: "cpu", from: "1024", to: "512" },
          { attribute: "memory", from: "2048", to: "1024" },
          { attribute: "container_definitions[0].memory", from: 2048, to: 1024 },
        ],
      },
    ]);
  });

  it("are none where services that share a task definition need different sizes", () => {
    const { suggestions, issues } = suggestSizes(["-"], [change("live/api", 512, 1024)], plan(["api", "worker"]));
    expect(suggestions).toEqual([]);
    expect(issues).toMatchObject([{ code: "not-patched", subject: "live/api" }]);
    const both = ["api", "worker"].map((name) => change(`live/${name}`, 512, 1024));
    expect(suggestSizes(["-"], both, plan(["api", "worker"])).suggestions).toMatchObject([
      { subjects: ["live/api", "live/worker"] },
    ]);
  });

  it("for CloudFormation are the properties of the resource, by its logical path", () => {
    const template = {
      Resources: {
        Task: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: { Family: "api", Cpu: 1024, Memory: "2048", ContainerDefinitions: [{ Name: "app" }] },
        },
        Service: {
          Type: "AWS::ECS::Service",
          Properties: { ServiceName: "api", Cluster: "live", TaskDefinition: { Ref: "Task" } },
        },
      },
    };
    const folder = folderOf({ "t.json": JSON.stringify(template) });
    expect(suggestSizes([folder], [change("live/api", 512, 1024)]).suggestions).toMatchObject([
      {
        ...{ format: "cloudformation", file: join(folder, "t.json"), address: "Task", patch: null },
        changes: [
          { attribute: "Properties.Cpu", from: expect.anything(), to: expect.anything() },
          { attribute: "Properties.Memory", from: "2048", to: "1024" },
        ],
      },
    ]);
  });
});
