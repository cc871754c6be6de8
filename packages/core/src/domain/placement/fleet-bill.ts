import { type InstanceOutfit, instanceUsage } from "../billing/instance-usage.ts";
import { allocateUnits, fromUnits, toUnits } from "../costing/allocate.ts";
import { type CostedLines, costLines } from "../costing/costed-lines.ts";
import type { LineItem, PricedLines, UnpricedUsage } from "../costing/line-item.ts";
import { priceUsage } from "../costing/price-usage.ts";
import { taskWeight } from "../costing/task-weight.ts";
import type { FilledInstances, FleetPlan } from "../packing/model/request.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import { QUANTITY_DECIMALS } from "../units/quantity.ts";
import type { FleetDemand } from "./fleet-demand.ts";
import type { FleetMarket } from "./type-prices.ts";

/** What a planned fleet costs, and each service's part of every line. */
export interface FleetBill {
  readonly lines: CostedLines;
  /** A service's part of every line; made when asked, because a fleet of thousands has many. */
  partOf(id: string): PricedLines;
  /** Weights of the services at 9 : 1. */
  readonly weights: ReadonlyMap<string, number>;
  readonly totalWeight: number;
  /** The plan's instances, daemons included. */
  readonly instances: readonly FilledInstances[];
}

/** Prices a plan exactly and divides every line over the services by CPU and memory at 9 : 1. */
export const billFleet = (
  plan: FleetPlan,
  demand: FleetDemand,
  market: FleetMarket,
  outfit: InstanceOutfit,
  hoursPerMonth: Decimal,
  catalogue: PriceCatalogue,
): FleetBill => {
  const instances = withDaemons(plan.instances, demand);
  const usage = instanceUsage(countByType(instances), market.service, market.purchase, hoursPerMonth, outfit);
  const priced = priceUsage(usage, catalogue);
  const weights = weightsOf(plan, demand);
  const totalWeight = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return { lines: costLines(priced), partOf: divideLines(priced, weights), weights, totalWeight, instances };
};

/** A service's part of the fleet, 0 to 1, at 9 : 1. */
export const shareOfFleet = ({ weights, totalWeight }: FleetBill, id: string): Decimal =>
  totalWeight === 0 ? ZERO : new Decimal(weights.get(id) ?? 0).div(totalWeight).toDecimalPlaces(12);

const withDaemons = (instances: readonly FilledInstances[], { daemons }: FleetDemand): readonly FilledInstances[] => {
  if (daemons.length === 0) return instances;
  const own = daemons.map(({ service }): [string, number] => [service.id, 1]);
  return instances.map((filled) => ({
    ...filled,
    tasks: Object.fromEntries([...Object.entries(filled.tasks), ...own]),
  }));
};

const countByType = (instances: readonly FilledInstances[]): { instanceType: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const { instanceType, count } of instances) counts.set(instanceType, (counts.get(instanceType) ?? 0) + count);
  return [...counts].map(([instanceType, count]) => ({ instanceType, count }));
};

const weightsOf = (plan: FleetPlan, demand: FleetDemand): ReadonlyMap<string, number> => {
  const total = plan.instances.reduce((sum, { count }) => sum + count, 0);
  const placed = new Set(plan.instances.flatMap(({ tasks }) => Object.keys(tasks)));
  const packed = [...demand.weights].filter(([id]) => placed.has(id));
  const daemons = demand.daemons.map(({ service, task }): [string, number] => [
    service.id,
    total * taskWeight(task.cpu, task.memory),
  ]);
  return new Map([...packed, ...daemons]);
};

/** Quantities of a fleet have no finer decimals than this. */
const SCALE = QUANTITY_DECIMALS;

const divideLines = (priced: PricedLines, weights: ReadonlyMap<string, number>): ((id: string) => PricedLines) => {
  if (weights.size === 0) return () => ({ lineItems: [], unpriced: [] });
  const indexes = new Map([...weights.keys()].map((id, index) => [id, index]));
  const values = [...weights.values()].map(BigInt);
  const divide = <T extends UnpricedUsage>(lines: readonly T[]) =>
    lines.map((line) => ({ line, units: allocateUnits(toUnits(line.quantity, SCALE), values) }));
  const items = divide(priced.lineItems);
  const unpriced = divide(priced.unpriced);
  return (id) => {
    const index = indexes.get(id) ?? -1;
    return {
      lineItems: items.flatMap(({ line, units }) => itemPart(line, units[index] ?? 0n)),
      unpriced: unpriced.flatMap(({ line, units }) => quantityPart(line, units[index] ?? 0n)),
    };
  };
};

const quantityPart = <T extends UnpricedUsage>(line: T, units: bigint): T[] =>
  units === 0n ? [] : [{ ...line, quantity: fromUnits(units, SCALE) }];

const itemPart = (line: LineItem, units: bigint): LineItem[] =>
  quantityPart(line, units).map((part) => ({ ...part, cost: part.quantity.times(part.rate) }));
