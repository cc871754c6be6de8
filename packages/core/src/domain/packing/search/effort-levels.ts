import type { PackEffort } from "../model/request.ts";

/** Work units of one market; no clock decides, so that a result is the same on every machine. */
export interface SearchBudget {
  /** Steps of destroy and repair. */
  readonly improvement: number;
  /** Linear programmes over numbers of instances, for the lower bound. */
  readonly counting: number;
}

/** Units at which a fleet starts, units per task, and the most; a later market gets a share of them. */
interface Level {
  readonly least: number;
  readonly perTask: number;
  readonly most: number;
  readonly counting: number;
  readonly laterShare: number;
}

const LEVELS: Readonly<Record<PackEffort, Level>> = {
  least: { least: 20_000, perTask: 50, most: 100_000, counting: 100, laterShare: 0.25 },
  quick: { least: 800_000, perTask: 2_000, most: 6_000_000, counting: 6_000, laterShare: 0.06 },
  thorough: { least: 1_200_000, perTask: 4_000, most: 12_000_000, counting: 12_000, laterShare: 0.25 },
};

/** A gap at which a later market gets its share; more than that where it is wider, as prices differ in kind. */
const USUAL_GAP = 0.02;

/**
 * What a market may take at an effort level: the first of a request is searched hardest, later ones start from its plan and
 * take more the farther that is from their bound.
 */
export const budgetOf = (effort: PackEffort, tasks: number, market: number, gap: number): SearchBudget => {
  const { least, perTask, most, counting, laterShare } = LEVELS[effort];
  const share = market === 0 ? 1 : Math.min(1, laterShare * (gap / USUAL_GAP) ** 2);
  return { improvement: Math.min(most, least + perTask * tasks) * share, counting: counting * share };
};
