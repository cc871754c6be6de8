import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PackRequest } from "../../packages/core/src/domain/packing/model/request.ts";
import { packFleets } from "../../packages/core/src/domain/packing/pack.ts";
import { checkFleet, largeRequests, requests } from "./packing-checks.ts";
import { optimum } from "./packing-optimum.ts";

const plans = (request: Parameters<typeof packFleets>[0]) => packFleets(request).filter((result) => result.feasible);

describe("every fleet", () => {
  it("places each task once, within every capacity, on even zones, at the sum of its prices", () => {
    fc.assert(
      fc.property(requests(), (request) => {
        for (const plan of packFleets(request)) expect(checkFleet(request, plan)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("never costs less than its lower bound", () => {
    fc.assert(
      fc.property(requests(), (request) => {
        for (const plan of plans(request)) {
          expect(plan.lowerBound).toBeLessThanOrEqual(plan.nanoDollars);
          expect(Number.isSafeInteger(plan.lowerBound)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("of many services keeps the same rules, near its bound", () => {
    fc.assert(
      fc.property(largeRequests(), (request) => {
        for (const plan of plans(request)) {
          expect(checkFleet(request, plan)).toEqual([]);
          expect(plan.lowerBound).toBeLessThanOrEqual(plan.nanoDollars);
          expect(plan.nanoDollars).toBeLessThan(plan.lowerBound * 1.6);
        }
      }),
      { numRuns: 4 },
    );
  });

  it("depends on neither the order of types nor that of services, nor on an earlier run", () => {
    fc.assert(
      fc.property(requests(), (request) => {
        const turned = {
          ...request,
          items: [...request.items].reverse(),
          types: [...request.types].reverse(),
          markets: request.markets.map((market) => ({ ...market, nanoDollars: [...market.nanoDollars].reverse() })),
        };
        const first = JSON.stringify(plans(request));
        expect(JSON.stringify(plans(request))).toBe(first);
        expect(JSON.stringify(plans(turned))).toBe(first);
      }),
      { numRuns: 60 },
    );
  });
});

const taskCount = (request: PackRequest): number => request.items.reduce((total, item) => total + item.count, 0);

/** Small enough to try every fleet. */
const tiny = requests().map((request) => ({
  ...request,
  types: request.types.slice(0, 3),
  azs: Math.min(2, request.azs),
  markets: request.markets.map((market) => ({ ...market, nanoDollars: market.nanoDollars.slice(0, 3) })),
  items: request.items.slice(0, 3).map((item) => ({ ...item, count: Math.min(2, item.count) })),
}));

describe("the lower bound", () => {
  it("is at most the cost of the best of all fleets", () => {
    fc.assert(
      fc.property(tiny, (request) => {
        const [plan] = packFleets(request);
        fc.pre(plan?.feasible === true && taskCount(request) > 0 && taskCount(request) <= 5);
        expect(plan.lowerBound).toBeLessThanOrEqual(optimum(request));
      }),
      { numRuns: 150 },
    );
  });

  it("never falls when a service gets one more task, idle instances apart", () => {
    fc.assert(
      fc.property(tiny, fc.nat(2), (all, which) => {
        const before = { ...all, minInstances: 1, targetCapacity: 100 };
        const items = before.items.map((item, i) => (i === which ? { ...item, count: item.count + 1 } : item));
        const [less] = packFleets(before);
        const [more] = packFleets({ ...before, items });
        fc.pre(less?.feasible === true && more?.feasible === true);
        expect(more.lowerBound).toBeGreaterThanOrEqual(less.lowerBound);
      }),
      { numRuns: 150 },
    );
  });

  it("equals the best of all fleets where nothing but the tasks decides", () => {
    fc.assert(
      fc.property(tiny, (all) => {
        const request = { ...all, azs: 1, minInstances: 1, targetCapacity: 100 };
        const [plan] = packFleets(request);
        fc.pre(plan?.feasible === true && taskCount(request) > 0 && taskCount(request) <= 6);
        expect([plan.nanoDollars, plan.lowerBound]).toEqual([optimum(request), optimum(request)]);
      }),
      { numRuns: 100 },
    );
  });
});
