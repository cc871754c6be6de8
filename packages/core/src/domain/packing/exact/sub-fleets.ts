import type { Offer } from "../model/offers.ts";
import type { ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";

/** Every sub-fleet of a small demand, numbered in mixed radix over the shapes that have tasks. */
export interface States {
  readonly shapes: readonly number[];
  readonly limits: readonly number[];
  readonly strides: readonly number[];
  readonly size: number;
}

/** What no price changes about the sub-fleets of a demand. */
export interface SubFleets {
  readonly states: States;
  /** Resources that the tasks of each reserve together, one after the other. */
  readonly loads: Float64Array;
  /** 1 where the static host ports of its tasks fit on one instance. */
  readonly holdable: Uint8Array;
  /** Parts of each that one instance may hold: holdable, with at least one task of its last shape. */
  readonly parts: Int32Array;
  /** Where the parts of each begin; those of the next begin where they end. */
  readonly starts: Int32Array;
}

const statesOf = (demand: ArrayLike<number>): States => {
  const shapes = Array.from({ length: demand.length }, (_, s) => s).filter((s) => (demand[s] ?? 0) > 0);
  const limits = shapes.map((s) => demand[s] ?? 0);
  const strides: number[] = [];
  let size = 1;
  for (const limit of limits) {
    strides.push(size);
    size *= limit + 1;
  }
  return { shapes, limits, strides, size };
};

/** Tasks of a sub-fleet, by place of their shape in `states.shapes`. */
export const digitsOf = (states: States, index: number): number[] =>
  states.limits.map((limit, i) => Math.floor(index / (states.strides[i] ?? 1)) % (limit + 1));

const isHoldable = (table: ShapeTable, states: States, digits: ArrayLike<number>): boolean => {
  const used = new Set<number>();
  for (let i = 0; i < digits.length; i++) {
    if ((digits[i] as number) === 0) continue;
    const ports = table.ports[states.shapes[i] as number] as readonly number[];
    if (ports.length > 0 && (digits[i] as number) > 1) return false;
    for (const port of ports) {
      if (used.has(port)) return false;
      used.add(port);
    }
  }
  return true;
};

/** Number of parts that have at least one task of the last shape of each sub-fleet, over all sub-fleets, at most. */
const mostParts = ({ limits }: States): number =>
  limits.reduce((pairs, limit) => (pairs * (limit + 1) * (limit + 2)) / 2, 1);

/** Writes every part of `digits` that has at least one task of its last shape and is holdable; gives the next place. */
const writeParts = (
  { strides }: States,
  digits: Int32Array,
  part: Int32Array,
  holdable: Uint8Array,
  parts: Int32Array,
  from: number,
): number => {
  let last = digits.length - 1;
  while (last >= 0 && digits[last] === 0) last--;
  part.fill(0);
  part[last] = 1;
  let index = strides[last] as number;
  let next = from;
  for (;;) {
    if (holdable[index] === 1) parts[next++] = index;
    let i = 0;
    while (i <= last && part[i] === digits[i]) {
      const floor = i === last ? 1 : 0;
      index -= ((part[i] as number) - floor) * (strides[i] as number);
      part[i] = floor;
      i++;
    }
    if (i > last) return next;
    part[i] = (part[i] as number) + 1;
    index += strides[i] as number;
  }
};

/** Adds one task of the first shape that has any left, and takes all of those before it away. */
const increment = (digits: Int32Array, limits: readonly number[]): void => {
  let i = 0;
  while (digits[i] === limits[i]) {
    digits[i] = 0;
    i++;
  }
  digits[i] = (digits[i] as number) + 1;
};

const describe = (table: ShapeTable, demand: ArrayLike<number>): SubFleets => {
  const states = statesOf(demand);
  const { shapes, limits, strides, size } = states;
  const loads = new Float64Array(size * RESOURCES);
  const holdable = new Uint8Array(size).fill(1);
  const starts = new Int32Array(size + 1);
  const parts = new Int32Array(mostParts(states));
  const digits = new Int32Array(shapes.length);
  const part = new Int32Array(shapes.length);
  const hasPorts = shapes.some((s) => (table.ports[s] as readonly number[]).length > 0);
  for (let index = 1; index < size; index++) {
    increment(digits, limits);
    if (hasPorts && !isHoldable(table, states, digits)) holdable[index] = 0;
    const first = digits.findIndex((n) => n > 0);
    const without = (index - (strides[first] as number)) * RESOURCES;
    const base = (shapes[first] as number) * RESOURCES;
    for (let k = 0; k < RESOURCES; k++) {
      loads[index * RESOURCES + k] = (loads[without + k] as number) + (table.sizes[base + k] as number);
    }
    starts[index + 1] = writeParts(states, digits, part, holdable, parts, starts[index] as number);
  }
  return { states, loads, holdable, parts, starts };
};

const known = new WeakMap<ShapeTable, Map<string, SubFleets>>();
/** Demands of one table that are remembered; the first of them, those of whole zones, come back most often. */
const MOST_DEMANDS = 64;

/** The sub-fleets of a demand. */
export const subFleetsOf = (table: ShapeTable, demand: ArrayLike<number>): SubFleets => {
  const ofTable = known.get(table) ?? new Map<string, SubFleets>();
  known.set(table, ofTable);
  const key = Array.from(demand).join();
  const found = ofTable.get(key);
  if (found !== undefined) return found;
  const fresh = describe(table, demand);
  if (ofTable.size < MOST_DEMANDS) ofTable.set(key, fresh);
  return fresh;
};

const holds = ({ capacity }: Offer, loads: Float64Array, index: number): boolean => {
  for (let k = 0; k < RESOURCES; k++) {
    if ((loads[index * RESOURCES + k] as number) > (capacity[k] as number)) return false;
  }
  return true;
};

/** Whether one instance holds a whole sub-fleet. */
export const holdsPart = ({ loads }: SubFleets, part: number, offer: Offer): boolean => holds(offer, loads, part);

/** For each sub-fleet, the position of the cheapest offer that holds all of it on one instance; -1 for none. */
export const cheapestSingles = ({ states, loads, holdable }: SubFleets, offers: readonly Offer[]): Int32Array => {
  const singles = new Int32Array(states.size).fill(-1);
  for (let index = 1; index < states.size; index++) {
    if (holdable[index] === 0) continue;
    for (let at = 0; at < offers.length; at++) {
      if (!holds(offers[at] as Offer, loads, index)) continue;
      singles[index] = at;
      break;
    }
  }
  return singles;
};
