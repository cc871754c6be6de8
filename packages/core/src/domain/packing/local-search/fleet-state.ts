import { type FleetSettings, fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import type { Pattern } from "../model/pattern.ts";
import type { Shape } from "../model/resources.ts";
import type { Zone } from "../model/zones.ts";
import type { Repacked } from "./repack.ts";

/** A filled instance, and what it costs beyond the value of its tasks. */
export interface StateBin extends Repacked {
  readonly slack: number;
}

/** A fleet that is being improved: filled instances of each zone, and which zones have the odd tasks of each service. */
export interface FleetState {
  readonly bins: StateBin[][];
  /** Tasks by zone, shape and member of the shape. */
  readonly members: number[][][];
  /** Filled instances of each offer. */
  readonly counts: Int32Array;
  filled: number;
  /** Nano-dollars per hour of the filled instances. */
  prices: number;
}

/** What an exchange of instances changes, all zones together. */
export interface Exchange {
  readonly removed: readonly StateBin[];
  readonly added: readonly Repacked[];
}

/** What does not change while a fleet is improved. */
export interface Improvement {
  readonly offers: readonly Offer[];
  readonly shapes: readonly Shape[];
  readonly settings: FleetSettings;
  /** By shape. */
  readonly values: Float64Array;
  /** By resource: nano-dollars per unit, so that no offer is worth more than its price. */
  readonly unitPrices: readonly number[];
}

export const slackOf = ({ offers, values }: Improvement, { offer, pattern }: Repacked): number => {
  let slack = (offers[offer] as Offer).price;
  for (let i = 0; i < pattern.length; i += 2) {
    slack -= (pattern[i + 1] as number) * (values[pattern[i] as number] as number);
  }
  return slack;
};

const lowestPrice = (offers: readonly Offer[], counts: Int32Array): number => {
  for (let o = 0; o < offers.length; o++) if ((counts[o] as number) > 0) return (offers[o] as Offer).price;
  return 0;
};

/** Price of the cheapest offer of the fleet, of which the idle instances are. */
export const idlePrice = ({ offers }: Improvement, state: FleetState): number => lowestPrice(offers, state.counts);

/** Nano-dollars per hour, idle instances included. */
export const costOf = (base: Improvement, state: FleetState): number =>
  state.prices + (fleetSize(state.filled, base.settings) - state.filled) * idlePrice(base, state);

const count = (base: Improvement, state: FleetState, { removed, added }: Exchange, sign: 1 | -1): void => {
  const move = (bins: readonly Repacked[], by: number): void => {
    for (const { offer } of bins) {
      state.counts[offer] = (state.counts[offer] as number) + by;
      state.prices += by * (base.offers[offer] as Offer).price;
    }
    state.filled += by * bins.length;
  };
  move(removed, -sign);
  move(added, sign);
};

/** Counts an exchange: what is removed goes, what is added comes. */
export const apply = (base: Improvement, state: FleetState, exchange: Exchange): void =>
  count(base, state, exchange, 1);

export const undo = (base: Improvement, state: FleetState, exchange: Exchange): void =>
  count(base, state, exchange, -1);

/** A copy that further moves do not touch. */
export const copyState = (state: FleetState): FleetState => ({
  bins: state.bins.map((bins) => [...bins]),
  members: state.members.map((zone) => zone.map((counts) => [...counts])),
  counts: state.counts.slice(),
  filled: state.filled,
  prices: state.prices,
});

/** Starts from filled instances by zone. */
export const startState = (
  base: Improvement,
  zones: readonly (readonly { readonly offer: Offer; readonly pattern: Pattern; readonly copies: number }[])[],
  spread: readonly Zone[],
): FleetState => {
  const position = new Map(base.offers.map(({ id }, o) => [id, o]));
  const state: FleetState = {
    bins: zones.map((bins) =>
      bins.flatMap(({ offer, pattern, copies }) => {
        const bin = { offer: position.get(offer.id) as number, pattern };
        const full = { ...bin, slack: slackOf(base, bin) };
        return Array.from({ length: copies }, () => full);
      }),
    ),
    members: spread.map(({ members }) => members.map((counts) => [...counts])),
    counts: new Int32Array(base.offers.length),
    filled: 0,
    prices: 0,
  };
  count(base, state, { removed: [], added: state.bins.flat() }, 1);
  return state;
};

/** The spread over zones that a state has come to. */
export const spreadOf = (state: FleetState): readonly Zone[] =>
  state.members.map((members) => ({
    members,
    demand: members.map((counts) => counts.reduce((total, n) => total + n, 0)),
  }));
