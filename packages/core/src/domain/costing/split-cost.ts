import { Decimal, ONE, sum, ZERO } from "../units/decimal.ts";
import { CPU_TO_MEMORY_WEIGHT } from "./task-weight.ts";

/** What a task reserved and used on an instance, in vCPU and GB, averaged over the hours that are split. */
export interface SplitTask {
  readonly id: string;
  readonly reservedVcpu: Decimal;
  readonly usedVcpu: Decimal;
  readonly reservedGb: Decimal;
  readonly usedGb: Decimal;
}

export interface SplitInstance {
  readonly vcpu: Decimal;
  readonly gb: Decimal;
  /** USD for the hours that are split, amortised. */
  readonly cost: Decimal;
}

/** USD of one task: what it holds of the instance, and its share of what nobody holds. */
export interface TaskSplit {
  readonly id: string;
  readonly splitCost: Decimal;
  readonly unusedCost: Decimal;
  readonly totalCost: Decimal;
}

export interface InstanceSplit {
  /** USD for one vCPU and one GB over the hours that are split. */
  readonly vcpuRate: Decimal;
  readonly gbRate: Decimal;
  readonly tasks: readonly TaskSplit[];
}

/** One resource of the instance: how much there is, what each task was allocated, and its rate. */
interface Resource {
  readonly available: Decimal;
  readonly allocated: readonly Decimal[];
  readonly rate: Decimal;
}

/**
 * Divides an instance's cost over its tasks as split cost allocation data does: a vCPU costs nine times a GB, a task is
 * allocated the larger of what it reserved and used, and what no task was allocated is shared in proportion. Where tasks
 * were allocated more than there is, they share what there is.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/example-split-cost-allocation-data.html checked 2026-11-20
 *
 * @example an m5.xlarge at 1.00 and a task of 1 vCPU and 4 GB beside three others //=> split 0.22, unused 0.01
 */
export const splitInstanceCost = (instance: SplitInstance, tasks: readonly SplitTask[]): InstanceSplit => {
  const gbRate = instance.cost.div(instance.vcpu.times(CPU_TO_MEMORY_WEIGHT).plus(instance.gb));
  const vcpuRate = gbRate.times(CPU_TO_MEMORY_WEIGHT);
  const cpu: Resource = {
    available: instance.vcpu,
    allocated: tasks.map((task) => Decimal.max(task.reservedVcpu, task.usedVcpu)),
    rate: vcpuRate,
  };
  const memory: Resource = {
    available: instance.gb,
    allocated: tasks.map((task) => Decimal.max(task.reservedGb, task.usedGb)),
    rate: gbRate,
  };
  const parts = [cpu, memory].map(splitResource);
  return {
    vcpuRate,
    gbRate,
    tasks: tasks.map(({ id }, index) => {
      const splitCost = sum(parts.map((part) => part[index]?.split ?? ZERO));
      const unusedCost = sum(parts.map((part) => part[index]?.unused ?? ZERO));
      return { id, splitCost, unusedCost, totalCost: splitCost.plus(unusedCost) };
    }),
  };
};

const splitResource = ({ available, allocated, rate }: Resource): { split: Decimal; unused: Decimal }[] => {
  const total = sum(allocated);
  const unused = Decimal.max(available.minus(total), ZERO);
  const scale = total.greaterThan(available) ? available.div(total) : ONE;
  return allocated.map((amount) => ({
    split: amount.times(scale).times(rate),
    unused: total.isZero() ? ZERO : amount.div(total).times(unused).times(rate),
  }));
};
