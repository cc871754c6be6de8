import type { InstanceCapacity, Market, NoFleet, PackItem, PackRequest } from "./fleet.ts";
import { capacityOf, fits, sizeOf } from "./geometry.ts";

type Misfit = NoFleet["misfits"][number];

const NAMES = [
  ["CPU units", "cpu"],
  ["MiB of memory", "memory"],
  ["ENIs", "enis"],
  ["GPUs", "gpus"],
] as const;

const largest = (types: readonly InstanceCapacity[], k: number): number =>
  types.reduce((most, type) => Math.max(most, capacityOf(type)[k] ?? 0), 0);

const portReasons = (item: PackItem, reserved: ReadonlySet<string>): readonly string[] =>
  [...new Set(item.hostPorts)]
    .filter((port) => reserved.has(port))
    .sort()
    .map((port) => `needs host port ${port}, which the instance itself uses`);

const sizeReasons = (item: PackItem, priced: readonly InstanceCapacity[]): readonly string[] => {
  const size = sizeOf(item);
  const reasons = NAMES.flatMap(([name], k) => {
    const need = size[k] ?? 0;
    const most = largest(priced, k);
    return need > most ? [`needs ${need} ${name}, the most that a priced instance type offers is ${most}`] : [];
  });
  if (reasons.length > 0) return reasons;
  const needs = NAMES.flatMap(([name], k) => ((size[k] ?? 0) > 0 ? [`${size[k]} ${name}`] : []));
  return [`needs ${needs.join(", ")} together, which no priced instance type offers at once`];
};

const priceReasons = (item: PackItem, unpriced: readonly InstanceCapacity[]): readonly string[] => {
  const would = unpriced.filter((type) => fits(sizeOf(item), capacityOf(type))).map((type) => type.type);
  if (would.length === 0) return [];
  const [first, ...rest] = would.sort();
  const others = rest.length > 0 ? ` and ${rest.length} more` : "";
  return [`would fit ${first}${others}, but there is no price here`];
};

const misfitOf = (
  item: PackItem,
  priced: readonly InstanceCapacity[],
  unpriced: readonly InstanceCapacity[],
  reserved: ReadonlySet<string>,
): Misfit | undefined => {
  const ports = portReasons(item, reserved);
  const somewhere = priced.some((type) => fits(sizeOf(item), capacityOf(type)));
  if (somewhere && ports.length === 0) return undefined;
  const sizes = priced.length === 0 ? ["no instance type has a price here"] : sizeReasons(item, priced);
  const rest = somewhere ? [] : [...sizes, ...priceReasons(item, unpriced)];
  return { id: item.id, reasons: [...rest, ...ports] };
};

/** Services with tasks that fit on no priced type of this market, each with every reason why. */
export const findMisfits = (request: PackRequest, market: Market): readonly Misfit[] => {
  const priced = request.types.filter((_, index) => market.nanoDollars[index] !== undefined);
  const unpriced = request.types.filter((_, index) => market.nanoDollars[index] === undefined);
  const reserved = new Set(request.reservedPorts);
  return request.items.flatMap((item) => {
    const misfit = item.count > 0 ? misfitOf(item, priced, unpriced, reserved) : undefined;
    return misfit ? [misfit] : [];
  });
};
