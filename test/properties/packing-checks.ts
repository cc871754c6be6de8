import fc from "fast-check";
import type {
  FleetPlan,
  FleetResult,
  PackItem,
  PackRequest,
} from "../../packages/core/src/domain/packing/model/request.ts";

const PORTS = ["tcp/80", "tcp/443", "tcp/22"];

const item = (id: string): fc.Arbitrary<PackItem> =>
  fc.record({
    id: fc.constant(id),
    count: fc.integer({ min: 0, max: 7 }),
    cpu: fc.constantFrom(128, 256, 512, 1024, 2048),
    memory: fc.constantFrom(128, 512, 1000, 2048, 4096),
    enis: fc.constantFrom<0 | 1>(0, 1),
    gpus: fc.constantFrom(0, 0, 0, 0, 1),
    hostPorts: fc.subarray(PORTS, { maxLength: 1 }).chain((ports) => fc.constantFrom([], [], ports)),
  });

const market = (id: string, types: number) =>
  fc.record({
    id: fc.constant(id),
    nanoDollars: fc.array(fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined, freq: 12 }), {
      minLength: types,
      maxLength: types,
    }),
  });

/** Requests of up to six services, five types and two markets, with every setting. */
export const requests = (): fc.Arbitrary<PackRequest> =>
  fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 5 })).chain(([services, types]) =>
    fc.record({
      items: fc.tuple(...Array.from({ length: services }, (_, i) => item(`s${i}`))),
      types: fc.tuple(
        ...Array.from({ length: types }, (_, i) =>
          fc.record({
            type: fc.constant(`t${i}`),
            cpu: fc.constantFrom(-10, 2048, 4096, 8192),
            memory: fc.constantFrom(1900, 3900, 7800, 15_700),
            enis: fc.integer({ min: 0, max: 9 }),
            gpus: fc.constantFrom(0, 0, 1, 4),
          }),
        ),
      ),
      markets: fc.tuple(market("a", types), market("b", types)),
      azs: fc.constantFrom(1, 1, 2, 3),
      minInstances: fc.constantFrom(0, 1, 1, 3, 6),
      targetCapacity: fc.constantFrom(100, 100, 80, 33),
      reservedPorts: fc.constantFrom([], [], ["tcp/22"]),
      effort: fc.constantFrom<"least" | "quick">("least", "least", "least", "quick"),
    }),
  );

const service = (i: number) =>
  fc.record({
    id: fc.constant(`service-${i}`),
    count: fc.integer({ min: 1, max: 30 }),
    cpu: fc.integer({ min: 1, max: 16 }).map((n) => n * 128),
    memory: fc.integer({ min: 128, max: 6000 }),
    enis: fc.constantFrom<0 | 1>(0, 1),
    gpus: fc.constant(0),
    hostPorts: fc.constantFrom(...Array.from({ length: 30 }, () => [] as string[]), ["tcp/80"]),
  });

const FAMILIES = [
  { letter: "c", ratio: 2, rate: 40 },
  { letter: "m", ratio: 4, rate: 46 },
  { letter: "r", ratio: 8, rate: 60 },
];

const FAMILY_TYPES = FAMILIES.flatMap(({ letter, ratio, rate }) =>
  [1, 2, 4, 8, 16, 32].map((size) => ({
    type: `${letter}.${size}`,
    cpu: 1024 * size * 2,
    memory: 1024 * ratio * size * 2 - 500,
    enis: 2 + size * 3,
    gpus: 0,
    price: rate * size * 1_000_003,
  })),
);

/** Fleets of dozens to hundreds of tasks on three families, in enough shapes that every way to pack is used. */
export const largeRequests = (): fc.Arbitrary<PackRequest> =>
  fc.integer({ min: 8, max: 110 }).chain((services) =>
    fc.record({
      items: fc.tuple(...Array.from({ length: services }, (_, i) => service(i))),
      types: fc.constant(FAMILY_TYPES.map(({ price, ...type }) => type)),
      markets: fc
        .array(fc.array(fc.integer({ min: 40, max: 100 }), { minLength: 18, maxLength: 18 }), {
          minLength: 1,
          maxLength: 6,
        })
        .map((shares) =>
          shares.map((share, m) => ({
            id: `market-${m}`,
            nanoDollars: FAMILY_TYPES.map(({ price }, t) => Math.round((price * (share[t] ?? 100)) / 100)),
          })),
        ),
      azs: fc.constantFrom(1, 1, 3),
      minInstances: fc.constantFrom(1, 1, 5),
      targetCapacity: fc.constantFrom(100, 100, 90),
      effort: fc.constant<"least">("least"),
      reservedPorts: fc.constant(["tcp/22"]),
    }),
  );

