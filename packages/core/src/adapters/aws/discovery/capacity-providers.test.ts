import { describe, expect, it } from "vitest";
import { type FoundProvider, type ProvidedCluster, providersOf } from "./capacity-providers.ts";

const PROVIDERS: readonly FoundProvider[] = [
  { name: "shared-name", kind: "managed-instances", cluster: "blue", spot: false },
  { name: "shared-name", kind: "auto-scaling-group", targetCapacity: 90, spot: false },
  { name: "spot", kind: "managed-instances", cluster: "blue", spot: true },
  { name: "unused", kind: "auto-scaling-group", spot: false },
];

const cluster = (name: string, names: readonly string[], ...types: readonly string[]): ProvidedCluster => ({
  name,
  cluster: { capacityProviders: [...names] },
  instances: types.map((instanceType) => ({ capacityProvider: "shared-name", instanceType })),
});

describe("what ECS tells of capacity providers", () => {
  it("is kind and purchase of managed instances, for the cluster that has them", () => {
    const told = providersOf(PROVIDERS, [cluster("blue", [])]);
    expect(told).toEqual([
      { name: "shared-name", cluster: "blue", type: "managed-instances", purchase: "on-demand" },
      { name: "spot", cluster: "blue", type: "managed-instances", purchase: "spot" },
    ]);
  });

  it("is the target and the types of the registered instances of a group, and not how it buys", () => {
    const told = providersOf(PROVIDERS, [
      cluster("green", ["shared-name", "FARGATE"], "m7g.large", "c7g.large", "m7g.large", ""),
      cluster("other", [], "r7g.large"),
    ]);
    expect(told).toEqual([
      {
        name: "shared-name",
        type: "auto-scaling-group",
        instanceTypes: ["c7g.large", "m7g.large"],
        targetCapacity: 90,
      },
    ]);
  });
});
