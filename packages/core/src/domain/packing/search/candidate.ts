import type { ValueCut } from "../column-generation/master-problem.ts";
import type { SingleTypeFleet } from "../heuristic/alternatives.ts";
import type { Bin } from "../model/greedy.ts";
import { type ResolvedFleet, resolveIdle } from "../model/idle-instances.ts";
import type { PackRequest } from "../model/request.ts";
import type { Zone } from "../model/zones.ts";

/** Filled instances by zone, resolved with the idle ones. */
export interface Candidate {
  readonly zones: readonly (readonly Bin[])[];
  readonly resolved: ResolvedFleet;
  /** Tasks of each zone, where odd tasks went elsewhere than at first. */
  readonly spread?: readonly Zone[];
}

export const candidate = (zones: readonly (readonly Bin[])[], request: PackRequest): Candidate => ({
  zones,
  resolved: resolveIdle(zones.flat(), request),
});

export const ofSingleType = (fleet: SingleTypeFleet, request: PackRequest): Candidate =>
  candidate(
    fleet.layout.map((zone) => zone.map((bin) => ({ ...bin, offer: fleet.offer }))),
    request,
  );

export const cheapest = (candidates: readonly Candidate[]): Candidate => {
  let best = candidates[0] as Candidate;
  for (const other of candidates) {
    const difference = other.resolved.cost - best.resolved.cost || other.resolved.filled - best.resolved.filled;
    if (difference < 0) best = other;
  }
  return best;
};

export interface Found {
  readonly candidates: readonly Candidate[];
  /** Proven lower bound. */
  readonly bound: number;
  /** What one task of each shape is worth, where it was found out. */
  readonly values?: Float64Array;
  readonly cuts?: readonly ValueCut[];
}
