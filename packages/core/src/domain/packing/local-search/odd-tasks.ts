import { drawBins, replaceBins } from "./exchange-bins.ts";
import type { Exchange, FleetState, Improvement, StateBin } from "./fleet-state.ts";
import { listPool, type Pool, poolOf } from "./pools.ts";
import type { Repairer } from "./repair.ts";

interface Shift {
  readonly shape: number;
  readonly member: number;
  readonly from: number;
  readonly to: number;
}

/** A service of the shape with an odd task in one zone and none in the other, from a random place on; -1 for none. */
const movable = (state: FleetState, s: number, from: number, to: number, start: number): number => {
  const here = state.members[from]?.[s] as number[];
  const there = state.members[to]?.[s] as number[];
  for (let i = 0; i < here.length; i++) {
    const m = (start + i) % here.length;
    if ((here[m] as number) > (there[m] as number)) return m;
  }
  return -1;
};

const shift = (
  state: FleetState,
  { shape, member, from, to }: Shift,
  pools: readonly [Pool, Pool],
  by: 1 | -1,
): void => {
  const move = (zone: number, pool: Pool | undefined, n: number): void => {
    const counts = state.members[zone]?.[shape] as number[];
    counts[member] = (counts[member] as number) + n;
    pool?.set(shape, (pool.get(shape) ?? 0) + n);
  };
  move(from, pools[0], -by);
  move(to, pools[1], by);
};

const shiftSome = (
  state: FleetState,
  zones: readonly [number, number],
  pools: readonly [Pool, Pool],
  random: () => number,
): readonly Shift[] => {
  const shifts: Shift[] = [];
  for (const side of [0, 1] as const) {
    const [from, to] = side === 0 ? zones : [zones[1], zones[0]];
    for (const s of [...pools[side].keys()]) {
      if (random() < 0.5 || (pools[side].get(s) ?? 0) <= 0) continue;
      const size = state.members[from]?.[s]?.length ?? 0;
      const member = movable(state, s, from, to, Math.floor(random() * size));
      if (member < 0 || shifts.some((other) => other.shape === s)) continue;
      const next = { shape: s, member, from, to };
      shift(state, next, side === 0 ? pools : [pools[1], pools[0]], 1);
      shifts.push(next);
    }
  }
  return shifts;
};

/** Moves odd tasks between some instances of two zones, and packs what these hold then anew; undone if not accepted. */
export const shiftOddTasks = (
  base: Improvement,
  state: FleetState,
  repairer: Repairer,
  prices: Float64Array,
  forced: number,
  accept: (exchange: Exchange) => boolean,
  random: () => number,
): void => {
  const a = Math.floor(random() * state.bins.length);
  const b = (a + 1 + Math.floor(random() * (state.bins.length - 1))) % state.bins.length;
  const wanted = 1 + Math.floor(random() * 2);
  const drawn = [a, b].map((z) => drawBins(state.bins[z] as StateBin[], wanted, random));
  const held = [a, b].map((z, i) => (drawn[i] as number[]).map((at) => (state.bins[z] as StateBin[])[at] as StateBin));
  const pools = held.map(poolOf) as [Pool, Pool];
  const shifts = shiftSome(state, [a, b], pools, random);
  const undoShifts = (): void => {
    for (const each of shifts) shift(state, { ...each, from: each.to, to: each.from }, [new Map(), new Map()], 1);
  };
  if (shifts.length === 0) return;
  const packed = pools.map((pool, i) => repairer.repair(listPool(pool), prices, i === 0 ? forced : -1));
  const [first, second] = packed;
  if (first === undefined || second === undefined) {
    undoShifts();
    return;
  }
  const exchange = { removed: held.flat(), added: [...first, ...second] };
  if (!accept(exchange)) {
    undoShifts();
    return;
  }
  replaceBins(base, state.bins[a] as StateBin[], drawn[0] as number[], first);
  replaceBins(base, state.bins[b] as StateBin[], drawn[1] as number[], second);
};
