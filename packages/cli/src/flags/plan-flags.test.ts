import { describe, expect, it } from "vitest";
import { planSettings, refuseAbsent } from "./plan-flags.ts";

const SERVICES = [{ cluster: "shop", name: "api" }];

describe("--keep", () => {
  it("takes a name, and one with its cluster", () => {
    expect(() => refuseAbsent(["api", "shop/api"], SERVICES)).not.toThrow();
  });

  it("refuses a name that no service has, and tells the nearest", () => {
    expect(() => refuseAbsent(["apo"], SERVICES)).toThrow(/--keep apo: there is no such service/);
  });

  it("takes one that may be absent, and hands it on without its mark", () => {
    expect(() => refuseAbsent(["gone?"], SERVICES)).not.toThrow();
    const flags = { arm64: true, spot: true, keep: ["gone?", "api"], effort: "full", moves: undefined };
    expect(planSettings(flags, "730").keep).toEqual(["gone", "api"]);
  });
});
