import fc from "fast-check";
import type { CapacityRequest } from "../../packages/core/src/domain/capacity/capacity-advice.ts";
import type { CapacityOption } from "../../packages/core/src/domain/capacity/capacity-option.ts";
import type { CapacityGoal } from "../../packages/core/src/domain/capacity/capacity-problem.ts";
import { countRange, fixedCount, hourlyCounts } from "../../packages/core/src/domain/capacity/count-profile.ts";
import type { RequiredTasks } from "../../packages/core/src/domain/capacity/required-tasks.ts";
import { Decimal } from "../../packages/core/src/domain/units/decimal.ts";

const profiles = (most: number) =>
  fc.oneof(
    fc.nat(most).map(fixedCount),
    fc.tuple(fc.nat(most), fc.nat(most)).map(([a, b]) => countRange(Math.min(a, b), Math.max(a, b))),
    fc.array(fc.nat(most), { minLength: 1, maxLength: 24 }).map((counts) => hourlyCounts(counts)),
  );

export const requirements = (most: number): fc.Arbitrary<RequiredTasks> =>
  fc.oneof(
    fc.nat(most).map((tasks) => ({ kind: "tasks" as const, tasks })),
    fc.integer({ min: 0, max: 20 }).map((share) => ({ kind: "share" as const, share: share / 20 })),
  );

const targets = fc.oneof(fc.constantFrom(0, 0.5, 0.9, 0.99, 0.999, 1), fc.double({ min: 0.3, max: 1, noNaN: true }));

export const goals = (most: number): fc.Arbitrary<CapacityGoal> =>
  fc.record({
    profile: profiles(most),
    required: requirements(most),
    target: targets,
    hoursPerMonth: fc.constant(new Decimal(730)),
  });

const interruptions = fc.record({
  asOf: fc.constant(""),
  source: fc.constant("given"),
  model: fc.record({
    ratePerTaskHour: fc.constantFrom(0, 0.0003, 0.02, 0.5),
    shareTakenTogether: fc.constantFrom(0, 0.2, 1 / 3, 0.5, 1),
    shareWithoutCapacity: fc.constantFrom(0, 0.01, 0.1, 0.4),
    replaceHours: fc.constantFrom(0, 0.05, 0.5),
  }),
});

const prices = fc.integer({ min: 1, max: 60 }).map((cents) => new Decimal(cents).div(1000));

export const onDemand = (capacityProvider: string): fc.Arbitrary<CapacityOption> =>
  fc.record({
    capacityProvider: fc.constant(capacityProvider),
    type: fc.constant("auto-scaling-group" as const),
    price: prices,
  });

export const limited = (capacityProvider: string): fc.Arbitrary<CapacityOption> =>
  fc.tuple(onDemand(capacityProvider), fc.nat(6)).map(([option, maxTasks]) => ({ ...option, maxTasks }));

export const spot = (capacityProvider: string): fc.Arbitrary<CapacityOption> =>
  fc.tuple(onDemand(capacityProvider), interruptions).map(([option, interruption]) => ({ ...option, interruption }));

/** FARGATE and FARGATE_SPOT, Spot cheaper. */
export const fargatePair: fc.Arbitrary<readonly [CapacityOption, CapacityOption]> = fc
  .tuple(onDemand("FARGATE"), spot("FARGATE_SPOT"), fc.integer({ min: 1, max: 9 }))
  .map(([first, second, tenths]) => [
    { ...first, type: "fargate" },
    { ...second, type: "fargate", price: first.price.times(tenths).div(10) },
  ]);

export const requestOf = (
  goal: CapacityGoal,
  options: readonly CapacityOption[],
  more: Partial<CapacityRequest> = {},
): CapacityRequest => ({
  service: { id: "production/api", name: "api", cluster: "production" },
  goal,
  options,
  spotAllowed: true,
  ...more,
});
