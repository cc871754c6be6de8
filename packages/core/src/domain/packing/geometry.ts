import type { InstanceCapacity, PackItem, PackRequest } from "./fleet.ts";

/** Resources of an instance that tasks share, in the order of every vector here: CPU units, MiB, ENIs, GPUs. */
export const RESOURCES = 4;

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
  readonly portCount: number;
}

export interface InstanceType {
  readonly id: string;
  readonly capacity: readonly number[];
  /** Position in the request, to look up its price. */
  readonly index: number;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const capacityOf = (type: InstanceCapacity): readonly number[] =>
  type.cpu <= 0 || type.memory <= 0 || type.enis < 0
    ? [0, 0, 0, 0]
    : [type.cpu, type.memory, type.enis, Math.max(0, type.gpus)];

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

const groupShapes = (items: readonly PackItem[], portIndex: ReadonlyMap<string, number>): readonly Shape[] => {
  const groups = new Map<string, { size: readonly number[]; ports: number[]; members: PackItem[] }>();
  for (const item of [...items].sort((a, b) => byText(a.id, b.id))) {
    const size = sizeOf(item);
    const ports = portsOf(item).map((port) => portIndex.get(port) ?? 0);
    const key = `${size.join()}|${ports.join()}`;
    const group = groups.get(key);
    if (group) group.members.push(item);
    else groups.set(key, { size, ports, members: [item] });
  }
  return [...groups.values()].sort(compareShapes);
};

/** Groups alike services and orders types by id, so that no result depends on the order of the input. */
export const describeGeometry = (request: PackRequest): Geometry => {
  const items = request.items.filter((item) => item.count > 0);
  const ports = [...new Set(items.flatMap(portsOf))].sort(byText);
  const types = request.types.map((type, index) => ({ id: type.type, capacity: capacityOf(type), index }));
  return {
    shapes: groupShapes(items, new Map(ports.map((port, index) => [port, index]))),
    types: types.sort((a, b) => byText(a.id, b.id)),
    portCount: ports.length,
  };
};
