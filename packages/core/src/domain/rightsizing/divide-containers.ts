import type { TaskSize } from "../sizing/fargate-sizes.ts";
import type { CpuUnits, MiB } from "../units/size.ts";
import type { Container } from "../workload/task.ts";

/** What one container asks for within its task: CPU units and MiB; absent where its definition does not set it. */
export interface ContainerSize {
  readonly name: string;
  /** Kept as it is, because it does not do the work of the task. */
  readonly sidecar: boolean;
  readonly cpu?: CpuUnits;
  readonly memory?: MiB;
  readonly memoryReservation?: MiB;
}

type Dimension = "cpu" | "memory" | "memoryReservation";

/** An essential container with at least this share of the largest one's weight is no sidecar. */
const MAIN_SHARE = 0.5;
/** Least memory that is left to the containers that are no sidecars, in MiB: ECS takes no container below 6. */
const LEAST_MAIN_MEMORY = 64;
/** Nine GB weigh as much as one vCPU, as wherever CPU and memory are compared. */
const weightOf = ({ cpu = 0, memory, memoryReservation }: Container): number =>
  9 * cpu + (memoryReservation ?? memory ?? 0);

/** Names of the containers that do the work of the task: the largest essential one, and others at least half as large. */
const mainNames = (containers: readonly Container[]): ReadonlySet<string> => {
  const essential = containers.filter((container) => container.essential);
  const candidates = essential.length > 0 ? essential : containers;
  const unsized = candidates.filter((container) => weightOf(container) === 0);
  const largest = Math.max(0, ...candidates.map(weightOf));
  const sized = candidates.filter(
    (container) => weightOf(container) > 0 && weightOf(container) >= largest * MAIN_SHARE,
  );
  return new Set((unsized.length > 0 ? unsized : sized).map(({ name }) => name));
};

const totalOf = (containers: readonly Container[], dimension: Dimension): number =>
  containers.reduce((total, container) => total + (container[dimension] ?? 0), 0);

/**
 * Divides a new task size over the containers. Sidecars keep what they have; what is left goes to the others in the
 * proportion they had, so that their part of the task stays the same. Settings that are absent stay absent.
 */
export const divideContainers = (
  containers: readonly Container[],
  current: TaskSize,
  size: TaskSize,
): readonly ContainerSize[] => {
  const mains = mainNames(containers);
  const sidecars = containers.filter(({ name }) => !mains.has(name));
  const working = containers.filter(({ name }) => mains.has(name));
  const cpu = dividePart(working, sidecars, "cpu", current.cpu, size.cpu);
  const memory = dividePart(working, sidecars, "memory", current.memory, size.memory);
  const reservation = dividePart(working, sidecars, "memoryReservation", current.memory, size.memory);
  return containers.map((container) => {
    const { name } = container;
    if (!mains.has(name)) return sizeOf(container, container, true);
    const limit = memory.get(name);
    const reserved = reservation.get(name);
    const kept = limit !== undefined && reserved !== undefined ? Math.min(reserved, limit) : reserved;
    return sizeOf(container, { cpu: cpu.get(name), memory: limit, memoryReservation: kept }, false);
  });
};

const sizeOf = (
  { name }: Container,
  size: { readonly [D in Dimension]?: number | undefined },
  sidecar: boolean,
): ContainerSize => ({
  name,
  sidecar,
  ...(size.cpu === undefined ? {} : { cpu: size.cpu }),
  ...(size.memory === undefined ? {} : { memory: size.memory }),
  ...(size.memoryReservation === undefined ? {} : { memoryReservation: size.memoryReservation }),
});

/** The new values of one setting; the part that was not given out before stays the same share of what is left. */
const dividePart = (
  working: readonly Container[],
  sidecars: readonly Container[],
  dimension: Dimension,
  before: number,
  after: number,
): ReadonlyMap<string, number> => {
  const set = working.filter((container) => (container[dimension] ?? 0) > 0);
  const kept = totalOf(sidecars, dimension);
  const given = totalOf(set, dimension);
  const roomBefore = Math.max(given, before - kept);
  const roomAfter = Math.max(0, after - kept);
  const total = given === 0 ? 0 : Math.floor((given * roomAfter) / roomBefore);
  return shareOut(set, dimension, given, total, dimension === "cpu" ? 1 : 6);
};

const shareOut = (
  containers: readonly Container[],
  dimension: Dimension,
  given: number,
  total: number,
  least: number,
): ReadonlyMap<string, number> => {
  const parts = containers.map((container) => ({
    name: container.name,
    value: Math.max(least, Math.floor(((container[dimension] ?? 0) * total) / Math.max(1, given))),
  }));
  const rest = total - parts.reduce((sum, { value }) => sum + value, 0);
  return new Map(parts.map(({ name, value }, index) => [name, index === 0 && rest > 0 ? value + rest : value]));
};

/** Smallest size in which the sidecars can stay whole beside the others. */
export const leastTaskSize = (containers: readonly Container[]): TaskSize => {
  const mains = mainNames(containers);
  const sidecars = containers.filter(({ name }) => !mains.has(name));
  if (sidecars.length === 0) return { cpu: 0, memory: 0 };
  const limits = totalOf(sidecars, "memory");
  const reserved = sidecars.reduce((sum, { memory, memoryReservation }) => sum + (memoryReservation ?? memory ?? 0), 0);
  const cpu = totalOf(sidecars, "cpu");
  return { cpu: cpu === 0 ? 0 : cpu + 1, memory: Math.max(limits, reserved) + LEAST_MAIN_MEMORY };
};
