import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { autoscalingOf, scalingIssues } from "./autoscaling.ts";
import type { FoundScaling } from "./scaling.ts";

const CPU = "ECSServiceAverageCPUUtilization";
const MEMORY = "ECSServiceAverageMemoryUtilization";

const tracking = (metric: string, targetValue: number) => ({
  name: `${metric} ${targetValue}`,
  type: "TargetTrackingScaling",
  metric,
  targetValue,
});

const scaling = (given: Partial<FoundScaling> = {}): FoundScaling => ({
  service: "main/api",
  minTasks: 2,
  maxTasks: 8,
  policies: [tracking(CPU, 60)],
  scheduled: [],
  suspended: false,
  ...given,
});

const details = (found: FoundScaling): readonly string[] => scalingIssues(found).map(({ detail }) => detail);

describe("target tracking of a service", () => {
  it("is the lowest target of each metric, which wants the most tasks, within the bounds", () => {
    const targets = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(targets, targets, (cpu, memory) => {
        const policies = [...cpu.map((each) => tracking(CPU, each)), ...memory.map((each) => tracking(MEMORY, each))];
        expect(autoscalingOf(scaling({ policies }))).toEqual({
          minTasks: 2,
          maxTasks: 8,
          cpuTargetPercent: Math.min(...cpu),
          memoryTargetPercent: Math.min(...memory),
        });
      }),
    );
  });

  it("is not said where it does not work: suspended, out of bounds, or on another metric", () => {
    expect(autoscalingOf(scaling({ suspended: true }))).toBeUndefined();
    expect(autoscalingOf(scaling({ minTasks: 0, maxTasks: 0 }))).toBeUndefined();
    expect(autoscalingOf(scaling({ policies: [tracking("ALBRequestCountPerTarget", 500)] }))).toBeUndefined();
    expect(autoscalingOf(scaling({ policies: [tracking(CPU, 140)] }))).toBeUndefined();
    expect(autoscalingOf(scaling({ policies: [] }))).toBeUndefined();
  });
});

describe("what a workload file cannot say", () => {
  it("is told: other policies, actions by time, and that scaling is suspended", () => {
    expect(details(scaling())).toEqual([]);
    const steps = { name: "steps", type: "StepScaling" };
    const policies = [tracking(CPU, 60), steps, tracking("ALBRequestCountPerTarget", 500)];
    expect(details(scaling({ policies }))).toEqual([
      expect.stringContaining("steps (StepScaling), ALBRequestCountPerTarget 500 (ALBRequestCountPerTarget)"),
    ]);
    expect(details(scaling({ suspended: true }))).toEqual([expect.stringContaining("suspended")]);
    const scheduled = [{ name: "night", schedule: "cron(0 20 * * ? *)", minTasks: 0, maxTasks: 1 }];
    expect(details(scaling({ scheduled }))).toEqual([
      expect.stringContaining("night (cron(0 20 * * ? *) UTC: at least 0, at most 1)"),
    ]);
  });
});
