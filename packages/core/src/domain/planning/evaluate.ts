import { type AssignmentProblem, type FleetCost, type Member, wayOf } from "./assignment.ts";

/** Members of every fleet under a choice. */
export const membersOf = (problem: AssignmentProblem, ways: readonly number[]): readonly (readonly Member[])[] => {
  const members = Array.from({ length: problem.fleets }, (): Member[] => []);
  ways.forEach((way, item) => {
    for (const { fleet } of wayOf(problem, item, way).joins) members[fleet]?.push({ item, way });
  });
  return members;
};

const NOTHING: FleetCost = { cost: 0, atLeast: 0 };

/** Prices fleets once for each set of members, and counts how many were priced. */
export interface Evaluator {
  readonly fleet: (fleet: number, members: readonly Member[]) => FleetCost;
  readonly total: (ways: readonly number[]) => FleetCost;
  readonly priced: () => number;
}

export const createEvaluator = (problem: AssignmentProblem): Evaluator => {
  const known = Array.from({ length: problem.fleets }, () => new Map<string, FleetCost>());
  let priced = 0;
  const fleet = (index: number, members: readonly Member[]): FleetCost => {
    if (members.length === 0) return NOTHING;
    const key = members.map(({ item, way }) => `${item}:${way}`).join();
    const found = known[index]?.get(key);
    if (found !== undefined) return found;
    priced += 1;
    const cost = problem.fleetCost(index, members);
    known[index]?.set(key, cost);
    return cost;
  };
  const total = (ways: readonly number[]): FleetCost => {
    const own = ways.reduce((sum, way, item) => sum + wayOf(problem, item, way).own, 0);
    return membersOf(problem, ways).reduce(
      (sum, members, index) => {
        const { cost, atLeast } = fleet(index, members);
        return { cost: sum.cost + cost, atLeast: sum.atLeast + atLeast };
      },
      { cost: own, atLeast: own },
    );
  };
  return { fleet, total, priced: () => priced };
};
