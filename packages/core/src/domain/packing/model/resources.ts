import type { InstanceCapacity, PackItem, PackRequest } from "./request.ts";

/**
 * Resources of an instance that tasks share, in the order of every vector here: CPU units, MiB, ENIs, GPUs, and the static
 * host port that most tasks ask for (an instance has one of it).
 */
export const RESOURCES = 5;

export const zeros = (): number[] => new Array<number>(RESOURCES).fill(0);

/** Services whose tasks are alike for packing: same size, same static host ports. */
export interface Shape {
  readonly size: readonly number[];
  /** Indices of static host ports; a shape that has any fits once per instance. */
  readonly ports: readonly number[];
  readonly members: readonly PackItem[];
}

/** What packing needs to know that no price changes. */
export interface Geometry {
  readonly shapes: readonly Shape[];
  /** In order of id. `capacity` is never negative; an instance that can hold nothing has zeros. */
  readonly types: readonly InstanceType[];
  readonly typeOf: ReadonlyMap<string, InstanceType>;
  readonly portCount: number;
}

export interface InstanceType {
  readonly id: string;
  readonly capacity: readonly number[];
  /** Position in the request, to look up its price. */
  readonly index: number;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What an instance offers; zeros where daemons and the operating system leave nothing. */
const capacityOf = (type: InstanceCapacity): readonly number[] =>
  type.cpu <= 0 || type.memory <= 0 || type.enis < 0
    ? zeros()
    : [type.cpu, type.memory, type.enis, Math.max(0, type.gpus), 1];

/** CPU units, MiB, ENIs and GPUs of one task. */
export const sizeOf = (item: PackItem): readonly number[] => [item.cpu, item.memory, item.enis, item.gpus];

/** Whether one task of this size fits on an otherwise empty instance. */
export const fits = (size: readonly number[], capacity: readonly number[]): boolean => {
  if ((capacity[0] ?? 0) <= 0) return false;
  for (let k = 0; k < RESOURCES; k++) if ((size[k] ?? 0) > (capacity[k] ?? 0)) return false;
  return true;
};

const portsOf = (item: PackItem): readonly string[] => [...new Set(item.hostPorts)].sort(byText);

const compareShapes = (a: Shape, b: Shape): number => {
  for (let k = 0; k < RESOURCES; k++) {
    const difference = (b.size[k] ?? 0) - (a.size[k] ?? 0);
    if (difference !== 0) return difference;
  }
  return byText(a.ports.join(), b.ports.join());
};

/** The port that most tasks ask for; of several, the first. */
const busiestPort = (items: readonly PackItem[], ports: readonly string[]): string | undefined => {
  const tasks = new Map(ports.map((port) => [port, 0]));
  for (const item of items) for (const port of portsOf(item)) tasks.set(port, (tasks.get(port) ?? 0) + item.count);
  return ports.reduce<string | undefined>(
    (best, port) => (best === undefined || (tasks.get(port) ?? 0) > (tasks.get(best) ?? 0) ? port : best),
    undefined,
  );
};

const groupShapes = (items: readonly PackItem[], ports: readonly string[]): readonly Shape[] => {
  const portIndex = new Map(ports.map((port, index) => [port, index]));
  const busiest = busiestPort(items, ports);
  const groups = new Map<string, { size: readonly number[]; ports: number[]; members: PackItem[] }>();
  for (const item of [...items].sort((a, b) => byText(a.id, b.id))) {
    const size = [...sizeOf(item), busiest !== undefined && item.hostPorts.includes(busiest) ? 1 : 0];
    const held = portsOf(item).map((port) => portIndex.get(port) ?? 0);
    const key = `${size.join()}|${held.join()}`;
    const group = groups.get(key);
    if (group) group.members.push(item);
    else groups.set(key, { size, ports: held, members: [item] });
  }
  return [...groups.values()].sort(compareShapes);
};

type Types = Pick<Geometry, "types" | "typeOf">;

/** Many fleets choose from the same list of types. */
const known = new WeakMap<readonly InstanceCapacity[], Types>();

const describeTypes = (capacities: readonly InstanceCapacity[]): Types => {
  const found = known.get(capacities);
  if (found !== undefined) return found;
  const types = capacities
    .map((type, index) => ({ id: type.type, capacity: capacityOf(type), index }))
    .sort((a, b) => byText(a.id, b.id));
  const described = { types, typeOf: new Map(types.map((type) => [type.id, type])) };
  known.set(capacities, described);
  return described;
};

/** Groups alike services and orders types by id, so that no result depends on the order of the input. */
export const describeGeometry = (request: PackRequest): Geometry => {
  const items = request.items.filter((item) => item.count > 0);
  const ports = [...new Set(items.flatMap(portsOf))].sort(byText);
  return { shapes: groupShapes(items, ports), ...describeTypes(request.types), portCount: ports.length };
};
