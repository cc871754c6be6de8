import type { CompareReport } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { holdTogether } from "./hold-together.ts";

const service = (name: string, best: string, fleetId?: string) => ({
  name,
  cluster: "shop",
  best,
  options: [{ id: best, ...(fleetId === undefined ? {} : { fleet: { id: fleetId, cluster: "shop" } }) }],
});

const report = (services: readonly object[], members: readonly string[]) =>
  ({ services, fleets: [{ id: "ec2-on-demand", cluster: "shop", services: members }] }) as unknown as CompareReport;

describe("moves that hold together", () => {
  it("are those of services alone", () => {
    expect(holdTogether(report([service("a", "fargate-spot"), service("b", "fargate-arm64")], ["a", "b"]))).toBe(true);
  });

  it("are those to a fleet that all its members move to", () => {
    const both = [service("a", "ec2-on-demand", "ec2-on-demand"), service("b", "ec2-on-demand", "ec2-on-demand")];
    expect(holdTogether(report(both, ["a", "b"]))).toBe(true);
  });

  it("are none where a member of the fleet goes elsewhere or is not there", () => {
    const moved = service("a", "ec2-on-demand", "ec2-on-demand");
    expect(holdTogether(report([moved, service("b", "fargate-arm64")], ["a", "b"]))).toBe(false);
    expect(holdTogether(report([moved], ["a", "b"]))).toBe(false);
  });
});
