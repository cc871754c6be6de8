import { estimate, type Inventory, joinEstimates } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { type PinnedRegion, pinnedCatalogue } from "../../support/prices/pinned.ts";
import { folderOf, readText } from "./inventory-input.ts";

const service = (name: string, region: string) =>
  `  - { name: ${name}, region: ${region}, desiredCount: 2, task: { cpu: 1024, memory: 2048 } }`;

const TWO = ["version: 1", "region: us-east-1", "services:", service("a", "us-east-1"), service("b", "eu-west-1")].join(
  "\n",
);

const reportOf = (part: Inventory) => estimate(part, pinnedCatalogue(part.region as PinnedRegion));

const planOf = (resources: readonly object[], configuration: object = {}): string =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    configuration: { root_module: {}, ...configuration },
  });

const resource = (type: string, name: string, values: object) => ({
  ...{ address: `${type}.${name}`, mode: "managed", type, name, provider_name: "registry.terraform.io/hashicorp/aws" },
  values,
});

const planService = (name: string, values: object) =>
  resource("aws_ecs_service", name, {
    name,
    desired_count: 1,
    launch_type: "FARGATE",
    task_definition: "t",
    ...values,
  });

const task = resource("aws_ecs_task_definition", "t", {
  ...{ family: "t", cpu: "1024", memory: "2048", requires_compatibilities: ["FARGATE"], network_mode: "awsvpc" },
  container_definitions: '[{"name":"a","image":"x"}]',
});

const regionsOf = ({ services, region }: Inventory): readonly (readonly [string, string | undefined])[] =>
  services.map((each) => [each.name, each.region ?? region] as const);

describe("services of several regions", () => {
  it("have their own prices, and the total is their sum", () => {
    const inventory = readText(TWO);
    const reports = (inventory.parts ?? []).map(reportOf);
    const [first, ...others] = reports;
    if (first === undefined) throw new Error("no parts");
    const joined = joinEstimates([first, ...others]);
    expect(joined).toMatchObject({ regions: ["eu-west-1", "us-east-1"], complete: true });
    expect(joined).not.toHaveProperty("region");
    expect(joined.services.map(({ name, region }) => [name, region])).toEqual([
      ["a", "us-east-1"],
      ["b", "eu-west-1"],
    ]);
    const [total, sum] = [joined.totalMonthlyCost, reports.map((report) => report.totalMonthlyCost)];
    expect(total?.toFixed()).toBe(sum.reduce((a, b) => a?.plus(b ?? 0) ?? null)?.toFixed());
  });

  it("cannot be priced with the prices of one", () => {
    expect(() => estimate(readText(TWO), pinnedCatalogue("us-east-1"))).toThrow("several regions");
  });

  it("keep settings of their file, and what is billed by itself once", () => {
    const shared =
      "\nshared: { natGateways: { count: 1 }, containerInsights: enhanced, ec2: { targetCapacity: 80 } }\n";
    const { parts } = readText(TWO + shared);
    expect(
      parts?.map(({ region, shared: { natGateways, containerInsights, ec2 } }) => [
        region,
        natGateways?.count,
        containerInsights,
        ec2.targetCapacity,
      ]),
    ).toEqual([
      ["us-east-1", 1, "enhanced", 80],
      ["eu-west-1", undefined, "enhanced", 80],
    ]);
  });

  it("of two accounts are parts of their own", () => {
    const text = TWO.replace("region: eu-west-1", 'account: "111122223333"').replace(
      "region: us-east-1,",
      'account: "222233334444",',
    );
    const { parts } = readText(text);
    expect(parts?.map(({ region, account }) => [region, account])).toEqual([
      ["us-east-1", "222233334444"],
      ["us-east-1", "111122223333"],
    ]);
  });
});

describe("a plan", () => {
  const read = (text: string, region?: string) =>
    readInventory([folderOf({ "plan.json": text })], region === undefined ? {} : { region });

  it("has the region of each resource", () => {
    const plan = planOf([task, planService("a", { region: "us-east-1" }), planService("b", { region: "ap-south-1" })]);
    for (const region of [undefined, "eu-west-1"]) {
      expect(regionsOf(read(plan, region))).toEqual([
        ["a", "us-east-1"],
        ["b", "ap-south-1"],
      ]);
    }
  });

  it("has the region of the provider alias of each resource", () => {
    const expressions = (region: string) => ({ name: "aws", expressions: { region: { constant_value: region } } });
    const configured = (name: string, key: string) => ({
      ...{ address: `aws_ecs_service.${name}`, mode: "managed", type: "aws_ecs_service", name },
      ...{ provider_config_key: key, expressions: {}, schema_version: 0 },
    });
    const plan = planOf([task, planService("a", {}), planService("b", {})], {
      provider_config: {
        aws: expressions("us-east-1"),
        "aws.mumbai": { ...expressions("ap-south-1"), alias: "mumbai" },
      },
      root_module: { resources: [configured("a", "aws"), configured("b", "aws.mumbai")] },
    });
    expect(regionsOf(read(plan, "eu-west-1"))).toEqual([
      ["a", "us-east-1"],
      ["b", "ap-south-1"],
    ]);
  });

  it("shares gateways and load balancers within each region", () => {
    const nat = (name: string, region: string) =>
      resource("aws_nat_gateway", name, { region, connectivity_type: "public" });
    const plan = planOf([
      task,
      planService("a", { region: "us-east-1" }),
      planService("b", { region: "ap-south-1" }),
      nat("x", "us-east-1"),
      nat("y", "ap-south-1"),
      nat("z", "ap-south-1"),
    ]);
    expect(read(plan).parts?.map(({ region, shared }) => [region, shared.natGateways?.count])).toEqual([
      ["us-east-1", 1],
      ["ap-south-1", 2],
    ]);
  });
});
