import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { folderOf, readText, refusal } from "./inventory-input.ts";

const folder = (name: string) => fileURLToPath(new URL(`fixtures/cloudformation/${name}`, import.meta.url));
const subjects = (inventory: ReturnType<typeof readInventory>, code: string) =>
  inventory.issues.filter((issue) => issue.code === code).map(({ severity, subject }) => [severity, subject]);

describe("a template that the CDK synthesizes", () => {
  const inventory = readInventory([folder("cdk/Shop.template.json")]);
  const [web] = inventory.services;

  it("gives its service by logical ids, with the task definition, tags and target tracking behind it", () => {
    expect(web).toMatchObject({
      id: "ClusterEB0386A7/WebServiceB2D4A6E8",
      task: { cpu: 512, memory: 1024, architecture: "arm64", networkMode: "awsvpc" },
      autoscaling: { minTasks: 5, maxTasks: 20, cpuTargetPercent: 60 },
      minimumHealthyPercent: 50,
    });
    expect({ ...web?.tags }).toEqual({ team: "web" });
  });

  it("runs the least tasks that scaling keeps, split by its strategy", () => {
    expect(web?.demand).toEqual({ kind: "count", tasks: 5 });
    expect(web?.placement).toMatchObject({
      kind: "strategy",
      items: [
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
      ],
    });
  });

  it("takes its region from the manifest beside it", () => {
    expect(inventory.region).toBe("eu-west-1");
  });

  it("gives what comes along, and names what only use can tell", () => {
    expect(inventory.shared).toMatchObject({
      natGateways: { count: 1, gb: "0" },
      vpcEndpoints: [{ service: "ecr.dkr", type: "interface", azs: 2 }],
      loadBalancers: [{ type: "application", publicIpv4Addresses: 2, services: ["WebServiceB2D4A6E8"] }],
      clusters: [{ containerInsights: "standard" }],
    });
    expect(subjects(inventory, "unknown-cost")).toEqual([
      ["info", "VpcPublicSubnet1NATGateway4D7517AA"],
      ["info", "VpcEcrEndpoint"],
      ["info", "WebLB9D8B2A4C"],
      ["info", "WebLogGroup5C6AE2F1"],
    ]);
  });

  it("takes logs from a usage file, class and retention from the log group", () => {
    const usage = { version: 1, usage: { WebServiceB2D4A6E8: { logs: { gbPerMonth: 9 } } } };
    const file = join(folderOf({ "usage.json": JSON.stringify(usage) }), "usage.json");
    const { services, issues } = readInventory([folder("cdk/Shop.template.json"), file]);
    expect(services[0]?.logs).toEqual({ gbPerMonth: "9", class: "standard", retentionDays: 30 });
    expect(issues.map(({ subject }) => subject)).not.toContain("WebLogGroup5C6AE2F1");
  });
});

describe("a template that Copilot packages", () => {
  it("reads short tags, parameters beside it, mappings and conditions, and finds its cluster in another stack", () => {
    const { services } = readInventory([folder("copilot")]);
    expect(services).toMatchObject([
      {
        id: "demo-prod/Service",
        taskDefinition: "demo-prod-api",
        demand: { kind: "count", tasks: 6 },
        task: { cpu: 256, memory: 512, architecture: "arm64" },
        placement: { kind: "strategy", items: [{ capacityProvider: "FARGATE_SPOT" }, { base: 2 }] },
        network: { publicIp: true },
      },
    ]);
  });

  it("without its parameters leaves size and count open, by logical id", () => {
    const text = `Parameters: { Count: { Type: Number }, Cpu: { Type: String } }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: { Family: api, Cpu: !Ref Cpu, Memory: "512", ContainerDefinitions: [] }
  Service:
    Type: AWS::ECS::Service
    Properties: { TaskDefinition: !Ref Task, DesiredCount: !Ref Count, LaunchType: FARGATE }
`;
    const { services, issues } = readText(text);
    expect([services[0]?.task, services[0]?.demand]).toEqual([undefined, undefined]);
    expect(issues).toMatchObject([
      { code: "unknown-demand", severity: "error", subject: "default/Service" },
      { code: "missing-task-size", severity: "error", subject: "default/Service" },
    ]);
    expect(issues[1]?.detail).toContain("cpu of Task is known after deployment only");
  });
});

