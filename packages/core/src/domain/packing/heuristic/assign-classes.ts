import { fillInstance, type Pattern, room, type ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";
import type { Coarse } from "../model/shape-classes.ts";

/** How many shapes of a class are tried before it counts as too large for what is left of an instance. */
const TRIES = 4;

/** An order of the shapes of a class in which sizes are mixed, the same on every run. */
const scatter = (s: number): number => Math.imul(s + 1, 0x9e3779b1) >>> 0;

/** Turns patterns by class into patterns by shape: see the result of `startAssigning`. */
export type Assign = (capacity: readonly number[], byClass: Pattern) => Pattern;

/** Assigns tasks of each class out to instances, in mixed order of size, and tops instances up; takes them off `remaining`. */
export const startAssigning = (table: ShapeTable, coarse: Coarse, remaining: Float64Array): Assign => {
  const queues = Array.from({ length: coarse.table.count }, () => [] as number[]);
  remaining.forEach((n, s) => {
    if (n > 0) queues[coarse.classOf[s] as number]?.push(s);
  });
  for (const queue of queues) queue.sort((a, b) => scatter(a) - scatter(b) || a - b);
  let active = queues.flat();
  let open = active.length;

  const take = (s: number, n: number, left: number[], placed: Map<number, number>): void => {
    for (let k = 0; k < RESOURCES; k++) left[k] = (left[k] as number) - n * (table.sizes[s * RESOURCES + k] as number);
    placed.set(s, (placed.get(s) ?? 0) + n);
  };

  const draw = (
    queue: number[],
    wanted: number,
    left: number[],
    placed: Map<number, number>,
    used: Set<number>,
  ): void => {
    let missing = wanted;
    for (let tries = 0; missing > 0 && tries < TRIES && tries < queue.length; tries++) {
      const s = queue[queue.length - 1 - tries] as number;
      const ports = table.ports[s] as readonly number[];
      if (ports.some((port) => used.has(port))) continue;
      const unplaced = (remaining[s] as number) - (placed.get(s) ?? 0);
      const n = Math.min(ports.length > 0 ? 1 : missing, room(table, s, left, unplaced));
      if (n > 0) {
        take(s, n, left, placed);
        for (const port of ports) used.add(port);
      }
      missing -= Math.max(0, n);
      if (n > 0 && n === unplaced) {
        queue.splice(queue.length - 1 - tries, 1);
        tries--;
      }
    }
  };

  return (capacity, byClass) => {
    const left = [...capacity];
    const placed = new Map<number, number>();
    const used = new Set<number>();
    for (let i = 0; i < byClass.length; i += 2) {
      draw(queues[byClass[i] as number] as number[], byClass[i + 1] as number, left, placed, used);
    }
    const pattern = fillInstance(table, capacity, remaining, active, [...placed].flat());
    for (let i = 0; i < pattern.length; i += 2) {
      const s = pattern[i] as number;
      remaining[s] = (remaining[s] as number) - (pattern[i + 1] as number);
      if (remaining[s] === 0) open--;
    }
    if (open < active.length * 0.9) {
      active = active.filter((s) => (remaining[s] as number) > 0);
      queues.forEach((queue, c) => {
        queues[c] = queue.filter((s) => (remaining[s] as number) > 0);
      });
    }
    return pattern;
  };
};
