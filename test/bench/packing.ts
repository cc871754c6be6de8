import type { FleetResult, InstanceCapacity, PackItem } from "../../packages/core/src/domain/packing/model/request.ts";
import { packFleets } from "../../packages/core/src/domain/packing/pack.ts";

/** Linear congruential generator: the same fleets on every machine. */
const generator = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Sizes of a family: name, vCPUs, task ENIs without trunking. */
const SIZES: readonly (readonly [string, number, number])[] = [
  ["medium", 1, 1],
  ["large", 2, 2],
  ["xlarge", 4, 3],
  ["2xlarge", 8, 3],
  ["4xlarge", 16, 7],
  ["8xlarge", 32, 7],
  ["12xlarge", 48, 7],
  ["16xlarge", 64, 14],
  ["24xlarge", 96, 14],
  ["48xlarge", 192, 14],
];

interface Offered extends InstanceCapacity {
  readonly family: string;
  readonly nanoDollars: number;
}

/** About 800 types: four memory ratios, generations and variants at prices that are linear in size. */
const catalogue = (): readonly Offered[] => {
  const types: Offered[] = [];
  const rates = { c: 0.0382, m: 0.0432, r: 0.0567, x: 0.0889 };
  for (const [ratio, [letter, rate]] of Object.entries(rates).entries()) {
    for (let generation = 4; generation <= 8; generation++) {
      for (const [variant, premium] of [
        ["g", 0.9],
        ["a", 1],
        ["i", 1.05],
        ["n", 1.3],
      ] as const) {
        const family = `${letter}${generation}${variant}`;
        for (const [name, vcpus, enis] of SIZES) {
          const nanoDollars = Math.round(vcpus * rate * premium * (1.12 - generation * 0.02) * 1e9);
          const memory = Math.floor(vcpus * 2 ** (ratio + 1) * 1024 * 0.975) - 120;
          types.push({
            type: `${family}.${name}`,
            cpu: vcpus * 1024,
            memory,
            enis: enis + 8 * (vcpus > 1 ? 1 : 0),
            gpus: 0,
            family,
            nanoDollars,
          });
        }
      }
    }
  }
  return types;
};

const services = (count: number, shapes: number, tasks: number, seed: number): readonly PackItem[] => {
  const next = generator(seed);
  const sizes = Array.from({ length: shapes }, () => {
    const cpu = 256 * 2 ** Math.floor(next() * next() * 5);
    return { cpu, memory: Math.max(512, Math.round((cpu * (1 + next() * 7)) / 512) * 512) };
  });
  return Array.from({ length: count }, (_, i) => ({
    id: `service-${i}`,
    count: Math.max(1, Math.round(tasks * (0.5 + next()))),
    ...(sizes[i % shapes] ?? { cpu: 256, memory: 512 }),
    enis: 1 as const,
    gpus: 0,
    hostPorts: [],
  }));
};

/** Prices of a purchase: list prices, then a discount per family. */
const purchases = (types: readonly Offered[], count: number) => {
  const next = generator(7);
  return Array.from({ length: count }, (_, market) => {
    const discounts = new Map<string, number>();
    const nanoDollars = types.map(({ family, nanoDollars: listed }) => {
      const share = discounts.get(family) ?? (market === 0 ? 1 : 0.35 + 0.3 * next());
      discounts.set(family, share);
      return Math.round(listed * share);
    });
    return { id: `purchase-${market}`, nanoDollars };
  });
};

const seconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};

/** Seconds to sort a million numbers here: a yardstick that makes times of different machines comparable. */
const yardstick = (): number => {
  const next = generator(1);
  const numbers = Array.from({ length: 1_000_000 }, next);
  return Math.min(...[0, 1, 2].map(() => seconds(() => void [...numbers].sort((a, b) => a - b))));
};

const gapsOf = (results: readonly FleetResult[]): readonly number[] =>
  results.map((result) => (result.feasible ? result.nanoDollars / result.lowerBound - 1 : Number.NaN));

const measure = (name: string, items: readonly PackItem[], markets: number, azs: number, unit: number): void => {
  const types = catalogue();
  const settings = { azs, minInstances: 1, targetCapacity: 100, reservedPorts: ["tcp/22"] };
  const request = { items, types, markets: purchases(types, markets), ...settings };
  let results: readonly FleetResult[] = [];
  const time = Math.min(
    ...[0, 1, 2].map(() =>
      seconds(() => {
        results = packFleets(request);
      }),
    ),
  );
  const gaps = gapsOf(results);
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  const figures = [`${time.toFixed(3)} s`, `${(time / unit).toFixed(2)} sorts`];
  const quality = [`gap ${(mean * 100).toFixed(2)} %`, `worst ${(Math.max(...gaps) * 100).toFixed(2)} %`];
  process.stdout.write(`${name.padEnd(42)}${[...figures, ...quality].map((text) => text.padStart(14)).join("")}\n`);
};

const unit = yardstick();
process.stdout.write(`sorting 1e6 numbers takes ${unit.toFixed(3)} s here; ${catalogue().length} types\n`);
measure("3 services, 1 market", services(3, 3, 4, 4), 1, 1, unit);
measure("10 services, 26 markets", services(10, 10, 4, 4), 26, 1, unit);
measure("2,000 tasks in 50 shapes, 1 market", services(50, 50, 40, 2), 1, 1, unit);
measure("2,000 tasks in 50 shapes, 1 market, 3 AZs", services(50, 50, 40, 2), 1, 3, unit);
measure("100 services, 26 markets", services(100, 100, 3, 5), 26, 1, unit);
measure("1,000 services, 26 markets", services(1000, 300, 3, 5), 26, 1, unit);
measure("10,000 services, 26 markets", services(10_000, 1000, 3, 6), 26, 1, unit);
