import type { TaskSize } from "./fargate-sizes.ts";
import type { SizeCost } from "./size-fit.ts";

/** Sizes that a task can have: a list (Fargate), or multiples of a step from a smallest size on (EC2). */
export type SizeGrid =
  | { readonly kind: "list"; readonly sizes: readonly TaskSize[] }
  | { readonly kind: "steps"; readonly smallest: TaskSize; readonly step: TaskSize };

const EPSILON = 1e-9;

/** Whether a size holds a demand in CPU units and MiB. */
export const holds = (size: TaskSize, demand: TaskSize): boolean =>
  size.cpu >= demand.cpu - EPSILON && size.memory >= demand.memory - EPSILON;

/** Cheapest size that holds the demand; equal costs go to the smaller CPU, then memory. Undefined where none does. */
export const cheapestSize = (grid: SizeGrid, demand: TaskSize, cost: SizeCost): TaskSize | undefined => {
  if (grid.kind === "steps") return steppedSize(grid, demand);
  return byCost(
    grid.sizes.filter((size) => holds(size, demand)),
    cost,
  )[0];
};

/**
 * The most CPU that is too little for the demand among the sizes that hold its memory; 0 where all of them have enough. A
 * demand of that much or less is rounded up to too small a size.
 */
export const smallerCpu = (grid: SizeGrid, { cpu, memory }: TaskSize): number => {
  if (grid.kind === "steps") {
    const below = (Math.ceil((cpu - EPSILON) / grid.step.cpu) - 1) * grid.step.cpu;
    return below < grid.smallest.cpu ? 0 : below;
  }
  let least = Number.POSITIVE_INFINITY;
  let below = 0;
  for (const size of grid.sizes) {
    if (size.memory >= memory - EPSILON) least = Math.min(least, size.cpu);
    if (size.cpu < cpu - EPSILON) below = Math.max(below, size.cpu);
  }
  return least >= cpu - EPSILON && least < Number.POSITIVE_INFINITY ? 0 : below;
};

/** The demand rounded up to steps. */
export const steppedSize = (
  { smallest, step }: Extract<SizeGrid, { readonly kind: "steps" }>,
  demand: TaskSize,
): TaskSize => {
  const roundUp = (value: number, from: number, by: number): number =>
    Math.max(from, Math.ceil((value - EPSILON) / by) * by);
  return {
    cpu: roundUp(demand.cpu, smallest.cpu, step.cpu),
    memory: roundUp(demand.memory, smallest.memory, step.memory),
  };
};

/** Sizes by cost, cheapest first, in a total order. */
export const byCost = (sizes: readonly TaskSize[], cost: SizeCost): TaskSize[] =>
  sizes
    .map((size) => ({ size, cost: cost(size) }))
    .sort((a, b) => a.cost - b.cost || a.size.cpu - b.size.cpu || a.size.memory - b.size.memory)
    .map(({ size }) => size);

/** What keeps the size from being smaller. */
export type Binding = "cpu" | "memory" | "both" | "smallest-size";

/** How a demand sits in the size that was chosen for it. */
export interface SizeFitting {
  readonly binding: Binding;
  /** What the legal sizes force beyond the demand: CPU units, MiB and share of the cost of the size, 0 to 1. */
  readonly waste: { readonly cpu: number; readonly memory: number; readonly costShare: number };
  /** Most expensive size that costs less, and what it lacks; null at the smallest. */
  readonly nextSmaller: { readonly size: TaskSize; readonly lacks: "cpu" | "memory" | "both" | "nothing" } | null;
  /** Cheapest larger size in at least one dimension and smaller in none; null at the largest. */
  readonly nextLarger: TaskSize | null;
}

/** Binding dimension, forced waste and the neighbours of a chosen size. */
export const fittingOf = (grid: SizeGrid, size: TaskSize, demand: TaskSize, cost: SizeCost): SizeFitting => {
  const sizeCost = cost(size);
  return {
    binding: bindingOf(grid, size, demand, cost),
    waste: {
      cpu: Math.max(0, size.cpu - demand.cpu),
      memory: Math.max(0, size.memory - demand.memory),
      costShare: sizeCost === 0 ? 0 : Math.max(0, 1 - cost(demand) / sizeCost),
    },
    nextSmaller: nextSmaller(grid, size, demand, cost),
    nextLarger: nextLarger(grid, size, cost),
  };
};

const bindingOf = (grid: SizeGrid, size: TaskSize, demand: TaskSize, cost: SizeCost): Binding => {
  const cheaper = (relaxed: TaskSize): boolean => {
    const other = cheapestSize(grid, relaxed, cost);
    return other !== undefined && cost(other) < cost(size) - EPSILON * cost(size);
  };
  const cpuBinds = cheaper({ cpu: 0, memory: demand.memory });
  const memoryBinds = cheaper({ cpu: demand.cpu, memory: 0 });
  if (cpuBinds && memoryBinds) return "both";
  if (cpuBinds) return "cpu";
  return memoryBinds ? "memory" : "smallest-size";
};

const nextSmaller = (grid: SizeGrid, size: TaskSize, demand: TaskSize, cost: SizeCost): SizeFitting["nextSmaller"] => {
  if (grid.kind === "steps") return null;
  const smaller = byCost(
    grid.sizes.filter((other) => cost(other) < cost(size)),
    cost,
  ).at(-1);
  if (smaller === undefined) return null;
  const cpu = smaller.cpu < demand.cpu - EPSILON;
  const memory = smaller.memory < demand.memory - EPSILON;
  return { size: smaller, lacks: cpu && memory ? "both" : cpu ? "cpu" : memory ? "memory" : "nothing" };
};

const nextLarger = (grid: SizeGrid, size: TaskSize, cost: SizeCost): TaskSize | null => {
  if (grid.kind === "steps") return { cpu: size.cpu + grid.step.cpu, memory: size.memory + grid.step.memory };
  const larger = grid.sizes.filter(
    (other) => holds(other, size) && (other.cpu > size.cpu || other.memory > size.memory),
  );
  return byCost(larger, cost)[0] ?? null;
};
