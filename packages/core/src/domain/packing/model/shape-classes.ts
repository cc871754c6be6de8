import type { ShapeTable } from "./pattern.ts";
import { RESOURCES, zeros } from "./resources.ts";

/** A few classes of many shapes; a class has the mean size of its tasks. */
export interface Coarse {
  readonly table: ShapeTable;
  /** Whether all shapes of each class are of one size, so that a bound for classes is one for shapes. */
  readonly lossless: boolean;
  /** Class of each shape. */
  readonly classOf: Int32Array;
}

interface Cluster {
  readonly members: readonly number[];
  /** Share of all resources that the least size would leave out, and the resource that loses most of it. */
  readonly loss: number;
  readonly widest: number;
}

const leastSize = (table: ShapeTable, members: readonly number[]): number[] => {
  const least = new Array<number>(RESOURCES).fill(Number.POSITIVE_INFINITY);
  for (const s of members) {
    for (let k = 0; k < RESOURCES; k++) {
      least[k] = Math.min(least[k] as number, table.sizes[s * RESOURCES + k] as number);
    }
  }
  return least;
};

const measure = (
  table: ShapeTable,
  members: readonly number[],
  demand: readonly number[],
  totals: readonly number[],
): Cluster => {
  const least = leastSize(table, members);
  const lost = zeros();
  for (const s of members) {
    for (let k = 0; k < RESOURCES; k++) {
      const excess = (table.sizes[s * RESOURCES + k] as number) - (least[k] as number);
      if (excess > 0) lost[k] = (lost[k] as number) + (excess * (demand[s] as number)) / (totals[k] as number);
    }
  }
  return { members, loss: lost.reduce((a, b) => a + b, 0), widest: lost.indexOf(Math.max(...lost)) };
};

const meanSize = (table: ShapeTable, members: readonly number[], demand: readonly number[]): number[] => {
  let tasks = 0;
  const sums = zeros();
  for (const s of members) {
    tasks += demand[s] as number;
    for (let k = 0; k < RESOURCES; k++) {
      sums[k] = (sums[k] as number) + (demand[s] as number) * (table.sizes[s * RESOURCES + k] as number);
    }
  }
  return sums.map((sum) => sum / tasks);
};

const halve = (table: ShapeTable, cluster: Cluster): readonly [number[], number[]] => {
  const at = (s: number): number => table.sizes[s * RESOURCES + cluster.widest] as number;
  const sorted = [...cluster.members].sort((a, b) => at(a) - at(b) || a - b);
  let cut = Math.max(1, sorted.length >> 1);
  while (cut < sorted.length && at(sorted[cut] as number) === at(sorted[cut - 1] as number)) cut++;
  if (cut === sorted.length) {
    cut = sorted.length >> 1;
    while (cut > 0 && at(sorted[cut] as number) === at(sorted[cut - 1] as number)) cut--;
  }
  return [sorted.slice(0, cut), sorted.slice(cut)];
};

const withoutPorts = (table: ShapeTable, members: readonly number[]): boolean =>
  members.every((s) => (table.ports[s] as readonly number[]).length === 0);

/** Groups shapes of like size: halves the class that loses most, again and again, until there are `classes`. */
export const coarsen = (table: ShapeTable, demand: readonly number[], classes: number): Coarse => {
  const totals = zeros();
  demand.forEach((n, s) => {
    for (let k = 0; k < RESOURCES; k++)
      totals[k] = (totals[k] as number) + n * (table.sizes[s * RESOURCES + k] as number);
  });
  const all = Array.from({ length: table.count }, (_, s) => s);
  const clusters = [measure(table, all, demand, totals)];
  while (clusters.length < classes) {
    clusters.sort((a, b) => b.loss - a.loss || (a.members[0] as number) - (b.members[0] as number));
    const worst = clusters[0] as Cluster;
    if (worst.loss <= 0) break;
    clusters.splice(0, 1, ...halve(table, worst).map((members) => measure(table, members, demand, totals)));
  }
  const classOf = new Int32Array(table.count);
  clusters.forEach((cluster, c) => {
    for (const s of cluster.members) classOf[s] = c;
  });
  return {
    table: {
      count: clusters.length,
      sizes: Float64Array.from(clusters.flatMap((cluster) => meanSize(table, cluster.members, demand))),
      ports: clusters.map(() => []),
      placed: new Float64Array(clusters.length),
    },
    lossless: clusters.every((cluster) => cluster.loss <= 0 && withoutPorts(table, cluster.members)),
    classOf,
  };
};

/** Sums amounts by shape into amounts by class. */
export const sumByClass = (coarse: Coarse, amounts: readonly number[]): number[] => {
  const sums = new Array<number>(coarse.table.count).fill(0);
  amounts.forEach((n, s) => {
    const c = coarse.classOf[s] as number;
    sums[c] = (sums[c] as number) + n;
  });
  return sums;
};
