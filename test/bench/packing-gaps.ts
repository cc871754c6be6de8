import type { PackRequest } from "../../packages/core/src/domain/packing/model/request.ts";
import { packFleets } from "../../packages/core/src/domain/packing/pack.ts";
import { type FleetKind, largeFleet, smallFleet } from "../support/packing-fleets.ts";
import { sortingSeconds } from "./reference-work.ts";

const KINDS: readonly FleetKind[] = [
  { azs: 1, targetCapacity: 100 },
  { azs: 1, targetCapacity: 90 },
  { azs: 2, targetCapacity: 100 },
  { azs: 2, targetCapacity: 75 },
  { azs: 3, targetCapacity: 100 },
  { azs: 3, targetCapacity: 60 },
];

const SEEDS = [1, 2, 3, 4, 5];

const percent = (share: number | undefined): string => `${((share ?? 0) * 100).toFixed(2)} %`.padStart(9);

/** Gaps to the proven bound and seconds of each fleet, median and worst. */
const measure = (name: string, requests: readonly PackRequest[], unit: number): void => {
  const gaps: number[] = [];
  const start = performance.now();
  for (const request of requests) {
    const [plan] = packFleets({ ...request, effort: "quick" });
    if (plan?.feasible) gaps.push(plan.nanoDollars / plan.lowerBound - 1);
  }
  const seconds = (performance.now() - start) / 1000 / requests.length;
  gaps.sort((a, b) => a - b);
  const time = `${(seconds / unit).toFixed(2)} x sorting a million numbers each`;
  process.stdout.write(
    `${name.padEnd(44)} median${percent(gaps[gaps.length >> 1])} worst${percent(gaps.at(-1))} ${time}\n`,
  );
};

const unit = sortingSeconds();
for (const kind of KINDS) {
  const label = `${kind.azs} zones, target ${kind.targetCapacity}`;
  measure(
    `up to 40 tasks, ${label}`,
    SEEDS.map((seed) => smallFleet(seed, kind)),
    unit,
  );
  for (const services of [20, 100, 300, 1000]) {
    measure(
      `${services} services, ${label}`,
      SEEDS.map((seed) => largeFleet(seed, services, kind)),
      unit,
    );
  }
}
