import { describe, expect, it } from "vitest";
import { sampleService, sampleTask } from "../../../test/sample-service.ts";
import { DEFAULT_EC2, NO_SHARED } from "../workload/defaults.ts";
import { settlePlacement } from "./assume-placement.ts";

const unspecified = { kind: "unspecified" } as const;

describe("where a service runs when it does not say", () => {
  it("follows the task definition, then what Fargate accepts, and names the assumption", () => {
    const settle = (task: Parameters<typeof sampleTask>[0]) =>
      settlePlacement(sampleService({ placement: unspecified, task: sampleTask(task) }), NO_SHARED);
    expect(settle({})).toMatchObject({ launchType: "FARGATE", assumption: { code: "launch-type-assumed" } });
    expect(settle({ requiresCompatibilities: ["EC2"] })).toMatchObject({ launchType: "EC2" });
    expect(settle({ requiresCompatibilities: ["MANAGED_INSTANCES"] })).toMatchObject({
      launchType: "MANAGED_INSTANCES",
    });
    expect(settle({ cpu: 300, memory: 700 })).toMatchObject({ launchType: "EC2" });
    expect(settle({ gpu: 1 })).toMatchObject({ launchType: "EC2" });
  });

  const over = (...names: readonly string[]) =>
    sampleService({
      placement: {
        kind: "strategy",
        items: names.map((capacityProvider) => ({ capacityProvider, base: 0, weight: 1 })),
      },
    });

  it("takes providers that nothing tells about for Auto Scaling groups, of Spot where the name says so", () => {
    const ec2 = { ...DEFAULT_EC2, purchase: "compute-sp-1y-no-upfront" };
    expect(settlePlacement(over("asg", "my-SPOT"), { ec2 })).toMatchObject({
      kind: "instance-strategy",
      providers: [
        { name: "asg", type: "auto-scaling-group", purchase: "compute-sp-1y-no-upfront" },
        { name: "my-SPOT", type: "auto-scaling-group", purchase: "spot" },
      ],
      assumption: { code: "provider-kind-by-name" },
    });
  });

  it("takes what is told of a provider, that of the service's own cluster first, and assumes nothing", () => {
    const capacityProviders = [
      { name: "spot", type: "managed-instances", purchase: "on-demand" },
      { name: "spot", cluster: "default", type: "auto-scaling-group", purchase: "on-demand", targetCapacity: 80 },
      { name: "spot", cluster: "other", type: "managed-instances", purchase: "spot" },
    ] as const;
    const settled = settlePlacement(over("spot"), { ...NO_SHARED, capacityProviders });
    expect(settled).toMatchObject({ providers: [{ type: "auto-scaling-group", purchase: "on-demand" }] });
    expect(settled).not.toHaveProperty("assumption");
    const elsewhere = settlePlacement({ ...over("spot"), cluster: "blue" }, { ...NO_SHARED, capacityProviders });
    expect(elsewhere).toMatchObject({ providers: [{ type: "managed-instances", purchase: "on-demand" }] });
  });
});
