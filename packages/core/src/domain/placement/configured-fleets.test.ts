import { describe, expect, it } from "vitest";
import { sampleService, sampleTask } from "../../../test/sample-service.ts";
import { configuredFleets, type InstanceMember, type InstancePart } from "./configured-fleets.ts";

const part = (name: string | undefined, tasks: number, purchase = "on-demand"): InstancePart => ({
  provider: { ...(name === undefined ? {} : { name }), type: "auto-scaling-group", purchase, instanceTypes: [] },
  tasks,
});

const member = (name: string, ...parts: readonly InstancePart[]): InstanceMember => ({
  service: sampleService({ id: `default/${name}`, name }),
  task: sampleTask(),
  parts,
});

const daemon = (name: string): InstanceMember => ({
  ...member(name, part(undefined, 0)),
  service: sampleService({ id: `default/${name}`, name, scheduling: "daemon" }),
});

const fleetsOf = (...members: readonly InstanceMember[]) =>
  configuredFleets(members).map(({ provider, services }) => [
    provider.name ?? null,
    services.map(({ service, tasks }) => [service.name, tasks]),
  ]);

describe("fleets as configured", () => {
  it("are one for each provider, which services share, and hold each its part", () => {
    expect(fleetsOf(member("api", part("a", 2), part("b", 1)), member("web", part("b", 3)))).toEqual([
      ["a", [["api", 2]]],
      [
        "b",
        [
          ["api", 1],
          ["web", 3],
        ],
      ],
    ]);
  });

  it("hold tasks of the launch type beside those of a provider that is the only one and buys alike", () => {
    const launched = member("old", part(undefined, 4));
    expect(fleetsOf(launched, member("api", part("a", 2)))).toEqual([
      [
        "a",
        [
          ["old", 4],
          ["api", 2],
        ],
      ],
    ]);
    expect(fleetsOf(launched, member("api", part("a", 2, "spot")))).toHaveLength(2);
    expect(fleetsOf(launched, member("api", part("a", 2), part("b", 2)))).toHaveLength(3);
    expect(fleetsOf(launched, member("idle", part("a", 0)))).toEqual([[null, [["old", 4]]]]);
  });

  it("hold daemons once each, beside whatever else runs there", () => {
    expect(fleetsOf(daemon("log"), member("api", part("a", 2), part("b", 1)))).toEqual([
      [
        "a",
        [
          ["api", 2],
          ["log", 0],
        ],
      ],
      [
        "b",
        [
          ["api", 1],
          ["log", 0],
        ],
      ],
    ]);
    expect(fleetsOf(daemon("log"))).toEqual([[null, [["log", 0]]]]);
  });
});
