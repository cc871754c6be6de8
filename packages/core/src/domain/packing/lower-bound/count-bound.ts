import { type FleetSettings, fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import {
  type CountTable,
  type Relaxation,
  type Requirement,
  startRelaxing,
  tabulateCounts,
} from "./count-relaxation.ts";

/** Numbers of instances of the offers from `first` to before `depth`; those of the others are open. */
interface Node {
  /** The cheapest offer of the fleet: idle instances are of this type. */
  readonly first: number;
  readonly depth: number;
  readonly cost: number;
  /** Filled instances that are left to choose: exactly so many where they are counted, else at least. */
  readonly instances: number;
  readonly missing: Float64Array;
  readonly bound: number;
}

interface Search {
  readonly table: CountTable;
  readonly relax: Relaxation;
  /** Nodes in order of bound, the lowest last. */
  readonly open: Node[];
  /** What a fleet at hand costs: no higher bound is looked for. */
  readonly known: number;
  /** Whether idle instances depend on the number of filled ones. */
  readonly counted: boolean;
  left: number;
}

const insert = (open: Node[], node: Node): void => {
  let [low, high] = [0, open.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    const other = open[mid] as Node;
    if (other.bound > node.bound || (other.bound === node.bound && other.depth < node.depth)) low = mid + 1;
    else high = mid;
  }
  open.splice(low, 0, node);
};

const after = ({ table }: Pick<Search, "table">, missing: Float64Array, offer: number, n: number): Float64Array =>
  missing.map((share, k) => share - n * (table.shares[offer * table.requirements + k] as number));

const child = (search: Search, node: Node, n: number): Node => {
  const missing = after(search, node.missing, node.depth, n);
  const cost = node.cost + n * (search.table.prices[node.depth] as number);
  const instances = search.counted ? node.instances - n : Math.max(0, node.instances - n);
  const depth = node.depth + 1;
  search.left--;
  const bound = Math.max(node.bound, cost + search.relax(depth, missing, instances, search.counted));
  return { ...node, depth, cost, instances, missing, bound };
};

/** Adds the nodes with each number of instances of the next offer; costs are convex in it. */
const branch = (search: Search, node: Node): void => {
  const isFirst = search.counted && node.depth === node.first;
  const isLast = node.depth === search.table.prices.length - 1;
  const from = isLast && search.counted ? node.instances : isFirst ? 1 : 0;
  const price = search.table.prices[node.depth] as number;
  let before = Number.POSITIVE_INFINITY;
  for (let n = from; !search.counted || n <= node.instances; n++) {
    if (node.cost + n * price >= search.known) break;
    const next = child(search, node, n);
    if (next.bound < search.known) insert(search.open, next);
    else if (next.bound >= before && Number.isFinite(before)) break;
    before = next.bound;
  }
};

/** Starts with each number of filled instances beside one offer as the cheapest. */
const startFrom = (search: Search, first: number, filled: number, settings: FleetSettings): void => {
  const { table, known, open } = search;
  const price = table.prices[first] as number;
  const missing = new Float64Array(table.requirements).fill(1);
  const beside = after(search, missing, first, 1);
  let before = Number.POSITIVE_INFINITY;
  for (let n = filled; n * price < known; n++) {
    const idle = (fleetSize(n, settings) - n) * price;
    const rest = price + search.relax(first, beside, n - 1, true);
    search.left--;
    if (idle + rest < known)
      insert(open, { first, depth: first, cost: idle, instances: n, missing, bound: idle + rest });
    else if (rest > before && n >= settings.minInstances) break;
    before = rest;
  }
};

const start = (search: Search, filled: number, settings: FleetSettings): void => {
  const missing = new Float64Array(search.table.requirements).fill(1);
  if (search.counted) {
    for (let first = 0; first < search.table.prices.length; first++) startFrom(search, first, filled, settings);
    return;
  }
  const bound = search.relax(0, missing, filled, false);
  search.open.push({ first: 0, depth: 0, cost: 0, instances: filled, missing, bound });
};

/** Offers that a fleet cheaper than `known` may contain, idle instances left aside. */
const possible = (
  offers: readonly Offer[],
  requirements: readonly Requirement[],
  filled: number,
  known: number,
): readonly number[] => {
  const table = tabulateCounts(offers, requirements);
  const relax = startRelaxing(table);
  const missing = new Float64Array(table.requirements).fill(1);
  return offers.flatMap(({ price }, o) => {
    const beside = after({ table }, missing, o, 1);
    return price + relax(0, beside, Math.max(0, filled - 1), false) < known ? [o] : [];
  });
};

/**
 * Least cost of any numbers of instances that have what every fleet must have, idle ones included: branch and bound over
 * the cheapest type, the number of filled instances and that of each type. At most `known`; where it takes more than
 * `steps` linear programmes, the lowest bound that is still open.
 */
export const countBound = (
  offers: readonly Offer[],
  requirements: readonly Requirement[],
  filled: number,
  settings: FleetSettings,
  known: number,
  steps: number,
): number => {
  const kept = possible(offers, requirements, filled, known);
  const table = tabulateCounts(
    kept.map((o) => offers[o] as Offer),
    requirements.map(({ amount, perOffer }) => ({ amount, perOffer: kept.map((o) => perOffer[o] as number) })),
  );
  const counted = settings.targetCapacity < 100 || settings.minInstances > filled;
  const search: Search = { table, relax: startRelaxing(table), open: [], known, counted, left: steps };
  if (kept.length > 0) start(search, Math.max(1, filled), settings);
  for (;;) {
    const node = search.open.pop();
    if (node === undefined || node.bound >= known) return known;
    if (node.depth === kept.length || search.left <= 0) return node.bound;
    branch(search, node);
  }
};
