import {
  candidateOf,
  compareCandidates,
  hasRoom,
  type StrategyCandidate,
  type StrategyShape,
  tasksOf,
} from "./strategy-candidate.ts";
import { allowsShape, type SearchLimits, type StrategySearch } from "./strategy-search.ts";
import { weightVectors } from "./weight-vectors.ts";

/** Tries every weight vector, every provider for the base and every base up to the largest count. Exact and slow. */
export const enumerateStrategies: StrategySearch = (problem, limits) => {
  let best: StrategyCandidate | undefined;
  for (const shape of allShapes(problem.options.length, Math.max(...problem.counts), limits)) {
    if (!hasRoom(problem, (count) => tasksOf(shape, count))) continue;
    const candidate = candidateOf(problem, shape);
    if (candidate.availability < problem.goal.target) continue;
    if (best === undefined || compareCandidates(problem, candidate, best) < 0) best = candidate;
  }
  return best;
};

/** Every shape that the limits allow, with bases from 0 to `maxBase`. */
export function* allShapes(options: number, maxBase: number, limits: SearchLimits): Generator<StrategyShape> {
  for (const weights of weightVectors(options, limits.maxWeight)) {
    yield { baseOn: 0, base: 0, weights };
    for (let baseOn = 0; baseOn < options; baseOn += 1) {
      for (let base = 1; base <= maxBase; base += 1) {
        const shape = { baseOn, base, weights };
        if (allowsShape(shape, limits)) yield shape;
      }
    }
  }
}
