import { describe, expect, it } from "vitest";
import { nearestKey } from "./nearest-key.ts";

const KNOWN = ["name", "cluster", "desiredCount", "launchType", "capacityProviderStrategy", "logs", "runs", "tags"];

describe("the nearest key", () => {
  it.each([
    ["desiredcount", "desiredCount"],
    ["desired_count", "desiredCount"],
    ["desiredCont", "desiredCount"],
    ["launch-type", "launchType"],
    ["capacityProviderStrategies", "capacityProviderStrategy"],
    ["log", "logs"],
    ["nmae", "name"],
    ["strategy", "capacityProviderStrategy"],
    ["count", "desiredCount"],
    ["zzzz", undefined],
    ["", undefined],
    ["x".repeat(1000), undefined],
    ["constructor", undefined],
  ])("to %s is %s", (key, nearest) => {
    expect(nearestKey(key, KNOWN)).toBe(nearest);
  });

  it("to a known key is that key", () => {
    for (const key of KNOWN) expect(nearestKey(key, KNOWN)).toBe(key);
  });
});
