import { describe, expect, it } from "vitest";
import { BorderError, isBorderError, placeText } from "./border-error.ts";

describe("a border error", () => {
  it("says who can help, where and how", () => {
    const cause = new Error("ENOENT");
    const where = { file: "a.yaml", line: 3, key: "services[0].name" };
    const error = new BorderError("a.yaml:3: is wrong", {
      code: "invalid-input",
      source: "user",
      hint: "Fix it.",
      where,
      cause,
    });
    expect(error).toMatchObject({
      name: "BorderError",
      code: "invalid-input",
      source: "user",
      hint: "Fix it.",
      where,
      cause,
    });
    expect(error.problems).toEqual([]);
    expect(placeText(where)).toBe("a.yaml:3: services[0].name");
    expect(placeText({ file: "a.yaml" })).toBe("a.yaml");
  });

  it("is known across copies of the package, and nothing else is taken for one", () => {
    const foreign = Object.assign(new Error("x"), { [Symbol.for("@ecs-cost/core/BorderError")]: true });
    expect([new BorderError("x", { code: "a", source: "aws" }), foreign].map(isBorderError)).toEqual([true, true]);
    expect([new Error("x"), { code: "a" }, null, undefined, "x"].map(isBorderError)).toEqual(Array(5).fill(false));
  });
});
