import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import { adviseCapacity } from "./advise-capacity.ts";
import type { CapacityAdvice, CapacityRequest } from "./capacity-advice.ts";
import type { CapacityOption } from "./capacity-option.ts";
import type { CapacityGoal } from "./capacity-problem.ts";
import { countRange, fixedCount, hourlyCounts, profileOfDemand } from "./count-profile.ts";
import { ec2SpotInterruption, FARGATE_SPOT_INTERRUPTION } from "./interruption.ts";
import { spotPermission } from "./required-tasks.ts";
import { strategyProblems } from "./strategy-rules.ts";

const FARGATE: CapacityOption = {
  capacityProvider: "FARGATE",
  type: "fargate",
  price: new Decimal("0.05"),
  savingsPlanPrice: new Decimal("0.04"),
};
const FARGATE_SPOT: CapacityOption = {
  capacityProvider: "FARGATE_SPOT",
  type: "fargate",
  price: new Decimal("0.02"),
  interruption: FARGATE_SPOT_INTERRUPTION,
};
const asg = (capacityProvider: string, price: string, more: Partial<CapacityOption> = {}): CapacityOption => ({
  capacityProvider,
  type: "auto-scaling-group",
  price: new Decimal(price),
  ...more,
});

const REQUEST_GOAL: CapacityGoal = {
  profile: fixedCount(10),
  required: { kind: "tasks", tasks: 4 },
  target: 0.999,
  hoursPerMonth: new Decimal(730),
};

const advise = (more: Partial<CapacityRequest> = {}): CapacityAdvice =>
  adviseCapacity({
    service: { id: "production/api", name: "api", cluster: "production" },
    goal: REQUEST_GOAL,
    options: [FARGATE, FARGATE_SPOT],
    spotAllowed: true,
    ...more,
  });

const codesOf = (advice: CapacityAdvice): string[] => advice.reasons.map(({ code }) => code);

