import { createNotes } from "../../domain/issues/notes.ts";
import type { PlanStep } from "../../domain/report/plan-report.ts";
import { type Decimal, ZERO } from "../../domain/units/decimal.ts";
import type { CostContext } from "../context/cost-context.ts";
import { knownTotal } from "../estimate/estimate.ts";
import { type EstimatedCosts, estimateCosts } from "../estimate/service-costs.ts";
import type { PlanState, StepChange } from "./step-changes.ts";

/** The steps that save something, in the order to take them, and what everything costs after the last. */
export interface TakenSteps {
  readonly steps: readonly PlanStep[];
  readonly state: PlanState;
  readonly costs: EstimatedCosts;
}

/** Costs of a state; nothing is noted. */
export const costsOf = ({ services, shared }: PlanState, context: CostContext): EstimatedCosts =>
  estimateCosts({
    ...context,
    inventory: { ...context.inventory, services, shared },
    notes: createNotes(),
  });

interface Open {
  readonly change: StepChange;
  /** What it saves if it were the only one. */
  readonly alone: Decimal;
}

/**
 * Takes the changes one after the other, the one that saves most by itself first. One that saves nothing after those
 * before it waits for the rest, and is left out where it still saves nothing.
 */
export const takeSteps = (
  start: PlanState,
  today: EstimatedCosts,
  changes: readonly StepChange[],
  context: CostContext,
  most: number | null,
): TakenSteps => {
  const before = knownTotal(today);
  const open: Open[] = changes
    .map((change) => ({ change, alone: before.minus(knownTotal(costsOf(change.apply(start), context))) }))
    .sort((a, b) => b.alone.comparedTo(a.alone) || textOrder(a.change, b.change));
  let taken: TakenSteps = { steps: [], state: start, costs: today };
  let waiting = open;
  for (let progress = true; progress; ) {
    progress = false;
    const still: Open[] = [];
    for (const each of waiting) {
      if (most !== null && taken.steps.length >= most) return taken;
      const next = take(taken, each.change, context);
      if (next === undefined) still.push(each);
      else {
        taken = next;
        progress = true;
      }
    }
    waiting = still;
  }
  return taken;
};

const textOrder = (a: StepChange, b: StepChange): number => {
  const [x, y] = [`${a.kind} ${a.subjects.join()}`, `${b.kind} ${b.subjects.join()}`];
  return x < y ? -1 : x > y ? 1 : 0;
};

const take = (taken: TakenSteps, change: StepChange, context: CostContext): TakenSteps | undefined => {
  const state = change.apply(taken.state);
  const costs = costsOf(state, context);
  const monthlySaving = knownTotal(taken.costs).minus(knownTotal(costs));
  if (monthlySaving.lessThanOrEqualTo(ZERO) || isLessKnown(costs, taken.costs)) return undefined;
  const { apply: _, ...step } = change;
  return { steps: [...taken.steps, { ...step, monthlySaving }], state, costs };
};

/** A cost that is not known any more would look like a saving. */
const isLessKnown = (after: EstimatedCosts, before: EstimatedCosts): boolean =>
  after.services.some(({ lines }, index) => !lines.complete && before.services[index]?.lines.complete === true);
