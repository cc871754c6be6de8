import { type AssignmentProblem, leastOf, type Member, wayOf } from "./assignment.ts";
import { type Evaluator, membersOf } from "./evaluate.ts";

/** A choice with its cost. */
export interface Choice {
  readonly ways: readonly number[];
  readonly cost: number;
}

/** Differences below this are rounding, USD a month. */
const TINY = 1e-9;

const without = (members: readonly Member[], item: number): readonly Member[] =>
  members.filter((member) => member.item !== item);

const withMember = (members: readonly Member[], added: Member): readonly Member[] =>
  [...members, added].sort((a, b) => a.item - b.item);

/** What a choice costs after one item takes another way, from what the fleets that it touches cost before and after. */
const moved = (
  problem: AssignmentProblem,
  evaluator: Evaluator,
  choice: Choice,
  members: readonly (readonly Member[])[],
  { item, way }: Member,
): number => {
  const before = wayOf(problem, item, choice.ways[item] ?? 0);
  const after = wayOf(problem, item, way);
  const touched = new Set([...before.joins, ...after.joins].map(({ fleet }) => fleet));
  if (!Number.isFinite(choice.cost)) return evaluator.total(choice.ways.with(item, way)).cost;
  let cost = choice.cost - before.own + after.own;
  for (const fleet of touched) {
    const old = members[fleet] ?? [];
    const rest = without(old, item);
    const joins = after.joins.some((join) => join.fleet === fleet);
    cost += evaluator.fleet(fleet, joins ? withMember(rest, { item, way }) : rest).cost;
    cost -= evaluator.fleet(fleet, old).cost;
  }
  return cost;
};

/** Moves single items while that saves and the budget of priced fleets lasts; the most promising ways first. */
export const improveSingly = (
  problem: AssignmentProblem,
  evaluator: Evaluator,
  start: Choice,
  budget: number,
): Choice => {
  const limit = evaluator.priced() + budget;
  let best = start;
  for (let improved = true; improved; ) {
    improved = false;
    let members = membersOf(problem, best.ways);
    for (let item = 0; item < problem.items.length; item += 1) {
      for (const way of promising(problem, item, best.ways[item] ?? 0)) {
        if (evaluator.priced() >= limit) return best;
        const cost = moved(problem, evaluator, best, members, { item, way });
        if (!(cost < best.cost - TINY)) continue;
        best = { ways: best.ways.with(item, way), cost };
        members = membersOf(problem, best.ways);
        improved = true;
      }
    }
  }
  return best;
};

/** Ways other than the one taken, by the least that they cost; one that costs more than the dearest alone never helps. */
const promising = (problem: AssignmentProblem, item: number, taken: number): readonly number[] => {
  const ways = problem.items[item] ?? [];
  return ways
    .map((_, way) => way)
    .filter((way) => way !== taken && Number.isFinite(leastOf(wayOf(problem, item, way))))
    .sort((a, b) => leastOf(wayOf(problem, item, a)) - leastOf(wayOf(problem, item, b)) || a - b);
};

/** Empties each fleet in turn, every member to its cheapest other way, while that saves. */
export const dissolveFleets = (problem: AssignmentProblem, evaluator: Evaluator, start: Choice): Choice => {
  let best = start;
  for (let fleet = 0; fleet < problem.fleets; fleet += 1) {
    const members = membersOf(problem, best.ways)[fleet] ?? [];
    if (members.length === 0) continue;
    for (const target of [-1, ...Array.from({ length: problem.fleets }, (_, index) => index)]) {
      if (target === fleet) continue;
      const ways = moveAll(problem, best.ways, members, fleet, target);
      if (ways === undefined) continue;
      const { cost } = evaluator.total(ways);
      if (cost < best.cost - TINY) best = { ways, cost };
    }
  }
  return best;
};

/** Members of one fleet moved to another where they may join it, else to their cheapest way without it. */
const moveAll = (
  problem: AssignmentProblem,
  ways: readonly number[],
  members: readonly Member[],
  fleet: number,
  target: number,
): readonly number[] | undefined => {
  let next = ways;
  for (const { item } of members) {
    const others = promising(problem, item, ways[item] ?? 0).filter((way) =>
      wayOf(problem, item, way).joins.every((join) => join.fleet !== fleet),
    );
    const joining = others.filter((way) => wayOf(problem, item, way).joins.some((join) => join.fleet === target));
    const alone = others.filter((way) => wayOf(problem, item, way).joins.length === 0);
    const way = joining[0] ?? alone[0] ?? others[0];
    if (way === undefined) return undefined;
    next = next.with(item, way);
  }
  return next;
};
