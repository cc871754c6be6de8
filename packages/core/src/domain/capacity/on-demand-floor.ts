import { firstWhere } from "./bisect.ts";
import type { CapacityProblem } from "./capacity-problem.ts";
import type { StrategyShape } from "./strategy-candidate.ts";

/** Beyond this count every split over two Spot providers is too much to try. */
const MOST_TRIED = 64;

/** On-demand tasks by count with fewer of which no split of the rest over the Spot providers meets the target. */
export const onDemandFloors = (problem: CapacityProblem): readonly number[] => {
  const firstSpot = problem.spot.indexOf(true);
  const pools = firstSpot === -1 ? 0 : problem.options.length - firstSpot;
  const never = problem.options.reduce(
    (all, { interruption }) => all * (interruption?.model.shareWithoutCapacity ?? 1),
    1,
  );
  return problem.counts.map((count, at) => {
    const required = problem.required[at] ?? 0;
    // Rounded up to the places of the availability: no Spot task runs while no pool has capacity.
    if (pools === 0 || problem.goal.target > 1 - never + 1e-12) return problem.goal.target > 0 ? required : 0;
    if (pools > 2 || (pools === 2 && count > MOST_TRIED)) return 0;
    return firstWhere(0, required, (d) => bestSplit(problem, firstSpot, count - d, required - d, pools));
  });
};

const bestSplit = (problem: CapacityProblem, first: number, spot: number, need: number, pools: number): boolean => {
  const tasks: number[] = new Array(problem.options.length).fill(0);
  for (let other = pools === 2 ? spot : 0; other >= 0; other -= 1) {
    tasks[first] = spot - other;
    if (pools === 2) tasks[first + 1] = other;
    if (problem.availability(tasks, need) >= problem.goal.target) return true;
  }
  return false;
};

/**
 * Bases that can meet the floors under a weight vector, both ends included. On-demand providers together get their exact
 * ratio and less than one task more for each that has a weight, so every base outside is proven to fall short.
 */
export const baseWindow = (
  problem: CapacityProblem,
  floors: readonly number[],
  { weights, baseOn }: Pick<StrategyShape, "weights" | "baseOn">,
): readonly [least: number, most: number] => {
  const all = weights.reduce((a, b) => a + b, 0);
  const onDemand = weights.filter((weight, i) => weight > 0 && problem.spot[i] === false);
  const ratio = onDemand.reduce((a, b) => a + b, 0) / all;
  let [least, most] = [1, Math.max(...problem.counts)];
  problem.counts.forEach((count, at) => {
    const short = (floors[at] ?? 0) - onDemand.length - 1e-6;
    if (problem.spot[baseOn] === false) {
      const needed = ratio === 1 ? 0 : Math.min(count, (short - count * ratio) / (1 - ratio));
      least = Math.max(least, Math.ceil(needed));
    } else if (short > 0) {
      most = ratio === 0 ? 0 : Math.min(most, Math.floor(count - short / ratio));
    }
  });
  return [least, most];
};
