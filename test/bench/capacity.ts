import { adviseAll } from "../../packages/core/src/domain/capacity/advise-capacity.ts";
import type { CapacityRequest } from "../../packages/core/src/domain/capacity/capacity-advice.ts";
import type { CapacityOption } from "../../packages/core/src/domain/capacity/capacity-option.ts";
import { prepareProblem } from "../../packages/core/src/domain/capacity/capacity-problem.ts";
import { hourlyCounts } from "../../packages/core/src/domain/capacity/count-profile.ts";
import { enumerateStrategies } from "../../packages/core/src/domain/capacity/enumerate-strategies.ts";
import { findStrategy } from "../../packages/core/src/domain/capacity/find-strategy.ts";
import { FARGATE_SPOT_INTERRUPTION } from "../../packages/core/src/domain/capacity/interruption.ts";
import { Decimal } from "../../packages/core/src/domain/units/decimal.ts";
import { randomFrom } from "../properties/capacity-simulation.ts";
import { sortingSeconds } from "./reference-work.ts";

const SERVICES = 1000;
const HOURS = 744;
const ENUMERATED = 8;
/** Sorts of a million numbers that 1,000 services with their frontiers may take. */
const MOST_SORTS = 12;
const TARGETS = [0.9, 0.95, 0.98, 0.99, 0.999, 0.9999];

const OPTIONS: readonly CapacityOption[] = [
  { capacityProvider: "FARGATE", type: "fargate", price: new Decimal("0.04937") },
  {
    capacityProvider: "FARGATE_SPOT",
    type: "fargate",
    price: new Decimal("0.01571925"),
    interruption: FARGATE_SPOT_INTERRUPTION,
  },
];

/** A day and night of one service, with noise. */
const monthOf = (index: number): readonly number[] => {
  const random = randomFrom(index + 1);
  const low = 1 + Math.floor(random() * 20);
  const swing = Math.floor(random() * 60);
  return Array.from({ length: HOURS }, (_, hour) => {
    const day = (1 - Math.cos((2 * Math.PI * hour) / 24)) / 2;
    return Math.round(low + swing * day + random() * 3);
  });
};

const requestOf = (index: number, month: readonly number[]): CapacityRequest => {
  const profile = hourlyCounts(month);
  const least = profile.points[0]?.count ?? 0;
  return {
    service: { id: `bench/${index}`, name: `${index}`, cluster: "bench" },
    goal: {
      profile,
      required: index % 2 === 0 ? { kind: "tasks", tasks: least } : { kind: "share", share: (index % 20) / 20 },
      target: TARGETS[index % TARGETS.length] ?? 1,
      hoursPerMonth: new Decimal(730),
    },
    options: OPTIONS,
    spotAllowed: true,
    today: [{ capacityProvider: "FARGATE", base: 0, weight: 1 }],
  };
};

const speedUpOf = (requests: readonly CapacityRequest[]): number => {
  const problems = requests.map(({ goal, options }) => prepareProblem(goal, options));
  const limits = { maxWeight: 9, zeroWeightBase: true };
  const enumeration = secondsOf(() => problems.map((problem) => enumerateStrategies(problem, limits)));
  const repeats = 20;
  const search = secondsOf(() => {
    for (let i = 0; i < repeats; i += 1) problems.map((problem) => findStrategy(problem, limits));
  });
  return (enumeration * repeats) / search;
};

const secondsOf = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};

const fastest = (work: () => unknown): number => Math.min(...[0, 1, 2].map(() => secondsOf(work)));

const months = Array.from({ length: SERVICES }, (_, i) => monthOf(i));
const requests = (): CapacityRequest[] => months.map((month, i) => requestOf(i, month));
const unit = sortingSeconds();
const print = (name: string, seconds: number): void => {
  process.stdout.write(`${name.padEnd(48)}${seconds.toFixed(3)} s ${(seconds / unit).toFixed(1).padStart(8)} sorts\n`);
};

const withFrontier = fastest(() => adviseAll(requests()));
print(`${SERVICES} services, ${HOURS} hourly counts, with frontier`, withFrontier);
print(
  "the same without frontier",
  fastest(() => adviseAll(requests().map((request) => ({ ...request, frontier: false })))),
);
process.stdout.write(
  `the search is ${speedUpOf(requests().slice(0, ENUMERATED)).toFixed(0)} times as fast as enumeration\n`,
);
if (withFrontier / unit > MOST_SORTS) process.exitCode = 1;
