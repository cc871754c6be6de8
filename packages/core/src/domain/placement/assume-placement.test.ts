import { describe, expect, it } from "vitest";
import { sampleService, sampleTask } from "../../../test/sample-service.ts";
import { settlePlacement } from "./assume-placement.ts";

const unspecified = { kind: "unspecified" } as const;

describe("where a service runs when it does not say", () => {
  it("follows the task definition, then what Fargate accepts, and names the assumption", () => {
    const settle = (task: Parameters<typeof sampleTask>[0]) =>
      settlePlacement(sampleService({ placement: unspecified, task: sampleTask(task) }));
    expect(settle({})).toMatchObject({ launchType: "FARGATE", assumption: { code: "launch-type-assumed" } });
    expect(settle({ requiresCompatibilities: ["EC2"] })).toMatchObject({ launchType: "EC2" });
    expect(settle({ requiresCompatibilities: ["MANAGED_INSTANCES"] })).toMatchObject({
      launchType: "MANAGED_INSTANCES",
    });
    expect(settle({ cpu: 300, memory: 700 })).toMatchObject({ launchType: "EC2" });
    expect(settle({ gpu: 1 })).toMatchObject({ launchType: "EC2" });
  });

  it("takes other providers than Fargate's for Auto Scaling groups", () => {
    const items = [{ capacityProvider: "asg", base: 0, weight: 1 }];
    const settled = settlePlacement(sampleService({ placement: { kind: "strategy", items } }));
    expect(settled).toMatchObject({ launchType: "EC2", assumption: { code: "instance-providers" } });
  });
});