describe("adviseCapacity", () => {
  it("never asks for a base that ECS refuses, however many tasks must run", () => {
    const goal = {
      ...REQUEST_GOAL,
      profile: fixedCount(300_000),
      required: { kind: "tasks", tasks: 200_000 },
    } as const;
    const { strategy, feasible } = advise({ goal });
    expect([feasible, strategyProblems(strategy)]).toEqual([true, []]);
  });

  it("puts what must run on demand and the rest on Spot when the target is above what Spot can give", () => {
    const advice = advise({ today: [{ capacityProvider: "FARGATE", base: 0, weight: 1 }] });
    expect(advice.strategy).toEqual([
      { capacityProvider: "FARGATE", base: 4, weight: 0 },
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 },
    ]);
    expect(advice.tasks).toEqual({ FARGATE: 4, FARGATE_SPOT: 6 });
    // 730 x (4 x 0.05 + 6 x 0.02 x 0.99), and 730 x 10 x 0.05 today.
    expect(advice.monthlyCost?.toFixed()).toBe("232.724");
    expect(advice.uninterruptedMonthlyCost?.toFixed()).toBe("233.6");
    expect(advice.monthlySaving?.toFixed()).toBe("132.276");
    expect(advice.savingsPlan?.monthlySaving.toFixed()).toBe("29.2");
    expect(advice.savingsPlan?.hourlyCommitment.toFixed()).toBe("0.16");
    expect(advice.availability).toMatchObject({ worstCount: 10, requiredTasks: 4 });
    expect(codesOf(advice)).toEqual(["cheapest-that-holds", "no-spot-fallback"]);
    expect(advice.assumptions.map(({ code }) => code)).toContain("fargate-spot-interruption");
  });

  it("keeps a service off Spot that is not fit or not said to be interruptible, and says which", () => {
    const windows = advise({ facts: { os: "windows", scheduling: "replica", tasks: 10 } });
    expect(windows.strategy).toEqual([{ capacityProvider: "FARGATE", base: 0, weight: 1 }]);
    expect(codesOf(windows)).toEqual(expect.arrayContaining(["spot-unfit", "spot-not-on-windows"]));
    expect(windows.frontier).toHaveLength(1);
    const silent = advise({ spotAllowed: false });
    expect(silent.strategy).toEqual(windows.strategy);
    expect(codesOf(silent)).toContain("spot-not-allowed");
    expect(silent.frontier.length).toBeGreaterThan(1);
  });

  it("reports a target out of reach instead of a strategy", () => {
    const advice = advise({ options: [FARGATE_SPOT] });
    expect(advice).toMatchObject({ feasible: false, strategy: [], tasks: {}, monthlyCost: null, monthlySaving: null });
    expect(codesOf(advice)[0]).toBe("target-out-of-reach");
    expect(advice.frontier[0]?.achieved.lt("0.999")).toBe(true);
  });

  it("says when today's strategy misses the target, and when its price is not known", () => {
    const risky = advise({ today: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }] });
    expect(risky.monthlySaving?.isNegative()).toBe(true);
    expect(risky.reasons.find(({ code }) => code === "today-misses-target")?.detail).toContain("costs more than today");
    const unknown = advise({ today: [{ capacityProvider: "other", base: 0, weight: 1 }] });
    expect(unknown).toMatchObject({ today: null, monthlySaving: null });
    expect(codesOf(unknown)).toContain("today-not-priced");
  });

  it("shows the two-service way where mixing types would be cheapest, and never mixes them itself", () => {
    const cheapSpot = asg("spot-m", "0.005", { interruption: ec2SpotInterruption(0) });
    const advice = advise({ options: [FARGATE, FARGATE_SPOT, cheapSpot] });
    expect(advice.strategy.map(({ capacityProvider }) => capacityProvider)).toEqual(["FARGATE", "FARGATE_SPOT"]);
    expect(advice.twoServices).toMatchObject({
      onDemand: { capacityProvider: "FARGATE", tasks: 4 },
      spot: { capacityProvider: "spot-m" },
    });
    expect(advice.twoServices?.together.monthlyCost.toFixed()).toBe("167.681");
    expect(codesOf(advice)).toContain("types-cannot-mix");
  });

  it("fills Reserved Instances to their room, and spreads over Spot families where one is not enough", () => {
    const reserved = asg("reserved", "0.03", { maxTasks: 3 });
    const spot = asg("spot-m", "0.02", { interruption: ec2SpotInterruption(0) });
    const other = asg("spot-c", "0.021", { interruption: ec2SpotInterruption(1) });
    const within = advise({ options: [asg("on-demand", "0.05"), reserved, spot] });
    expect(within.tasks["reserved"]).toBe(3);
    const goalOf99 = { ...REQUEST_GOAL, target: 0.999, required: { kind: "share", share: 0.4 } as const };
    const spread = advise({ options: [asg("on-demand", "0.05"), spot, other], goal: goalOf99 });
    expect(Object.values(spread.tasks).filter((tasks) => tasks > 0).length).toBeGreaterThan(1);
    expect(spread.assumptions.map(({ code }) => code)).toContain("spot-pools-independent");
  });

  it("says which providers it did not use or search, and that weights were cut", () => {
    const families = ["c", "m", "r", "x"].map((family, i) =>
      asg(`spot-${family}`, `0.02${i}`, { interruption: ec2SpotInterruption(i) }),
    );
    const advice = advise({ options: [asg("on-demand", "0.05"), asg("dear", "0.06"), ...families], maxWeight: 50 });
    const detailOf = (code: string): string | undefined => advice.reasons.find((each) => each.code === code)?.detail;
    expect(detailOf("dearer-on-demand")).toContain("dear.");
    expect(detailOf("not-searched")).toContain("spot-x.");
    expect(detailOf("weights-cut")).toContain("up to 6 only");
    expect(advice.feasible).toBe(true);
  });

  it("refuses goals that are none", () => {
    const wrong: Partial<CapacityGoal>[] = [
      { target: 1.1 },
      { target: Number.NaN },
      { required: { kind: "tasks", tasks: 1.5 } },
      { required: { kind: "tasks", tasks: -1 } },
      { required: { kind: "share", share: 1.1 } },
    ];
    for (const part of wrong) expect(() => advise({ goal: { ...REQUEST_GOAL, ...part } })).toThrow(RangeError);
  });

  it("requires all tasks where fewer are wanted than must stay up", () => {
    const advice = advise({ goal: { ...REQUEST_GOAL, profile: countRange(2, 10) } });
    expect(codesOf(advice)).toContain("required-above-count");
    expect(advice.assumptions.map(({ code }) => code)).toContain("counts-uniform");
    expect(advice.availability.achieved?.toFixed()).toBe("1");
  });
});

describe("a count profile", () => {
  it("holds each count of the range once with its hours", () => {
    expect(hourlyCounts([3, 1, 3, 0]).points).toEqual([
      { count: 0, hours: 1 },
      { count: 1, hours: 1 },
      { count: 2, hours: 0 },
      { count: 3, hours: 2 },
    ]);
    expect(hourlyCounts([3, 1, 3, 0]).shown).toBe(3);
  });

  it("refuses what is no count, and runs have none", () => {
    expect(() => hourlyCounts([])).toThrow(RangeError);
    expect(() => fixedCount(1.5)).toThrow(RangeError);
    expect(() => countRange(4, 3)).toThrow(RangeError);
    expect(profileOfDemand({ kind: "runs", perMonth: 1, seconds: 1, pullSeconds: 0 })).toBeUndefined();
  });
});

describe("spotPermission", () => {
  it("never allows Spot against the service's word, and names what it assumes", () => {
    expect(spotPermission("no", 1)).toMatchObject({ spotAllowed: false, assumptions: [] });
    expect(spotPermission("unspecified").spotAllowed).toBe(false);
    expect(spotPermission("unspecified").assumptions).toHaveLength(1);
    expect(spotPermission("unspecified", 4)).toMatchObject({ spotAllowed: true, required: { tasks: 4 } });
    expect(spotPermission("partly").required).toEqual({ kind: "share", share: 0.5 });
    expect(spotPermission("yes").required).toEqual({ kind: "tasks", tasks: 0 });
  });
});
