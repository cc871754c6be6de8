import type { Bin } from "./model/greedy.ts";
import type { FilledInstances } from "./model/request.ts";
import type { Shape } from "./model/resources.ts";
import type { Zone } from "./model/zones.ts";

/** Assigns the tasks of a shape out to instances, service after service. */
const assigner = (
  shape: Shape,
  counts: readonly number[],
): ((wanted: number, into: Record<string, number>) => void) => {
  let member = 0;
  let left = counts[0] ?? 0;
  return (wanted, into) => {
    for (let open = wanted; open > 0; ) {
      while (left === 0) {
        if (++member >= counts.length) throw new Error("packing: more tasks were placed than there are");
        left = counts[member] as number;
      }
      const taken = Math.min(open, left);
      const id = (shape.members[member] as Shape["members"][number]).id;
      into[id] = (into[id] ?? 0) + taken;
      open -= taken;
      left -= taken;
    }
  };
};

const keyOf = (type: string, tasks: Readonly<Record<string, number>>): string => JSON.stringify([type, tasks]);

/** Names the tasks of each bin of a zone by service and merges instances that are filled alike, in order of type. */
export const assignServices = (
  shapes: readonly Shape[],
  zone: Zone,
  bins: readonly Bin[],
  az: number | undefined,
): readonly FilledInstances[] => {
  const assigners = shapes.map((shape, s) => assigner(shape, zone.members[s] ?? []));
  const merged = new Map<string, { instanceType: string; count: number; az?: number; tasks: Record<string, number> }>();
  for (const { offer, pattern, copies } of bins) {
    for (let copy = 0; copy < copies; copy++) {
      const tasks: Record<string, number> = {};
      for (let i = 0; i < pattern.length; i += 2) assigners[pattern[i] as number]?.(pattern[i + 1] as number, tasks);
      const key = keyOf(offer.id, tasks);
      const known = merged.get(key);
      if (known) known.count++;
      else merged.set(key, { instanceType: offer.id, count: 1, ...(az === undefined ? {} : { az }), tasks });
    }
  }
  return [...merged.values()];
};
