import { describe, expect, it } from "vitest";
import { type FoundProvider, providerIssues, settledPlacement } from "./capacity-providers.ts";

const managed = (name: string, cluster: string, spot = false): FoundProvider => ({
  name,
  kind: "managed-instances",
  cluster,
  spot,
});
const PROVIDERS: readonly FoundProvider[] = [
  managed("shared-name", "blue"),
  { name: "shared-name", kind: "auto-scaling-group", spot: false },
  managed("spot", "blue", true),
];

const over = (...names: readonly string[]) => ({
  kind: "strategy" as const,
  items: names.map((capacityProvider) => ({ capacityProvider, base: 0, weight: 1 })),
});

const MANAGED = { kind: "launch-type", launchType: "MANAGED_INSTANCES" };

describe("a strategy", () => {
  it("over managed instances of its cluster alone is their launch type", () => {
    expect(settledPlacement(over("spot", "shared-name"), "blue", PROVIDERS)).toEqual(MANAGED);
  });

  it("with another provider in it, of another cluster, or that is not known, stays one", () => {
    for (const [placement, cluster] of [
      [over("spot", "FARGATE"), "blue"],
      [over("shared-name"), "green"],
      [over("spot"), "green"],
      [over("unknown"), "blue"],
    ] as const) {
      expect(settledPlacement(placement, cluster, PROVIDERS)).toBe(placement);
    }
  });

  it("over managed instances that are Spot is told once for each provider", () => {
    expect(providerIssues(PROVIDERS, "eu-west-1").map(({ subject, code }) => [subject, code])).toEqual([
      ["blue", "ignored-input"],
    ]);
  });
});
