import { describe, expect, it } from "vitest";
import { assessSpot, type SpotFacts } from "./spot-fitness.ts";

const FIT: SpotFacts = { os: "linux", scheduling: "replica", tasks: 6, stopTimeoutSeconds: 120, startUpSeconds: 30 };

const codes = (facts: Partial<SpotFacts>): string[] => assessSpot({ ...FIT, ...facts }).reasons.map(({ code }) => code);
const verdict = (facts: Partial<SpotFacts>): string => assessSpot({ ...FIT, ...facts }).verdict;

describe("assessSpot", () => {
  it("finds nothing against replicas that stop in time", () => {
    expect(assessSpot(FIT)).toEqual({ verdict: "fit", reasons: [] });
  });

  it.each<[string, Partial<SpotFacts>]>([
    ["spot-not-on-windows", { os: "windows" }],
    ["spot-not-for-daemons", { scheduling: "daemon" }],
    ["spot-singleton", { tasks: 1 }],
    ["spot-singleton", { singleton: true }],
    ["spot-stateful-volumes", { statefulVolumes: true }],
    ["spot-drain-longer-than-notice", { drainSeconds: 121 }],
  ])("rules Spot out: %s for %o", (code, facts) => {
    expect(verdict(facts)).toBe("unfit");
    expect(codes(facts)).toContain(code);
  });

  it.each<[string, Partial<SpotFacts>]>([
    ["spot-stop-timeout-short", { stopTimeoutSeconds: 30 }],
    ["spot-stop-timeout-over-notice", { stopTimeoutSeconds: 300 }],
    ["spot-slow-start", { startUpSeconds: 121 }],
    ["spot-few-replicas", { tasks: 2 }],
    ["spot-minimum-healthy-percent", { minimumHealthyPercent: 0 }],
    ["spot-deregistration", { behindLoadBalancer: true }],
  ])("asks for a change first: %s for %o", (code, facts) => {
    expect(verdict(facts)).toBe("conditional");
    expect(codes(facts)).toEqual([code]);
  });

  it("holds the stopTimeout against the work that an ending task has, and takes the default where none is set", () => {
    const { stopTimeoutSeconds: _, ...unset } = FIT;
    expect(assessSpot(unset).reasons[0]?.detail).toContain("30 s (the default)");
    expect(assessSpot({ ...unset, drainSeconds: 20 }).verdict).toBe("fit");
    expect(verdict({ behindLoadBalancer: true, deregistrationDelaySeconds: 60 })).toBe("fit");
  });
});
