import type { Reason } from "../issues/issue.ts";
import { CPU_UNITS_PER_VCPU, type CpuUnits, MIB_PER_GB, type MiB } from "../units/size.ts";
import type { OperatingSystem } from "../workload/task.ts";
import { legalSizes, type TaskSize } from "./fargate-sizes.ts";

/** What a size is worth in any unit; must not fall when CPU or memory grows. */
export type SizeCost = (size: TaskSize) => number;

/** Nine GB of memory weigh as much as one vCPU: close to every published Fargate rate, and exact in integers. */
export const nineToOne: SizeCost = ({ cpu, memory }) => 9 * cpu + memory;

export type SizeFit =
  | {
      readonly found: true;
      readonly size: TaskSize;
      /** The other sizes that hold the demand and contain no smaller one that does, cheapest first. */
      readonly alternatives: readonly TaskSize[];
      readonly reason: Reason;
    }
  | { readonly found: false; readonly reason: Reason };

/**
 * Cheapest legal Fargate size that holds `cpu` CPU units and `memory` MiB, fractions allowed; equal costs go to the
 * smaller CPU.
 *
 * @example smallestSizeThatFits(300, 5000, "linux") // 1 vCPU, 5 GB: 0.5 vCPU ends at 4 GB
 */
export const smallestSizeThatFits = (
  cpu: CpuUnits,
  memory: MiB,
  os: OperatingSystem,
  cost: SizeCost = nineToOne,
): SizeFit => {
  const covering = legalSizes(os).filter((size) => size.cpu >= cpu && size.memory >= memory);
  const [size, ...alternatives] = covering
    .filter((candidate) => !covering.some((other) => isInside(other, candidate)))
    .sort((a, b) => cost(a) - cost(b) || a.cpu - b.cpu || a.memory - b.memory);
  if (size === undefined) return { found: false, reason: tooLarge(cpu, memory, os) };
  return { found: true, size, alternatives, reason: whyThisSize(cpu, memory, size, os) };
};

const isInside = (inner: TaskSize, outer: TaskSize): boolean =>
  inner !== outer && inner.cpu <= outer.cpu && inner.memory <= outer.memory;

const whyThisSize = (cpu: CpuUnits, memory: MiB, size: TaskSize, os: OperatingSystem): Reason => {
  if (size.cpu === cpu && size.memory === memory) {
    return { code: "size-is-legal", detail: `${describeSize(size)} is a legal size.` };
  }
  const demand = describeSize({ cpu, memory });
  const enoughCpu = legalSizes(os).filter((other) => other.cpu >= cpu);
  const leastCpu = enoughCpu[0]?.cpu ?? size.cpu;
  const row = enoughCpu.filter((other) => other.cpu === leastCpu).map((other) => other.memory);
  if (size.cpu > leastCpu) {
    const end = `${vcpus(leastCpu)} vCPU ends at ${gbs(row.at(-1) ?? 0)} GB`;
    return { code: "size-raised-for-memory", detail: `${demand} needs ${describeSize(size)}: ${end}.` };
  }
  if (row[0] === size.memory && memory < size.memory) {
    const start = `${vcpus(leastCpu)} vCPU begins at ${gbs(size.memory)} GB`;
    return { code: "size-raised-for-cpu", detail: `${demand} needs ${describeSize(size)}: ${start}.` };
  }
  return { code: "size-rounded-up", detail: `${demand} is rounded up to ${describeSize(size)}.` };
};

const tooLarge = (cpu: CpuUnits, memory: MiB, os: OperatingSystem): Reason => {
  const sizes = legalSizes(os);
  const most = { cpu: Math.max(...sizes.map((s) => s.cpu)), memory: Math.max(...sizes.map((s) => s.memory)) };
  const largest = `the largest ${os === "linux" ? "Linux" : "Windows"} size is ${describeSize(most)}`;
  return { code: "size-too-large", detail: `No Fargate size holds ${describeSize({ cpu, memory })}: ${largest}.` };
};

const vcpus = (cpu: CpuUnits): string => String(Number((cpu / CPU_UNITS_PER_VCPU).toFixed(3)));
const gbs = (memory: MiB): string => String(Number((memory / MIB_PER_GB).toFixed(3)));

/** `{ cpu: 512, memory: 1024 }` -> `0.5 vCPU 1 GB`, to three decimals. */
export const describeSize = (size: TaskSize): string => `${vcpus(size.cpu)} vCPU ${gbs(size.memory)} GB`;
