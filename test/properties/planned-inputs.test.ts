import { createCatalogue, estimate } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { loadInstanceTypes, loadRegion } from "@ecs-cost/pricing-data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const loaded = loadRegion("eu-west-1");
if (!loaded.found) throw new Error("no prices for eu-west-1");
const catalogue = createCatalogue(loaded.book, loadInstanceTypes());

const SIZES = [
  [256, 512],
  [512, 1024],
  [1024, 2048],
  [2048, 8192],
] as const;

const service = fc.record({
  size: fc.constantFrom(...SIZES),
  arch: fc.constantFrom("X86_64", "ARM64"),
  tasks: fc.integer({ min: 0, max: 40 }),
  storage: fc.constantFrom(20, 50),
  publicIp: fc.boolean(),
  strategy: fc.option(
    fc.record({ base: fc.nat(3), onDemand: fc.integer({ min: 1, max: 4 }), spot: fc.integer({ min: 1, max: 4 }) }),
    { nil: undefined },
  ),
});
const fleet = fc.record({ services: fc.array(service, { minLength: 1, maxLength: 5 }), nats: fc.nat(3) });
type Fleet = typeof fleet extends fc.Arbitrary<infer T> ? T : never;
type Named = Fleet["services"][number] & { readonly name: string };

const named = ({ services }: Fleet): Named[] => services.map((each, i) => ({ ...each, name: `s${i}` }));
const items = ({ strategy }: Named) =>
  strategy === undefined
    ? undefined
    : [
        { provider: "FARGATE", base: strategy.base, weight: strategy.onDemand },
        { provider: "FARGATE_SPOT", base: 0, weight: strategy.spot },
      ];

const workload = (given: Fleet) => ({
  version: 1,
  region: "eu-west-1",
  ...(given.nats > 0 ? { shared: { natGateways: { count: given.nats } } } : {}),
  services: named(given).map((each) => ({
    name: each.name,
    cluster: "main",
    task: { cpu: each.size[0], memory: each.size[1], arch: each.arch, ephemeralStorageGiB: each.storage },
    desiredCount: each.tasks,
    network: { publicIp: each.publicIp },
    ...(each.strategy === undefined
      ? { launchType: "FARGATE" }
      : {
          capacityProviderStrategy: items(each)?.map(({ provider, base, weight }) => ({
            capacityProvider: provider,
            base,
            weight,
          })),
        }),
  })),
});

const plan = (given: Fleet) => {
  const resource = (type: string, name: string, values: object) => ({
    address: `module.app.${type}.${name}`,
    mode: "managed",
    type,
    name,
    values,
  });
  const all = named(given);
  const resources = [
    ...Array.from({ length: given.nats }, (_, i) => ({ ...resource("aws_nat_gateway", "this", {}), index: i })),
    resource("aws_ecs_cluster", "main", { name: "main", region: "eu-west-1", setting: [] }),
    ...all.flatMap((each) => [
      resource("aws_ecs_task_definition", each.name, {
        family: each.name,
        cpu: String(each.size[0]),
        memory: String(each.size[1]),
        network_mode: "awsvpc",
        runtime_platform: [{ cpu_architecture: each.arch }],
        ephemeral_storage: [{ size_in_gib: each.storage }],
        container_definitions: "[]",
      }),
      resource("aws_ecs_service", each.name, {
        name: each.name,
        desired_count: each.tasks,
        network_configuration: [{ assign_public_ip: each.publicIp }],
        ...(each.strategy === undefined
          ? { launch_type: "FARGATE" }
          : {
              capacity_provider_strategy: items(each)?.map(({ provider, base, weight }) => ({
                capacity_provider: provider,
                base,
                weight,
              })),
            }),
      }),
    ]),
  ];
  const expressions = (name: string) => ({
    task_definition: { references: [`aws_ecs_task_definition.${name}.arn`, `aws_ecs_task_definition.${name}`] },
    cluster: { references: ["aws_ecs_cluster.main.id", "aws_ecs_cluster.main"] },
  });
  return {
    format_version: "1.2",
    planned_values: { root_module: { child_modules: [{ address: "module.app", resources }] } },
    resource_changes: all.map(({ name }) => ({
      address: `module.app.aws_ecs_service.${name}`,
      change: { actions: ["create"], after_unknown: { task_definition: true, cluster: true, id: true } },
    })),
    configuration: {
      root_module: {
        module_calls: {
          app: {
            module: {
              resources: all.map(({ name }) => ({
                address: `aws_ecs_service.${name}`,
                expressions: expressions(name),
              })),
            },
          },
        },
      },
    },
  };
};

const template = (given: Fleet) => ({
  Resources: Object.fromEntries([
    ["Cluster", { Type: "AWS::ECS::Cluster", Properties: { ClusterName: "main" } }],
    ...Array.from({ length: given.nats }, (_, i) => [`Nat${i}`, { Type: "AWS::EC2::NatGateway" }] as const),
    ...named(given).flatMap((each) => [
      [
        `Task${each.name}`,
        {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            Cpu: String(each.size[0]),
            Memory: String(each.size[1]),
            NetworkMode: "awsvpc",
            RuntimePlatform: { CpuArchitecture: each.arch },
            EphemeralStorage: { SizeInGiB: each.storage },
            ContainerDefinitions: [],
          },
        },
      ],
      [
        `Service${each.name}`,
        {
          Type: "AWS::ECS::Service",
          Properties: {
            ServiceName: each.name,
            Cluster: { Ref: "Cluster" },
            TaskDefinition: { Ref: `Task${each.name}` },
            DesiredCount: each.tasks,
            NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: each.publicIp ? "ENABLED" : "DISABLED" } },
            ...(each.strategy === undefined
              ? { LaunchType: "FARGATE" }
              : {
                  CapacityProviderStrategy: items(each)?.map(({ provider, base, weight }) => ({
                    CapacityProvider: provider,
                    Base: base,
                    Weight: weight,
                  })),
                }),
          },
        },
      ],
    ]),
  ]),
});

const costs = (input: unknown) => {
  const inventory = readInventory(["-"], { stdin: () => JSON.stringify(input), region: "eu-west-1" });
  const report = estimate(inventory, catalogue);
  const lines = report.services.map(({ name, cluster, lineItems }) => [
    `${cluster}/${name}`,
    lineItems.map(({ dimension, quantity, cost }) => [dimension, String(quantity), String(cost)]),
  ]);
  return { total: String(report.totalMonthlyCost), lines: lines.sort() };
};

describe("the same services", () => {
  it("cost the same as a workload file, a Terraform plan and a CloudFormation template", () => {
    fc.assert(
      fc.property(fleet, (given) => {
        const expected = costs(workload(given));
        expect(costs(plan(given))).toEqual(expected);
        expect(costs(template(given))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
