import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { estimate, explainResources } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RESOURCE_TABLE } from "../../packages/core/src/adapters/file/account/resource-table.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

type Row = (typeof RESOURCE_TABLE)[number];

const read = (data: object) => readInventory(["-"], { stdin: () => JSON.stringify(data) });

const template = (...types: readonly string[]) => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Resources: Object.fromEntries(types.map((type, i) => [`R${i}`, { Type: type, Properties: {} }])),
});

const plan = (...types: readonly string[]) => ({
  format_version: "1.2",
  planned_values: {
    root_module: {
      resources: types.map((type, i) => ({
        address: `${type}.r${i}`,
        mode: "managed",
        type,
        name: `r${i}`,
        values: {},
      })),
    },
  },
});

const words = (text: string): string =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

/** `AWS::ECS::Service` -> `awscc_ecs_service`. */
const cloudControl = (type: string): string => {
  const [, service = "", resource = ""] = type.split("::");
  return `awscc_${service.toLowerCase()}_${words(resource)}`;
};

const spellings = ([cloudFormation, terraform]: Row): readonly (readonly [string, object])[] => [
  ...(cloudFormation === "" ? [] : [[cloudFormation, template(cloudFormation)] as const]),
  ...(cloudFormation === "" ? [] : [[cloudControl(cloudFormation), plan(cloudControl(cloudFormation))] as const]),
  ...terraform.split(" ").flatMap((type) => (type === "" ? [] : [[type, plan(type)] as const])),
];

const BILLED = new Set(["read", "metered", "use", "billed", "other"]);

/** Nested templates that are not there are told by themselves. */
const HOLDERS = new Set(["AWS::CloudFormation::Stack", "AWS::Serverless::Application"]);

describe("the table of resource types", () => {
  it("has at least 150 billed types of CloudFormation, and as many of Terraform", () => {
    const billed = RESOURCE_TABLE.filter(([, , fate]) => BILLED.has(fate));
    expect(billed.filter(([type]) => type !== "").length).toBeGreaterThanOrEqual(150);
    expect(billed.flatMap(([, types]) => types.split(" ").filter(Boolean)).length).toBeGreaterThanOrEqual(150);
  });

  it("names each type once", () => {
    const all = RESOURCE_TABLE.flatMap(([type, types]) => [type, ...types.split(" ")]).filter(Boolean);
    expect(all.filter((type, i) => all.indexOf(type) !== i)).toEqual([]);
  });

  it("accounts for a file with any of its types, and is silent of none that is billed", () => {
    const catalogue = pinnedCatalogue("us-east-1");
    for (const row of RESOURCE_TABLE) {
      for (const [type, data] of spellings(row)) {
        const inventory = read(data);
        expect(inventory.resources, type).toHaveLength(1);
        expect(inventory.resources?.[0], type).toMatchObject({ type, reason: expect.stringMatching(/\S/) });
        if (!BILLED.has(row[2])) continue;
        const report = estimate(inventory, catalogue);
        const told = report.issues.length + report.services.length + report.shared.lineItems.length;
        const isFree = inventory.resources?.[0]?.outcome === "free";
        expect(told > 0 || isFree, `${type} is silent`).toBe(true);
        if (row[2] === "billed") expect(report.complete, type).toBe(false);
      }
    }
  });
});

describe("the account of a file", () => {
  const types = RESOURCE_TABLE.flatMap(([type]) => (type === "" || HOLDERS.has(type) ? [] : [type]));

  it("is the same in whatever order its resources stand", () => {
    const entries = fc.uniqueArray(fc.constantFrom(...types), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(entries, (chosen) => {
        const named = chosen.map((type) => [type.replaceAll("::", ""), { Type: type, Properties: {} }] as const);
        const account = (order: typeof named) => {
          const inventory = read({ Resources: Object.fromEntries(order) });
          const { totalMonthlyCost, complete, issues } = estimate(inventory, pinnedCatalogue("us-east-1"));
          const resources = [...(inventory.resources ?? [])].sort((a, b) => (a.address < b.address ? -1 : 1));
          return { resources, total: totalMonthlyCost?.toFixed(), complete, issues };
        };
        expect(account(named.toReversed())).toEqual(account(named));
      }),
      { numRuns: 40 },
    );
  });

  it("never becomes more complete by one more resource", () => {
    const entries = fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(entries, fc.constantFrom(...types), (chosen, more) => {
        const complete = (all: readonly string[]) =>
          estimate(read(template(...all)), pinnedCatalogue("us-east-1")).complete;
        if (!complete(chosen)) expect(complete([...chosen, more])).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what becomes of a resource that is read", () => {
  const explained = (definition: object) => {
    const inventory = read({
      Resources: {
        Task: { Type: "AWS::ECS::TaskDefinition", Properties: { ContainerDefinitions: [], ...definition } },
        Api: { Type: "AWS::ECS::Service", Properties: { TaskDefinition: { Ref: "Task" }, LaunchType: "FARGATE" } },
      },
    });
    const { resources = [] } = explainResources(estimate(inventory, pinnedCatalogue("us-east-1")), inventory);
    return resources.find(({ address }) => address === "Api");
  };

  it("is that it is priced where it has a price, and else why it has none", () => {
    expect(explained({ Cpu: "256", Memory: "512" })).toMatchObject({ outcome: "priced" });
    expect(explained({ Cpu: "256" })).toMatchObject({
      outcome: "not-understood",
      reason: expect.stringMatching(/memory/),
    });
  });
});

describe("several files", () => {
  const types = RESOURCE_TABLE.flatMap(([type]) => (type === "" || HOLDERS.has(type) ? [] : [type]));
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-account-"));
  const file = (name: string, chosen: readonly string[]) => {
    const path = join(folder, name);
    const resources = chosen.map(
      (type, i) => [`${name[0]?.toUpperCase()}${i}`, { Type: type, Properties: {} }] as const,
    );
    writeFileSync(path, JSON.stringify({ Resources: Object.fromEntries(resources) }));
    return path;
  };
  const chosen = fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 5 });

  it("are the same in whatever order they are given", () => {
    fc.assert(
      fc.property(chosen, chosen, (first, second) => {
        const files = [file("a.json", first), file("b.json", second)];
        const account = (order: readonly string[]) => {
          const inventory = readInventory(order);
          const { totalMonthlyCost, complete, issues } = estimate(inventory, pinnedCatalogue("us-east-1"));
          const resources = [...(inventory.resources ?? [])].sort((a, b) => (a.address < b.address ? -1 : 1));
          return { resources, total: totalMonthlyCost?.toFixed(), complete, issues };
        };
        expect(account(files.toReversed())).toEqual(account(files));
      }),
      { numRuns: 25 },
    );
  });
});
