import type { InstanceCapacity, PackItem, PackRequest } from "../../packages/core/src/domain/packing/model/request.ts";

/** The part of the solver that is used. */
export interface LinearSolver {
  readonly solve: (
    problem: string,
    options?: { readonly time_limit?: number; readonly mip_rel_gap?: number },
  ) => { readonly Status: string; readonly ObjectiveValue?: number };
}

interface Pattern {
  readonly type: number;
  readonly counts: readonly number[];
}

const SIZES = ["cpu", "memory", "enis", "gpus"] as const;

const clash = (items: readonly PackItem[], counts: readonly number[]): boolean => {
  const ports = items.flatMap(({ hostPorts }, i) => Array.from({ length: counts[i] ?? 0 }, () => hostPorts).flat());
  return new Set(ports).size < ports.length;
};

const fits = (items: readonly PackItem[], counts: readonly number[], type: InstanceCapacity): boolean =>
  SIZES.every((key) => items.reduce((sum, item, i) => sum + item[key] * (counts[i] ?? 0), 0) <= type[key]) &&
  !clash(items, counts);

/** Every way to fill a type to which no task can be added; undefined where there are more than `most`. */
const fullPatterns = (
  items: readonly PackItem[],
  ceiling: readonly number[],
  type: InstanceCapacity,
  most: number,
): readonly (readonly number[])[] | undefined => {
  const found: number[][] = [];
  const counts = items.map(() => 0);
  const isFull = (): boolean =>
    items.every((_, i) => {
      if ((counts[i] ?? 0) >= (ceiling[i] ?? 0)) return true;
      counts[i] = (counts[i] ?? 0) + 1;
      const room = fits(items, counts, type);
      counts[i] = (counts[i] ?? 0) - 1;
      return !room;
    });
  const visit = (i: number): void => {
    if (found.length > most) return;
    if (i === items.length) {
      if (counts.some((n) => n > 0) && isFull()) found.push([...counts]);
      return;
    }
    for (let n = 0; n <= (ceiling[i] ?? 0); n++) {
      counts[i] = n;
      if (!fits(items, counts, type)) break;
      visit(i + 1);
    }
    counts[i] = 0;
  };
  visit(0);
  return found.length > most ? undefined : found;
};

const sum = (terms: readonly string[]): string => (terms.length > 0 ? terms.join(" + ") : "0 x0_0");

/** The whole problem as an integer programme over full patterns, by zone, idle instances of a type of the fleet included. */
const programme = (request: PackRequest, patterns: readonly Pattern[], prices: readonly number[]): string => {
  const { items, azs, targetCapacity, minInstances } = request;
  const zones = Array.from({ length: azs }, (_, z) => z);
  const x = (p: number, z: number): string => `x${p}_${z}`;
  const all = patterns.flatMap((_, p) => zones.map((z) => x(p, z)));
  const types = [...new Set(patterns.map(({ type }) => type))];
  const cost = [
    ...patterns.flatMap(({ type }, p) => zones.map((z) => `${prices[type]} ${x(p, z)}`)),
    ...types.map((t) => `${prices[t]} i${t}`),
  ];
  const odd = items.map(({ count }) => count % azs);
  const covers = items.flatMap((item, s) =>
    zones.map((z) => {
      const has = patterns.flatMap(({ counts }, p) => ((counts[s] ?? 0) > 0 ? [`${counts[s]} ${x(p, z)}`] : []));
      return `${sum(has)}${odd[s] ? ` - o${s}_${z}` : ""} >= ${Math.floor(item.count / azs)}`;
    }),
  );
  const odds = items.flatMap((_, s) => (odd[s] ? [`${sum(zones.map((z) => `o${s}_${z}`))} = ${odd[s]}`] : []));
  const filled = all.map((name) => `${100 - targetCapacity} ${name}`);
  const idle = [
    ...(targetCapacity < 100
      ? [`${sum(types.map((t) => `${targetCapacity} i${t}`))} - ${filled.join(" - ")} >= 0`]
      : []),
    `${sum([...all, ...types.map((t) => `i${t}`)])} >= ${Math.max(1, minInstances)}`,
    ...types.flatMap((t) => {
      const ofType = patterns.flatMap(({ type }, p) => (type === t ? zones.map((z) => x(p, z)) : []));
      return [`i${t} - 1000 u${t} <= 0`, `${sum(ofType)} - u${t} >= 0`];
    }),
  ];
  const binaries = [
    ...types.map((t) => `u${t}`),
    ...items.flatMap((_, s) => (odd[s] ? zones.map((z) => `o${s}_${z}`) : [])),
  ];
  return [
    "Minimize",
    ` cost: ${cost.join("\n + ")}`,
    "Subject To",
    ...[...covers, ...odds, ...idle].map((row, r) => ` r${r}: ${row.replaceAll(" + ", "\n + ")}`),
    "General",
    ...[...all, ...types.map((t) => `i${t}`)].map((name) => ` ${name}`),
    "Binary",
    ...binaries.map((name) => ` ${name}`),
    "End",
  ].join("\n");
};

/**
 * The least cost of any fleet for the first market, from an independent solver (USD per hour in nano-dollars, exact to a
 * few nano-dollars); undefined where the problem is too large or was not solved to the end.
 */
export const highsOptimum = (solver: LinearSolver, request: PackRequest, mostPatterns = 1500): number | undefined => {
  const prices = (request.markets[0]?.nanoDollars ?? []).map((price) => price ?? 0);
  const ceiling = request.items.map(({ count }) => Math.ceil(count / request.azs));
  const patterns: Pattern[] = [];
  for (const [type, capacity] of request.types.entries()) {
    const full = fullPatterns(request.items, ceiling, capacity, mostPatterns - patterns.length);
    if (full === undefined) return undefined;
    patterns.push(...full.map((counts) => ({ type, counts })));
  }
  const scaled = prices.map((price) => price / 1e6);
  const { Status, ObjectiveValue } = solver.solve(programme(request, patterns, scaled), {
    time_limit: 20,
    mip_rel_gap: 0,
  });
  return Status === "Optimal" && ObjectiveValue !== undefined ? ObjectiveValue * 1e6 : undefined;
};
