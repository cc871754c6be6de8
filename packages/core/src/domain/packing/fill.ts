import { RESOURCES, type Shape } from "./geometry.ts";

/** Tasks on one instance by shape, as pairs: shape, count, shape, count ... in order of shape. */
export type Filling = readonly number[];

/** Sizes and ports of all shapes, flat, for the inner loops. */
export interface ShapeTable {
  readonly count: number;
  readonly sizes: Float64Array;
  readonly ports: readonly (readonly number[])[];
}

export const tabulate = (shapes: readonly Shape[]): ShapeTable => ({
  count: shapes.length,
  sizes: Float64Array.from(shapes.flatMap((shape) => [...shape.size])),
  ports: shapes.map((shape) => shape.ports),
});

/** Resources that a filling reserves. */
export const loadOf = (table: ShapeTable, filling: Filling): number[] => {
  const load = [0, 0, 0, 0];
  for (let i = 0; i < filling.length; i += 2) {
    const [s, n] = [filling[i] ?? 0, filling[i + 1] ?? 0];
    for (let k = 0; k < RESOURCES; k++) load[k] = (load[k] ?? 0) + n * (table.sizes[s * RESOURCES + k] ?? 0);
  }
  return load;
};

/** How many instances can be filled alike from what remains. */
export const copiesOf = (filling: Filling, remaining: ArrayLike<number>): number => {
  let copies = Number.POSITIVE_INFINITY;
  for (let i = 0; i < filling.length; i += 2) {
    copies = Math.min(copies, Math.floor((remaining[filling[i] ?? 0] ?? 0) / (filling[i + 1] ?? 1)));
  }
  return copies;
};

/** Shapes that one choice looks at, where there are many; all are looked at where there are few. */
const SAMPLE = 32;
const LAST_LOOKS = 3;

/** How many more tasks of a shape fit in what is left of an instance. */
export const room = (table: ShapeTable, s: number, left: readonly number[], remaining: number): number => {
  let most = remaining;
  for (let k = 0; k < RESOURCES; k++) {
    const size = table.sizes[s * RESOURCES + k] as number;
    if (size > 0) most = Math.min(most, Math.floor((left[k] as number) / size));
  }
  return most;
};

/**
 * Fills one instance, on top of what it holds from the start: each step adds the shape whose needs point most in the direction of what is left (largest inner
 * product, relative to capacity), so that no resource runs out long before the others.
 */
export const fillInstance = (
  table: ShapeTable,
  capacity: readonly number[],
  remaining: ArrayLike<number>,
  active: readonly number[],
  start: Filling = [],
): Filling => {
  const left = loadOf(table, start).map((used, k) => (capacity[k] as number) - used);
  const weight = capacity.map((c) => (c > 0 ? 1 / (c * c) : 0));
  const placed = new Map<number, number>();
  const used = new Set<number>();
  for (let i = 0; i < start.length; i += 2) {
    placed.set(start[i] as number, start[i + 1] as number);
    for (const port of table.ports[start[i] as number] ?? []) used.add(port);
  }
  const stride = Math.max(1, Math.floor(active.length / SAMPLE));
  let misses = 0;
  for (let step = 0; misses === 0 || (stride > 1 && misses <= LAST_LOOKS); step++) {
    const from = stride === 1 ? 0 : (step * 7) % stride;
    let best = -1;
    let bestRoom = 0;
    let bestScore = -1;
    for (let i = from; i < active.length; i += stride) {
      const s = active[i] as number;
      const unplaced = (remaining[s] as number) - (placed.get(s) ?? 0);
      const ports = table.ports[s] as readonly number[];
      if (unplaced <= 0 || (ports.length > 0 && ports.some((port) => used.has(port)))) continue;
      const fit = room(table, s, left, unplaced);
      if (fit <= 0) continue;
      let score = 0;
      for (let k = 0; k < RESOURCES; k++) {
        score += (table.sizes[s * RESOURCES + k] as number) * (left[k] as number) * (weight[k] as number);
      }
      if (score > bestScore) {
        best = s;
        bestRoom = fit;
        bestScore = score;
      }
    }
    if (best < 0) {
      misses++;
      continue;
    }
    if (misses > 0) misses = 1;
    const ports = table.ports[best] as readonly number[];
    const added = ports.length > 0 ? 1 : Math.max(1, bestRoom >> 2);
    placed.set(best, (placed.get(best) ?? 0) + added);
    for (const port of ports) used.add(port);
    for (let k = 0; k < RESOURCES; k++)
      left[k] = (left[k] as number) - added * (table.sizes[best * RESOURCES + k] as number);
  }
  return [...placed].sort((a, b) => a[0] - b[0]).flat();
};
