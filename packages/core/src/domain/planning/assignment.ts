/** A fleet that a way joins, and the least that its tasks cost there in any company (a lower bound, never more). */
export interface Joined {
  readonly fleet: number;
  readonly atLeast: number;
}

/** One way to run an item: what it costs by itself, and the fleets that its tasks share with others. */
export interface Way {
  readonly own: number;
  readonly joins: readonly Joined[];
}

/** Cost of a fleet with exactly these members, and a proven lower bound of it; infinite where they do not fit. */
export interface FleetCost {
  readonly cost: number;
  readonly atLeast: number;
}

/**
 * Items of which each takes one of its ways, and fleets that cost what their members together need. Costs are USD a
 * month as floating-point numbers: they choose, and what was chosen is priced again exactly.
 */
export interface AssignmentProblem {
  readonly items: readonly (readonly Way[])[];
  /** Number of fleets; a fleet without members costs nothing. */
  readonly fleets: number;
  /** Members as pairs of item and way, in order of item. */
  readonly fleetCost: (fleet: number, members: readonly Member[]) => FleetCost;
  /** Choices to start from, today's among them. */
  readonly starts: readonly (readonly number[])[];
}

export interface Member {
  readonly item: number;
  readonly way: number;
}

/** A way for each item, what that costs, and what nothing can cost less than. */
export interface Assignment {
  readonly ways: readonly number[];
  readonly cost: number;
  readonly lowerBound: number;
}

export const wayOf = (problem: AssignmentProblem, item: number, way: number): Way => {
  const found = problem.items[item]?.[way];
  if (found === undefined) throw new Error(`Item ${item} has no way ${way}`);
  return found;
};

/** Least that a way costs in any company. */
export const leastOf = ({ own, joins }: Way): number => joins.reduce((sum, { atLeast }) => sum + atLeast, own);
