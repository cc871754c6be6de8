import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("nearest", () => {
  it.each([
    ["estimte", ["estimate", "compare", "sizes"], ["estimate"]],
    ["comapre", ["estimate", "compare"], ["compare"]],
    ["mem", ["memory", "cpu"], ["memory"]],
    ["zzzzzz", ["estimate", "compare"], []],
  ])("%s is most like %j", (wanted, candidates, expected) => {
    expect(nearest(wanted, candidates, 1)).toEqual(expected);
  });

  it("tells the closest first and no more than asked for", () => {
    expect(nearest("eu-west-9", ["eu-west-1", "eu-west-2", "us-west-2", "eu-west-3"], 2)).toEqual([
      "eu-west-1",
      "eu-west-2",
    ]);
  });
});
