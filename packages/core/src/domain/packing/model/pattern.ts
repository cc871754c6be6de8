import { RESOURCES, type Shape, zeros } from "./resources.ts";

/** Tasks on one instance by shape, as pairs: shape, count, shape, count ... in order of shape. */
export type Pattern = readonly number[];

/** Sizes and ports of all shapes, flat, for the inner loops. */
export interface ShapeTable {
  readonly count: number;
  readonly sizes: Float64Array;
  readonly ports: readonly (readonly number[])[];
  /** Tasks placed by the pattern under way, by shape; zeros between patterns. */
  readonly placed: Float64Array;
}

export const tabulate = (shapes: readonly Shape[]): ShapeTable => ({
  count: shapes.length,
  sizes: Float64Array.from(shapes.flatMap((shape) => [...shape.size])),
  ports: shapes.map((shape) => shape.ports),
  placed: new Float64Array(shapes.length),
});

/** Resources that a pattern reserves. */
export const loadOf = (table: ShapeTable, pattern: Pattern): number[] => {
  const load = zeros();
  for (let i = 0; i < pattern.length; i += 2) {
    const [s, n] = [pattern[i] ?? 0, pattern[i + 1] ?? 0];
    for (let k = 0; k < RESOURCES; k++) load[k] = (load[k] ?? 0) + n * (table.sizes[s * RESOURCES + k] ?? 0);
  }
  return load;
};

/** How many instances can be filled alike from what remains. */
export const copiesOf = (pattern: Pattern, remaining: ArrayLike<number>): number => {
  let copies = Number.POSITIVE_INFINITY;
  for (let i = 0; i < pattern.length; i += 2) {
    copies = Math.min(copies, Math.floor((remaining[pattern[i] ?? 0] ?? 0) / (pattern[i + 1] ?? 1)));
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

/** An instance being filled: what is left of it, which shapes and ports it holds. */
interface Filled {
  readonly left: number[];
  readonly shapes: number[];
  readonly ports: Set<number>;
}

const place = (table: ShapeTable, filled: Filled, s: number, n: number): void => {
  if (table.placed[s] === 0) filled.shapes.push(s);
  table.placed[s] = (table.placed[s] as number) + n;
  for (const port of table.ports[s] as readonly number[]) filled.ports.add(port);
  for (let k = 0; k < RESOURCES; k++) {
    filled.left[k] = (filled.left[k] as number) - n * (table.sizes[s * RESOURCES + k] as number);
  }
};

/** The shape that fits and points most in the direction of what is left, among each `stride`th from `from`; -1 for none. */
const bestDirection = (
  table: ShapeTable,
  { left, ports }: Filled,
  capacity: readonly number[],
  remaining: ArrayLike<number>,
  active: readonly number[],
  from: number,
  stride: number,
): number => {
  const [l0, l1, l2, l3] = left as [number, number, number, number];
  const [c0, c1, c2, c3] = capacity as [number, number, number, number];
  const w0 = c0 > 0 ? l0 / (c0 * c0) : 0;
  const w1 = c1 > 0 ? l1 / (c1 * c1) : 0;
  const w2 = c2 > 0 ? l2 / (c2 * c2) : 0;
  const w3 = c3 > 0 ? l3 / (c3 * c3) : 0;
  const { sizes, placed } = table;
  let best = -1;
  let bestScore = -1;
  for (let i = from; i < active.length; i += stride) {
    const s = active[i] as number;
    if ((remaining[s] as number) <= (placed[s] as number)) continue;
    const o = s * RESOURCES;
    const s0 = sizes[o] as number;
    const s1 = sizes[o + 1] as number;
    const s2 = sizes[o + 2] as number;
    const s3 = sizes[o + 3] as number;
    if (s0 > l0 || s1 > l1 || s2 > l2 || s3 > l3) continue;
    const score = s0 * w0 + s1 * w1 + s2 * w2 + s3 * w3;
    if (score <= bestScore) continue;
    const taken = table.ports[s] as readonly number[];
    if (taken.length > 0 && taken.some((port) => ports.has(port))) continue;
    best = s;
    bestScore = score;
  }
  return best;
};

/**
 * Fills one instance, on top of what it holds from the start: each step adds the shape whose needs point most in the
 * direction of what is left (largest inner product, relative to capacity), so that no resource runs out long before the
 * others.
 */
export const fillInstance = (
  table: ShapeTable,
  capacity: readonly number[],
  remaining: ArrayLike<number>,
  active: readonly number[],
  start: Pattern = [],
): Pattern => {
  const filled: Filled = { left: [...capacity], shapes: [], ports: new Set() };
  for (let i = 0; i < start.length; i += 2) place(table, filled, start[i] as number, start[i + 1] as number);
  const stride = Math.max(1, Math.floor(active.length / SAMPLE));
  let misses = 0;
  for (let step = 0; misses === 0 || (stride > 1 && misses <= LAST_LOOKS); step++) {
    const s = bestDirection(table, filled, capacity, remaining, active, stride === 1 ? 0 : (step * 7) % stride, stride);
    if (s < 0) {
      misses++;
      continue;
    }
    misses = Math.min(misses, 1);
    const most = room(table, s, filled.left, (remaining[s] as number) - (table.placed[s] as number));
    place(table, filled, s, (table.ports[s] as readonly number[]).length > 0 ? 1 : Math.max(1, most >> 2));
  }
  const pattern = filled.shapes.sort((a, b) => a - b).flatMap((s) => [s, table.placed[s] as number]);
  for (const s of filled.shapes) table.placed[s] = 0;
  return pattern;
};
