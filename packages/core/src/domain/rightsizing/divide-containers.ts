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

/** Proxies, collectors and routers go by these names, whatever their size. */
const SIDECAR_NAME =
  /(?:^|[-_.])(?:envoy|sidecar|x-?ray|otel|adot|fluent-?(?:bit|d)|log[-_]?router|firelens|datadog|newrelic|linkerd|istio)(?=$|[-_.\d])|[-_.]agent$/i;

/** Names of the containers that do the work of the task: the largest essential one and others at least half as large, none that is named as a sidecar. */
const mainNames = (containers: readonly Container[]): ReadonlySet<string> => {
  const essential = containers.filter(({ essential: needed, name }) => needed && !SIDECAR_NAME.test(name));
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
 * Divides a new task size over the containers. Sidecars keep what they have; the others are scaled by what is left for
 * them, so that their share of it stays the same. Settings that are absent stay absent; what fitted into the task
 * before fits after.
 */
export const divideContainers = (
  containers: readonly Container[],
  current: TaskSize,
  size: TaskSize,
): readonly ContainerSize[] => {
  if (current.cpu === size.cpu && current.memory === size.memory) return containers.map(asItIs(containers));
  const mains = mainNames(containers);
  const working = containers.filter(({ name }) => mains.has(name));
  const sidecars = containers.filter(({ name }) => !mains.has(name));
  const cpu = dividePart(working, "cpu", totalOf(sidecars, "cpu"), current.cpu, size.cpu, totalOf(sidecars, "cpu"));
  const kept = reservedBy(sidecars);
  const memory = dividePart(working, "memory", kept, current.memory, size.memory, totalOf(sidecars, "memory"));
  const reservation = dividePart(working, "memoryReservation", kept, current.memory, size.memory, kept);
  return containers.map((container) => {
    const { name } = container;
    if (!mains.has(name)) return sizeOf(name, container, true);
    const limit = memory.get(name);
    const reserved = reservation.get(name);
    const fitting = limit !== undefined && reserved !== undefined ? Math.min(reserved, limit) : reserved;
    return sizeOf(name, { cpu: cpu.get(name), memory: limit, memoryReservation: fitting }, false);
  });
};

const asItIs = (containers: readonly Container[]): ((container: Container) => ContainerSize) => {
  const mains = mainNames(containers);
  return (container) => sizeOf(container.name, container, !mains.has(container.name));
};

const sizeOf = (
  name: string,
  size: { readonly [D in Dimension]?: number | undefined },
  sidecar: boolean,
): ContainerSize => ({
  name,
  sidecar,
  ...(size.cpu === undefined ? {} : { cpu: size.cpu }),
  ...(size.memory === undefined ? {} : { memory: size.memory }),
  ...(size.memoryReservation === undefined ? {} : { memoryReservation: size.memoryReservation }),
});

/** Memory that ECS sets aside for containers: the reservation where there is one, or else the limit. */
const reservedBy = (containers: readonly Container[]): number =>
  containers.reduce((sum, { memory, memoryReservation }) => sum + (memoryReservation ?? memory ?? 0), 0);

/** New values of one setting: scaled by what the sidecars leave of the task; `sidecars` is their total of that setting. */
const dividePart = (
  working: readonly Container[],
  dimension: Dimension,
  kept: number,
  before: number,
  after: number,
  sidecars: number,
): ReadonlyMap<string, number> => {
  const given = totalOf(working, dimension);
  const scaled = before <= kept ? given : Math.floor((given * Math.max(0, after - kept)) / (before - kept) + 1e-9);
  const total = given + sidecars <= before ? Math.min(scaled, Math.max(0, after - sidecars)) : scaled;
  return shareOut(working, dimension, given, total);
};

const LEAST: Readonly<Record<Dimension, number>> = { cpu: 0, memory: 6, memoryReservation: 6 };

/** In proportion, whole numbers, what is left over to the first. */
const shareOut = (
  working: readonly Container[],
  dimension: Dimension,
  given: number,
  total: number,
): ReadonlyMap<string, number> => {
  const parts = working.flatMap((container) => {
    const value = container[dimension];
    if (value === undefined) return [];
    const share = given === 0 ? 0 : Math.floor((value * total) / given);
    return [{ name: container.name, value: Math.max(value === 0 ? 0 : LEAST[dimension], share) }];
  });
  const rest = total - parts.reduce((sum, { value }) => sum + value, 0);
  return new Map(parts.map(({ name, value }, index) => [name, index === 0 && rest > 0 ? value + rest : value]));
};

/** Smallest size in which the sidecars can stay whole beside the others. */
export const leastTaskSize = (containers: readonly Container[]): TaskSize => {
  const mains = mainNames(containers);
  const sidecars = containers.filter(({ name }) => !mains.has(name));
  if (sidecars.length === 0) return { cpu: 0, memory: 0 };
  const limits = totalOf(sidecars, "memory");
  const reserved = reservedBy(sidecars);
  const cpu = totalOf(sidecars, "cpu");
  return { cpu: cpu === 0 ? 0 : cpu + 1, memory: Math.max(limits, reserved) + LEAST_MAIN_MEMORY };
};
