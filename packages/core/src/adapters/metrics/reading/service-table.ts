import type { ServiceUsage } from "../../../domain/demand/usage.ts";
import { type MetricReading, usageOf } from "./metric-reading.ts";

interface Entry {
  readonly name: Uint8Array;
  readonly usage: ServiceUsage;
}

/** Services by the bytes of their names, so that a known name is never decoded again. */
export interface ServiceTable {
  readonly reading: MetricReading;
  slots: (Entry | undefined)[];
  size: number;
  last: Entry | undefined;
}

/** A table without services. */
export const serviceTable = (reading: MetricReading): ServiceTable => ({
  reading,
  slots: Array.from({ length: 1024 }),
  size: 0,
  last: undefined,
});

/** State of the service whose name stands in `bytes` from `from` to `to`. */
export const lookUp = (table: ServiceTable, bytes: Uint8Array, from: number, to: number): ServiceUsage => {
  const { last } = table;
  if (last !== undefined && isSame(last.name, bytes, from, to)) return last.usage;
  let slot = hashOf(bytes, from, to) & (table.slots.length - 1);
  for (let entry = table.slots[slot]; entry !== undefined; entry = table.slots[slot]) {
    if (isSame(entry.name, bytes, from, to)) {
      table.last = entry;
      return entry.usage;
    }
    slot = (slot + 1) & (table.slots.length - 1);
  }
  return insert(table, bytes.slice(from, to), slot).usage;
};

const isSame = (name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean => {
  if (name.length !== to - from) return false;
  for (let i = name.length - 1; i >= 0; i--) if (name[i] !== bytes[from + i]) return false;
  return true;
};

const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

const insert = (table: ServiceTable, name: Uint8Array, slot: number): Entry => {
  const entry = { name, usage: usageOf(table.reading, new TextDecoder().decode(name)) };
  table.slots[slot] = entry;
  table.size += 1;
  table.last = entry;
  if (table.size * 2 > table.slots.length) grow(table);
  return entry;
};

const grow = (table: ServiceTable): void => {
  const slots: (Entry | undefined)[] = Array.from({ length: table.slots.length * 2 });
  for (const entry of table.slots) {
    if (entry === undefined) continue;
    let slot = hashOf(entry.name, 0, entry.name.length) & (slots.length - 1);
    while (slots[slot] !== undefined) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = entry;
  }
  table.slots = slots;
};