const checkCapacity = (request: PackRequest, plan: FleetPlan): string[] =>
  plan.instances.flatMap((entry) => {
    const type = request.types.find((candidate) => candidate.type === entry.instanceType);
    if (!type) return [`unknown type ${entry.instanceType}`];
    const used = { cpu: 0, memory: 0, enis: 0, gpus: 0 };
    const ports: string[] = [...request.reservedPorts];
    let tasks = 0;
    for (const [id, n] of Object.entries(entry.tasks)) {
      const placed = request.items.find((candidate) => candidate.id === id);
      if (!placed) return [`unknown service ${id}`];
      tasks += n;
      for (const key of ["cpu", "memory", "enis", "gpus"] as const) used[key] += n * placed[key];
      for (let task = 0; task < n; task++) ports.push(...placed.hostPorts);
    }
    const over = (["cpu", "memory", "enis", "gpus"] as const).filter((key) => tasks > 0 && used[key] > type[key]);
    const twice = allDifferent(ports) ? [] : [`a host port twice on ${entry.instanceType}`];
    return [...over.map((key) => `${key} exceeded on ${entry.instanceType}`), ...(tasks > 0 ? twice : [])];
  });

const allDifferent = (ports: readonly string[]): boolean => new Set(ports).size === ports.length;

const checkTasks = (request: PackRequest, plan: FleetPlan): string[] => {
  const faults: string[] = [];
  for (const { id, count } of request.items) {
    const zones = new Array<number>(request.azs).fill(0);
    for (const entry of plan.instances) {
      const z = (entry.az ?? 1) - 1;
      zones[z] = (zones[z] ?? 0) + (entry.tasks[id] ?? 0) * entry.count;
    }
    if (zones.reduce((a, b) => a + b, 0) !== count) faults.push(`${id}: ${zones} tasks placed of ${count}`);
    if (Math.max(...zones) - Math.min(...zones) > 1) faults.push(`${id}: uneven over zones ${zones}`);
  }
  return faults;
};

const checkCount = (request: PackRequest, plan: FleetPlan): string[] => {
  const isIdle = (entry: FleetPlan["instances"][number]) => Object.keys(entry.tasks).length === 0;
  const total = plan.instances.reduce((sum, entry) => sum + entry.count, 0);
  const filled = plan.instances.reduce((sum, entry) => sum + (isIdle(entry) ? 0 : entry.count), 0);
  const priced = request.markets.find((candidate) => candidate.id === plan.market)?.nanoDollars ?? [];
  const least = priced.some((price) => price !== undefined) ? request.minInstances : 0;
  const wanted = Math.max(least, Math.ceil((filled * 100) / request.targetCapacity));
  const faults = total === wanted ? [] : [`${total} instances, of which ${filled} filled, should be ${wanted}`];
  const keys = plan.instances.map((entry) => JSON.stringify([entry.instanceType, entry.az, entry.tasks]));
  if (new Set(keys).size !== keys.length) faults.push("a pattern is listed twice");
  if (plan.instances.some((entry) => entry.count < 1)) faults.push("an entry of no instances");
  return faults;
};

const checkCost = (request: PackRequest, plan: FleetPlan): string[] => {
  const prices = request.markets.find((candidate) => candidate.id === plan.market)?.nanoDollars ?? [];
  const priceOf = (type: string) =>
    prices[request.types.findIndex((candidate) => candidate.type === type)] ?? Number.NaN;
  const cost = plan.instances.reduce((sum, entry) => sum + entry.count * priceOf(entry.instanceType), 0);
  const idle = plan.instances.filter((entry) => Object.keys(entry.tasks).length === 0);
  const cheapest = Math.min(...plan.instances.map((entry) => priceOf(entry.instanceType)));
  const dear = idle.some((entry) => priceOf(entry.instanceType) > cheapest);
  return [
    ...(cost === plan.nanoDollars ? [] : [`costs ${cost}, not ${plan.nanoDollars}`]),
    ...(dear ? ["idle instances are not of the cheapest type"] : []),
  ];
};

/** Faults of a plan by rules that are written down here once more, independently of the packer. */
export const checkFleet = (request: PackRequest, result: FleetResult): string[] => {
  if (!result.feasible) return result.unplaceable.every(({ reasons }) => reasons.length > 0) ? [] : ["no reason given"];
  return [
    ...checkCapacity(request, result),
    ...checkTasks(request, result),
    ...checkCount(request, result),
    ...checkCost(request, result),
  ];
};
