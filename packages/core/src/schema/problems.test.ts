import { describe, expect, it } from "vitest";
import { schemaProblems } from "./problems.ts";
import { usageSchema } from "./usage.ts";

describe("problems of a document", () => {
  it("name the keys that are known below a key of the user's own", () => {
    const [problem, ...others] = schemaProblems(usageSchema, { version: 1, usage: { api: { replicas: 2 } } });
    expect(others).toEqual([]);
    expect(problem?.path).toEqual(["usage", "api", "replicas"]);
    expect(problem?.detail).toMatch(
      /^unknown key "replicas"; known here: desiredCount, averageCount, hourlyCounts, hoursAtCount, runs, cpu, memory/,
    );
  });

  it("guess the key that was meant below a key of the user's own", () => {
    const problems = schemaProblems(usageSchema, { version: 1, usage: { api: { desiredCounts: 2 } } });
    expect(problems.map(({ detail }) => detail)).toEqual(['unknown key "desiredCounts"; did you mean "desiredCount"?']);
  });
});