describe("nested stacks in a folder", () => {
  const inventory = readInventory([folder("nested")]);

  it("are read once, with their parameters, and linked by their outputs", () => {
    expect(inventory.services.map(({ id, task, demand }) => [id, task?.cpu, task?.memory, demand])).toEqual([
      ["Platform/Cluster/Api/Service", 512, 1024, { kind: "count", tasks: 1 }],
      ["Platform/Cluster/Worker/Service", 1024, 2048, { kind: "count", tasks: 3 }],
    ]);
  });

  it("inherit the default strategy of their cluster", () => {
    const strategy = { kind: "strategy", items: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }] };
    expect(inventory.services.map(({ placement }) => placement)).toEqual([strategy, strategy]);
  });

  it("that are not there are named", () => {
    expect(subjects(inventory, "not-understood")).toEqual([["warning", "Gone"]]);
  });

  it("never reach out of the folder, nor hold themselves", () => {
    const stack = (url: string) => ({
      Resources: { A: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: url } } },
    });
    const files = {
      "in/a.json": JSON.stringify(stack("../b.json")),
      "in/c.json": JSON.stringify(stack("c.json")),
      "b.json": "{",
    };
    const root = folderOf(files);
    for (const [name, detail] of [
      ["in/a.json", "not in the folder"],
      ["in/c.json", "holds itself"],
    ] as const) {
      expect(readInventory([join(root, name)]).issues[0]?.detail).toContain(detail);
    }
  });
});

const parameters =
  "Parameters: { Known: { Type: String, Default: b }, Open: { Type: String }, List: { Type: CommaDelimitedList, Default: 'x, 3' } }";
const countOf = (expression: string, more = "") =>
  readText(`${parameters}
${more}
Resources:
  Other: { Type: AWS::ECS::Cluster }
  Service: { Type: AWS::ECS::Service, Properties: { DesiredCount: ${expression} } }
`).services[0]?.demand;

describe("a value of a template", () => {
  it.each([
    ["!Select [1, !Ref List]", 3],
    ["!Select [1, [!Ref Open, 4]]", 4],
    ['!Select [0, !Split ["-", "7-8"]]', 7],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation
    ['!Sub ["${A}${B}", { A: 1, B: 2 }]', 12],
    ["!Join ['', [1, !Select [1, !Ref List]]]", 13],
    ["!If [Yes, 2, 5]", 2],
    ["!If [No, 2, 5]", 5],
    ["!If [Maybe, 6, 6]", 6],
    ["!FindInMap [Counts, !Ref Known, Tasks]", 9],
    ["!If [Yes, !Ref 'AWS::NoValue', 5]", 1],
    ["{ 'Fn::Length': !Ref List }", 2],
    ["!Ref Open", undefined],
    ["!If [Maybe, 2, 5]", undefined],
    ["!FindInMap [Counts, !Ref Open, Tasks]", undefined],
    ["!GetAtt Other.Arn", undefined],
    ["!ImportValue Count", undefined],
    ["'{{resolve:ssm:/count:1}}'", undefined],
    ["!Select [5, !Ref List]", undefined],
  ])("%s is %s", (expression, tasks) => {
    const conditions = `Conditions:
  Yes: !Equals [!Ref Known, b]
  No: !Not [!Condition Yes]
  Maybe: !And [!Condition Yes, !Equals [!Ref Open, b]]
Mappings: { Counts: { b: { Tasks: 9 } } }`;
    expect(countOf(expression, conditions)).toEqual(tasks === undefined ? undefined : { kind: "count", tasks });
  });

  it.each([
    '{"Resources":{"__proto__":null,"A":{"Type":"AWS::ECS::Cluster"}},"Outputs":{"__proto__":null},"Parameters":{"__proto__":null}}',
    '{"Resources":{"A":{"Type":"AWS::ApplicationAutoScaling::ScalingPolicy","Properties":{"TargetTrackingScalingPolicyConfiguration":{"PredefinedMetricSpecification":{"PredefinedMetricType":"constructor"}}}}}}',
    '{"Resources":{"A":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterSettings":[{"Name":"containerInsights","Value":"constructor"}]}}}}',
    '{"Resources":{"__proto__":null,"A":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":{"Fn::GetAtt":["__proto__","Outputs.x"]}}}}}',
    '{"Resources":{"A":{"Type":"AWS::ECS::Cluster"}},"Conditions":{"A":{"Condition":"A"}}}',
    '{"version":1,"usage":{"__proto__":null}}',
  ])("may have names that mean something elsewhere: %s", (text) => {
    const inventory = readBeside(text);
    expect(inventory.services).toEqual([]);
    expect(inventory.shared.containerInsights).toBe("off");
  });

  it("counts resources whose condition holds or may hold, and says which may", () => {
    const text = (condition: string) => `Parameters: { Open: { Type: String } }
Conditions: { Off: !Equals [a, b], Open: !Equals [!Ref Open, b] }
Resources: { Nat: { Type: AWS::EC2::NatGateway, Condition: ${condition}, Properties: {} } }`;
    expect(readText(text("Off")).shared.natGateways).toBeUndefined();
    const open = readText(text("Open"));
    expect(open.shared.natGateways?.count).toBe(1);
    expect(subjects(open, "ignored-input")).toEqual([["warning", "Nat"]]);
  });

  it.each([
    ["resources that are no map", "AWSTemplateFormatVersion: '2010-09-09'\nResources: []", /is not understood/],
    ["a resource without a type", "AWSTemplateFormatVersion: '2010-09-09'\nResources: { A: {} }", /Resources\.A/],
    [
      "a count that is none",
      "Resources: { A: { Type: 'AWS::ECS::Service', Properties: { DesiredCount: -1 } } }",
      /DesiredCount: must be a whole number/,
    ],
    [
      "containers that are no maps",
      "Resources: { A: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [1] } } }",
      /must be a map/,
    ],
  ])("is refused for %s", (_, text, message) => {
    const error = refusal(() => readText(text));
    expect(error.message).toMatch(message);
    expect(error.source).toBe("user");
  });
});

