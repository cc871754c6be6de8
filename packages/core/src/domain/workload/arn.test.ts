import { describe, expect, it } from "vitest";
import { clusterName, parseEcsArn, parseTaskDefinitionRef } from "./arn.ts";

const arn = (resource: string, partition = "aws") => `arn:${partition}:ecs:eu-west-1:123456789012:${resource}`;

describe("ARNs of ECS", () => {
  it("name a region, a kind and a resource, in every partition", () => {
    expect(parseEcsArn(arn("cluster/production"))).toEqual({
      region: "eu-west-1",
      account: "123456789012",
      kind: "cluster",
      resource: "production",
    });
    expect(parseEcsArn(arn("service/production/api", "aws-cn"))?.resource).toBe("production/api");
    expect(parseEcsArn("arn:aws:iam::123456789012:role/x")).toBeUndefined();
  });

  it.each([
    [arn("task-definition/api:42"), { family: "api", revision: 42 }],
    ["api:42", { family: "api", revision: 42 }],
    ["api", { family: "api" }],
    ["api:latest", { family: "api:latest" }],
    ["__proto__", { family: "__proto__" }],
  ])("of a task definition: %s", (text, reference) => {
    expect(parseTaskDefinitionRef(text)).toEqual(reference);
  });

  it("give the name of a cluster, which is default where there is none", () => {
    expect([arn("cluster/a"), "b", "", undefined].map(clusterName)).toEqual(["a", "b", "default", "default"]);
  });
});
