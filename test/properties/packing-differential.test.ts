import * as highs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { packFleets } from "../../packages/core/src/domain/packing/pack.ts";
import { highsOptimum, type LinearSolver } from "../support/highs-optimum.ts";
import { type FleetKind, smallFleet } from "../support/packing-fleets.ts";
import { checkFleet } from "./packing-checks.ts";

let solver: LinearSolver;
beforeAll(async () => {
  solver = await (highs as unknown as { readonly default: () => Promise<LinearSolver> }).default();
});

/** Rounding of the solver, nano-dollars. */
const NEARLY = 20;
/** Larger programmes take the solver too long for a test. */
const MOST_PATTERNS = 150;

const KINDS: readonly FleetKind[] = [
  { azs: 1, targetCapacity: 100 },
  { azs: 1, targetCapacity: 90 },
  { azs: 2, targetCapacity: 100 },
  { azs: 2, targetCapacity: 75 },
  { azs: 3, targetCapacity: 60 },
];

describe("fleets of up to 40 tasks, against an integer programming solver", () => {
  it.each(KINDS)(
    "cost what the best fleet costs, and no bound is above that ($azs zones, target $targetCapacity)",
    (kind) => {
      let compared = 0;
      for (let seed = 1; seed <= 12; seed++) {
        const request = smallFleet(seed, kind);
        const optimum = highsOptimum(solver, request, MOST_PATTERNS);
        const [plan] = packFleets({ ...request, effort: "quick" });
        if (optimum === undefined || plan?.feasible !== true) continue;
        compared++;
        expect(checkFleet(request, plan)).toEqual([]);
        expect(plan.nanoDollars, `seed ${seed}`).toBeLessThanOrEqual(optimum * 1.005 + NEARLY);
        expect(plan.nanoDollars).toBeGreaterThanOrEqual(optimum - NEARLY);
        expect(plan.lowerBound).toBeLessThanOrEqual(optimum + NEARLY);
      }
      expect(compared).toBeGreaterThanOrEqual(4);
    },
  );
});