function readBeside(text: string) {
  const root = folderOf({ "a.json": text, "b.json": '{"Resources":{"B":{"Type":"AWS::ECS::Cluster"}}}' });
  return readInventory([join(root, "a.json"), join(root, "b.json")]);
}

describe("capacity providers of a template", () => {
  const TEMPLATE = `
Resources:
  Cluster: { Type: AWS::ECS::Cluster, Properties: { ClusterName: live } }
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: { LaunchTemplateData: { InstanceType: m7g.large } }
  SpotGroup:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MixedInstancesPolicy:
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 }
        LaunchTemplate:
          LaunchTemplateSpecification: { LaunchTemplateId: !Ref Template, Version: "1" }
          Overrides: [{ InstanceType: c7g.large }, { InstanceType: m7g.large }]
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: { LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" } }
  Bought:
    Type: AWS::ECS::CapacityProvider
    Properties:
      Name: cheap
      AutoScalingGroupProvider: { AutoScalingGroupArn: !Ref SpotGroup, ManagedScaling: { TargetCapacity: 90 } }
  Plain:
    Type: AWS::ECS::CapacityProvider
    Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: !Ref Group } }
  Managed:
    Type: AWS::ECS::CapacityProvider
    Properties:
      Name: managed
      ClusterName: !Ref Cluster
      ManagedInstancesProvider: { InstanceLaunchTemplate: { CapacityOptionType: SPOT } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: { Cpu: "1024", Memory: "2048", ContainerDefinitions: [{ Name: app, Image: app }] }
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Task
      DesiredCount: 4
      CapacityProviderStrategy:
        - { CapacityProvider: !Ref Plain, Base: 1, Weight: 1 }
        - { CapacityProvider: cheap, Weight: 3 }
`;

  it("are told with their types and how they buy, by the names that strategies have", () => {
    const { services, shared, issues } = readText(TEMPLATE);
    expect(shared.capacityProviders).toEqual([
      {
        ...{ name: "cheap", type: "auto-scaling-group", purchase: "spot", address: "Bought" },
        ...{ instanceTypes: ["c7g.large", "m7g.large"], targetCapacity: 90 },
      },
      {
        ...{ name: "Plain", type: "auto-scaling-group", purchase: "on-demand", address: "Plain" },
        instanceTypes: ["m7g.large"],
      },
      { name: "managed", cluster: "live", type: "managed-instances", purchase: "spot", address: "Managed" },
    ]);
    expect(services[0]?.placement).toMatchObject({
      items: [
        { capacityProvider: "Plain", base: 1, weight: 1 },
        { capacityProvider: "cheap", base: 0, weight: 3 },
      ],
    });
    expect(issues).toEqual([]);
  });
});

describe("a count that only deployment knows", () => {
  it("is the least that scaling keeps, where that is known", () => {
    const { services, issues } = readText(`Resources:
  Cluster: { Type: AWS::ECS::Cluster }
  Action: { Type: Custom::DesiredCount, Properties: { ServiceToken: arn } }
  Service:
    Type: AWS::ECS::Service
    Properties: { ServiceName: api, Cluster: !Ref Cluster, DesiredCount: !GetAtt Action.DesiredCount }
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ResourceId: !Join ["/", [service, !Ref Cluster, !GetAtt Service.Name]]
      MinCapacity: 3
      MaxCapacity: 9
`);
    expect(services[0]?.demand).toEqual({ kind: "count", tasks: 3 });
    expect(issues).toContainEqual(expect.objectContaining({ code: "unknown-demand", severity: "info" }));
  });
});
