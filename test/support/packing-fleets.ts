import type { InstanceCapacity, PackItem, PackRequest } from "../../packages/core/src/domain/packing/model/request.ts";

/** Linear congruential generator: the same fleets on every machine. */
export const generator = (seed: number): (() => number) => {
  let state = (Math.imul(seed, 2654435761) + 12345) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Sizes of a family: vCPUs, network interfaces, branch interfaces of a trunk. */
const SIZES = { large: [2, 3, 9], xlarge: [4, 4, 18], "2xlarge": [8, 4, 38] } as const;
type Size = keyof typeof SIZES;

/** On-demand USD per vCPU-hour (us-east-1) and GiB per vCPU. */
const FAMILIES = { c5: [0.0425, 2], c6i: [0.0425, 2], m6i: [0.048, 4], r5: [0.063, 8], r6i: [0.063, 8] } as const;
type Family = keyof typeof FAMILIES;

/** 30 GB of gp3 at 0.08 USD a month, in nano-dollars per hour. */
const VOLUME = Math.round((30 * 0.08 * 1e9) / 730);

interface Offered extends InstanceCapacity {
  readonly nanoDollars: number;
}

const offered = (name: string, trunking: boolean, daemon: { cpu: number; memory: number }): Offered => {
  const [family, size] = name.split(".") as [Family, Size];
  const [vcpus, enis, branches] = SIZES[size];
  const [rate, ratio] = FAMILIES[family];
  return {
    type: name,
    cpu: vcpus * 1024 - daemon.cpu,
    memory: Math.floor(vcpus * ratio * 1024 * 0.95) - daemon.memory,
    enis: trunking ? branches + enis - 2 : enis - 1,
    gpus: 0,
    nanoDollars: Math.round(vcpus * rate * 1e9) + VOLUME,
  };
};

const SMALL_TYPES = ["c5.large", "c5.xlarge", "c5.2xlarge", "m6i.large", "m6i.xlarge", "r5.large", "r5.xlarge"];
const LARGE_TYPES = [
  "m6i.large",
  "m6i.xlarge",
  "m6i.2xlarge",
  "c6i.xlarge",
  "c6i.2xlarge",
  "r6i.xlarge",
  "r6i.2xlarge",
];

export interface FleetKind {
  readonly azs: number;
  readonly targetCapacity: number;
}

const request = (items: readonly PackItem[], types: readonly Offered[], kind: FleetKind): PackRequest => ({
  items,
  types: types.map(({ nanoDollars: _, ...type }) => type),
  markets: [{ id: "on-demand", nanoDollars: types.map(({ nanoDollars }) => nanoDollars) }],
  minInstances: 1,
  reservedPorts: ["tcp/22"],
  ...kind,
});

const pick = <T>(next: () => number, from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;

const sample = <T>(next: () => number, from: readonly T[], count: number): readonly T[] => {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(Math.floor(next() * left.length), 1)[0] as T);
};

/** Two to five services of at most 40 tasks in all on three to six types, as one finds them in a small cluster. */
export const smallFleet = (seed: number, kind: FleetKind): PackRequest => {
  const next = generator(seed);
  const services = 2 + Math.floor(next() * 4);
  const trunking = next() < 0.5;
  const daemon = next() < 0.3 ? { cpu: 64, memory: 128 } : { cpu: 0, memory: 0 };
  let open = 40;
  const items = Array.from({ length: services }, (_, i): PackItem => {
    const count = Math.max(1, Math.min(open - (services - 1 - i), 1 + Math.floor(next() * 12)));
    open -= count;
    return {
      id: `s${i}`,
      count,
      cpu: pick(next, [128, 256, 256, 300, 400, 512, 700, 1024, 1500]),
      memory: pick(next, [256, 512, 900, 1024, 2000, 2048, 3000, 4000]),
      enis: next() < 0.4 ? 1 : 0,
      gpus: 0,
      hostPorts: [],
    };
  });
  const names = sample(next, SMALL_TYPES, 3 + Math.floor(next() * 4));
  return request(
    items,
    names.map((name) => offered(name, trunking, daemon)),
    kind,
  );
};

/** Services of all different sizes, one to six tasks each, on seven types. */
export const largeFleet = (seed: number, services: number, kind: FleetKind): PackRequest => {
  const next = generator(seed);
  const items = Array.from(
    { length: services },
    (_, i): PackItem => ({
      id: `s${i}`,
      count: 1 + Math.floor(next() * 6),
      cpu: 32 * (5 + Math.floor(next() * 60)),
      memory: 64 * (8 + Math.floor(next() * 84)),
      enis: 0,
      gpus: 0,
      hostPorts: [],
    }),
  );
  return request(
    items,
    LARGE_TYPES.map((name) => offered(name, true, { cpu: 0, memory: 0 })),
    kind,
  );
};
