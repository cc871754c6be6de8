import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import { bestOption, rankOptions } from "./rank-options.ts";

const option = (id: string, cost: number | null) => ({
  id,
  feasible: cost !== null,
  monthlyCost: cost === null ? null : new Decimal(cost),
});

describe("the order of options", () => {
  it("is by cost, then id, with what is not feasible behind, whatever the order they come in", () => {
    const options = [option("b", 1), option("a", 1), option("c", 0.5), option("x", null), option("w", null)];
    fc.assert(
      fc.property(fc.shuffledSubarray(options, { minLength: options.length }), (shuffled) => {
        expect(rankOptions(shuffled).map(({ id }) => id)).toEqual(["c", "a", "b", "w", "x"]);
      }),
    );
  });
});

describe("the option that is advised", () => {
  const ranked = rankOptions([
    option("fargate-spot", 1),
    option("ec2-spot-arm64", 2),
    option("ec2-standard-ri-3y-no-upfront", 3),
    option("fargate-compute-sp-1y-no-upfront-arm64", 4),
    option("fargate", 5),
  ]);

  it("is on Spot only where the service may be interrupted", () => {
    expect(bestOption(ranked, "yes")?.id).toBe("fargate-spot");
    for (const interruptible of ["no", "partly", "unspecified"] as const) {
      expect(bestOption(ranked, interruptible)?.id).toBe("ec2-standard-ri-3y-no-upfront");
    }
  });

  it("has no longer commitment than allowed", () => {
    expect(bestOption(ranked, "no", 1)?.id).toBe("fargate-compute-sp-1y-no-upfront-arm64");
    expect(bestOption(ranked, "no", 0)?.id).toBe("fargate");
  });

  it("is none where nothing is feasible", () => {
    expect(bestOption([option("fargate", null)], "yes")).toBeUndefined();
  });
});
