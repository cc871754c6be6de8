import { describe, expect, it } from "vitest";
import { billPlaceOf } from "./bill-place.ts";

describe("the place of a bill", () => {
  it.each([
    [["a.csv", "folder"], { kind: "files", paths: ["a.csv", "folder"] }],
    [["./cost-explorer"], { kind: "files", paths: ["./cost-explorer"] }],
    [["cost-explorer"], { kind: "cost-explorer" }],
    [["athena://billing.cur_2"], { kind: "athena", database: "billing", table: "cur_2" }],
  ])("is of %j %j", (sources, place) => {
    expect(billPlaceOf(sources)).toEqual(place);
  });

  it.each([
    [[], "there is no --bill"],
    [["cost-explorer", "a.csv"], "stands alone"],
    [["a.csv", "athena://a.b"], "stands alone"],
    [["athena://"], "expected athena://DATABASE.TABLE"],
    [["athena://a"], "expected athena://DATABASE.TABLE"],
    [["athena://a.b.c"], "expected athena://DATABASE.TABLE"],
    [["athena://a.b; DROP TABLE c"], "expected athena://DATABASE.TABLE"],
  ])("cannot be %j: %s", (sources, told) => {
    expect(() => billPlaceOf(sources)).toThrow(told);
  });
});
