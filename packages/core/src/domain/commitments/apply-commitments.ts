import { type Decimal, sum } from "../units/decimal.ts";
import type {
  CommitmentResult,
  Commitments,
  CommitmentUse,
  CommittableUsage,
  Coverage,
  CoveredUsage,
} from "./commitment.ts";
import { closeUsage, openUsage } from "./open-usage.ts";
import { applyReservedInstances } from "./reserved-instances.ts";
import { applyComputeSavingsPlans, applyInstanceSavingsPlans } from "./savings-plans.ts";

/**
 * Applies commitments to the usage of one hour as AWS does: Reserved Instances, then EC2 Instance Savings Plans, then
 * Compute Savings Plans; each plan goes to the highest savings percentage first until its commitment is used up, and the
 * rest stays on demand.
 * @see https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html checked 2026-11-20
 *
 * @example four r5.4xlarge at 1.00, plan rate 0.70, and a commitment of 2.00 //=> 1.142857142858 of them stay on demand
 */
export const applyCommitments = (usage: readonly CommittableUsage[], commitments: Commitments): CommitmentResult => {
  const open = usage.map(openUsage);
  const reservedInstances = applyReservedInstances(commitments.reservedInstances, open);
  const instanceSavingsPlans = applyInstanceSavingsPlans(commitments.instanceSavingsPlans, open);
  const computeSavingsPlans = applyComputeSavingsPlans(commitments.computeSavingsPlans, open);
  const covered = open.map(closeUsage);
  const onDemandCost = sum(covered.map((line) => line.onDemandCost));
  const committedCost = hourlyCost(commitments);
  return {
    usage: covered,
    reservedInstances,
    instanceSavingsPlans,
    computeSavingsPlans,
    totals: {
      withoutCommitments: sum(usage.map((line) => line.quantity.times(line.onDemandRate))),
      onDemandCost,
      committedCost,
      totalCost: onDemandCost.plus(committedCost),
    },
  };
};

const hourlyCost = (commitments: Commitments): Decimal =>
  sum([
    ...commitments.reservedInstances.map(({ count, rate }) => count.times(rate)),
    ...commitments.instanceSavingsPlans.map(({ commitment }) => commitment),
    ...commitments.computeSavingsPlans.map(({ commitment }) => commitment),
  ]);

/**
 * Applies commitments to each hour by itself, because what an hour does not use is lost, and adds the hours up by id.
 * Linear in the number of hours.
 */
export const applyCommitmentsHourly = (
  hours: readonly (readonly CommittableUsage[])[],
  commitments: Commitments,
): CommitmentResult => {
  const results = hours.map((usage) => applyCommitments(usage, commitments));
  const totalOf = (pick: (result: CommitmentResult) => Decimal): Decimal => sum(results.map(pick));
  return {
    usage: sumById(
      results.map((result) => result.usage),
      addUsage,
    ),
    reservedInstances: sumById(
      results.map((result) => result.reservedInstances),
      addUse,
    ),
    instanceSavingsPlans: sumById(
      results.map((result) => result.instanceSavingsPlans),
      addUse,
    ),
    computeSavingsPlans: sumById(
      results.map((result) => result.computeSavingsPlans),
      addUse,
    ),
    totals: {
      withoutCommitments: totalOf((result) => result.totals.withoutCommitments),
      onDemandCost: totalOf((result) => result.totals.onDemandCost),
      committedCost: totalOf((result) => result.totals.committedCost),
      totalCost: totalOf((result) => result.totals.totalCost),
    },
  };
};

/** Adds up items of one id, in order of first mention. */
const sumById = <Item extends { readonly id: string }>(
  lists: readonly (readonly Item[])[],
  add: (a: Item, b: Item) => Item,
): Item[] => {
  const sums = new Map<string, Item>();
  for (const list of lists) {
    for (const item of list) {
      const known = sums.get(item.id);
      sums.set(item.id, known === undefined ? item : add(known, item));
    }
  }
  return [...sums.values()];
};

const addUse = (a: CommitmentUse, b: CommitmentUse): CommitmentUse => ({
  id: a.id,
  committed: a.committed.plus(b.committed),
  used: a.used.plus(b.used),
  unused: a.unused.plus(b.unused),
});

const addCoverage = (a: Coverage, b: Coverage): Coverage => ({
  id: a.id,
  quantity: a.quantity.plus(b.quantity),
  cost: a.cost.plus(b.cost),
});

const addUsage = (a: CoveredUsage, b: CoveredUsage): CoveredUsage => ({
  id: a.id,
  quantity: a.quantity.plus(b.quantity),
  reserved: sumById([a.reserved, b.reserved], addCoverage),
  savingsPlans: sumById([a.savingsPlans, b.savingsPlans], addCoverage),
  onDemandQuantity: a.onDemandQuantity.plus(b.onDemandQuantity),
  onDemandCost: a.onDemandCost.plus(b.onDemandCost),
});
