import { estimate } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { readText } from "./inventory-input.ts";

type Json = Readonly<Record<string, unknown>>;

const resource = (type: string, name: string, values: Json) => ({
  ...{ address: `${type}.${name}`, mode: "managed", type, name, provider_name: "registry.terraform.io/hashicorp/aws" },
  values,
});

const plan = (resources: readonly Json[]) =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    configuration: { root_module: {} },
  });

const userData = (text: string) => Buffer.from(text).toString("base64");
const cluster = (name: string) => resource("aws_ecs_cluster", name, { name });
const group = (values: Json) =>
  resource("aws_autoscaling_group", "g", { name: "g", min_size: 2, max_size: 9, desired_capacity: 3, ...values });
const template = (values: Json) => resource("aws_launch_template", "t", { instance_type: "m5.large", ...values });

const costOf = (text: string) => estimate(readText(text, { region: "us-east-1" }), pinnedCatalogue("us-east-1"));

/** An m5.large with its volume of 30 GiB, USD a month. */
const EACH = 730 * 0.096 + 30 * 0.08;

describe("an Auto Scaling group of a plan", () => {
  it.each([
    [
      "its user data",
      cluster("other"),
      template({ user_data: userData("#!/bin/bash\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config") }),
      {},
    ],
    [
      "Bottlerocket's settings",
      cluster("other"),
      template({ user_data: userData('[settings.ecs]\ncluster = "shop"\n') }),
      {},
    ],
    ["a tag", cluster("other"), template({}), { tag: [{ key: "cluster", value: "shop" }] }],
    ["its name", cluster("other"), template({}), { name: "shop-instances" }],
    ["being beside the only cluster", cluster("shop"), template({}), {}],
  ])("belongs to a cluster by %s, and runs idle where no service does", (_, other, launch, values) => {
    const report = costOf(plan([cluster("shop"), ...(other.name === "shop" ? [] : [other]), launch, group(values)]));
    expect(report.totalMonthlyCost?.toNumber()).toBeCloseTo(3 * EACH, 9);
    expect(report.fleets).toMatchObject([
      { cluster: "shop", services: [], instances: [{ instanceType: "m5.large", count: 3 }] },
    ]);
    expect(report.complete).toBe(true);
  });

  it("is no business of ECS where its user data is of something else", () => {
    const report = costOf(
      plan([cluster("shop"), template({ user_data: userData("#!/bin/bash\nyum install -y postgresql\n") }), group({})]),
    );
    expect(report.totalMonthlyCost?.toFixed()).toBe("0");
  });

  it("is told of where it could be of one of several clusters", () => {
    const { issues } = readText(plan([cluster("a"), cluster("b"), template({}), group({})]), { region: "us-east-1" });
    expect(issues).toMatchObject([{ code: "unknown-cost", severity: "warning", subject: "aws_autoscaling_group.g" }]);
  });

  it("is told of where its type is not known", () => {
    const { issues } = readText(plan([cluster("shop"), template({ instance_type: null }), group({})]), {
      region: "us-east-1",
    });
    expect(issues).toMatchObject([{ code: "unknown-cost", severity: "warning", subject: "aws_autoscaling_group.g" }]);
  });
});
