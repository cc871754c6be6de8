import { join } from "node:path";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { folderOf, readText, refusal } from "./inventory-input.ts";

const STATE = { version: 4, terraform_version: "1.11.4", serial: 7, lineage: "x", resources: [] };

describe("a file that is nearly an input", () => {
  it.each([
    [
      '{"@level":"info","@message":"Plan","type":"version"}\n{"@level":"info","type":"planned_change"}\n',
      /terraform show -json/,
    ],
    ['{"@level":"info","@message":"Plan","type":"version"}\n', /terraform show -json/],
    [JSON.stringify(STATE), /terraform show -json/],
    ['resource "aws_ecs_service" "web" {\n  desired_count = 2\n}\n', /terraform show -json/],
    ['terraform {\n  required_version = ">= 1.5"\n}\n', /terraform show -json/],
    ['{"resource":{"aws_ecs_service":{"web":{"desired_count":2}}}}', /terraform show -json/],
    ['  # aws_ecs_service.web will be created\n  + resource "aws_ecs_service" "web" {\n', /terraform show -json/],
    ['{"serviceArns":["arn:aws:ecs:us-east-1:123456789012:service/a/b"]}', /describe-services/],
    ['{"taskDefinitionArns":[]}', /describe-task-definition/],
    ['{"ChangeSetName":"x","Changes":[]}', /get-template/],
    ['{"app":"npx ts-node bin/app.ts","context":{}}', /cdk synth/],
    ["name: shop\nruntime: nodejs\n", /pulumi preview --json/],
    ["apiVersion: apps/v1\nkind: Deployment\n", /does not run on ECS/],
    ['{"family": "{{ must_env `NAME` }}", "cpu": {{ env `CPU` }} }', /ecspresso render/],
  ])("is refused with what to give instead: %s", (text, hint) => {
    const error = refusal(() => readText(text));
    expect(error.code).toBe("unknown-format");
    expect(error.hint).toMatch(hint);
  });

  it("is passed over in a folder, with the same hint", () => {
    const folder = folderOf({
      "state.json": JSON.stringify(STATE),
      "w.yaml": "version: 1\nservices: []\nshared: {}\n",
    });
    const { issues } = readInventory([folder]);
    expect(issues).toMatchObject([{ code: "ignored-input", detail: expect.stringContaining("terraform show -json") }]);
  });
});

describe("a usage file", () => {
  const TEMPLATE = JSON.stringify({
    Resources: { Gateway: { Type: "AWS::EC2::NatGateway" }, Role: { Type: "AWS::IAM::Role" } },
  });
  const usage = (entries: object) => {
    const folder = folderOf({ "t.json": TEMPLATE, "u.json": JSON.stringify({ version: 1, usage: entries }) });
    return () => readInventory([join(folder, "t.json"), join(folder, "u.json")]);
  };

  it("of what is not there is refused, with the nearest address", () => {
    expect(refusal(usage({ Gatewai: { gb: 5 } })).message).toMatch(/no plan or template holds .*"Gatewai".*"Gateway"/);
  });

  it.each([
    [
      { Gateway: { desiredCount: 2 } },
      /desiredCount has no effect on "Gateway": of AWS::EC2::NatGateway it can give gb/,
    ],
    [{ Gateway: { gb: 1, azs: 2 } }, /azs has no effect/],
    [{ Role: { gb: 1 } }, /nothing can be given for AWS::IAM::Role/],
  ])("with a key that has no effect is refused: %j", (entries, message) => {
    expect(refusal(usage(entries)).message).toMatch(message);
  });

  it("whose keys have an effect is read", () => {
    expect(usage({ Gateway: { gb: 5 } })().shared.natGateways?.gb).toBe("5");
  });
});

describe("a template inside a plan", () => {
  const plan = (values: object) =>
    JSON.stringify({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            {
              address: "aws_cloudformation_stack.a",
              mode: "managed",
              type: "aws_cloudformation_stack",
              name: "a",
              values,
            },
          ],
        },
      },
    });

  it.each([[{ template_body: "{ [ :" }], [{ template_url: "https://example.com/t.json" }], [{}]])(
    "that cannot be read costs only itself: %j",
    (values) => {
      expect(readText(plan(values)).issues).toMatchObject([
        { code: "not-understood", severity: "warning", subject: "aws_cloudformation_stack.a" },
      ]);
    },
  );
});

describe("logs of a group", () => {
  it("are given once, of the group or of the service that writes to it", () => {
    const template = {
      Resources: {
        Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/app" } },
        Task: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            ...{ Cpu: "256", Memory: "512" },
            ContainerDefinitions: [
              { Name: "a", LogConfiguration: { LogDriver: "awslogs", Options: { "awslogs-group": { Ref: "Group" } } } },
            ],
          },
        },
        Service: { Type: "AWS::ECS::Service", Properties: { TaskDefinition: { Ref: "Task" } } },
      },
    };
    const logs = { logs: { gbPerMonth: 4 } };
    const folder = folderOf({
      "t.json": JSON.stringify(template),
      "u.json": JSON.stringify({ version: 1, usage: { Group: logs, Service: logs } }),
    });
    expect(refusal(() => readInventory([folder])).message).toMatch(/"Group" are given, and again at a service/);
  });
});
