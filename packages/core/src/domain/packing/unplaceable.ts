import type { Market, NoFleet, PackItem, PackRequest } from "./model/request.ts";
import { fits, type Geometry, type InstanceType, sizeOf } from "./model/resources.ts";

type UnplaceableTask = NoFleet["unplaceable"][number];

const namesOf = ({ acceleratorName = "GPUs" }: PackRequest): readonly string[] => [
  "CPU units",
  "MiB of memory",
  "ENIs",
  acceleratorName,
];

const largest = (types: readonly InstanceType[], k: number): number =>
  types.reduce((most, { capacity }) => Math.max(most, capacity[k] ?? 0), 0);

const portReasons = (item: PackItem, reserved: ReadonlySet<string>): readonly string[] =>
  [...new Set(item.hostPorts)]
    .filter((port) => reserved.has(port))
    .sort()
    .map((port) => `needs host port ${port}, which the instance itself uses`);

type Size = readonly number[];

const sizeReasons = (size: Size, priced: readonly InstanceType[], names: readonly string[]): readonly string[] => {
  const reasons = names.flatMap((name, k) => {
    const need = size[k] ?? 0;
    const most = largest(priced, k);
    return need > most ? [`needs ${need} ${name}, the most that a priced instance type offers is ${most}`] : [];
  });
  if (reasons.length > 0) return reasons;
  const needs = names.flatMap((name, k) => ((size[k] ?? 0) > 0 ? [`${size[k]} ${name}`] : []));
  return [`needs ${needs.join(", ")} together, which no priced instance type offers at once`];
};

const priceReasons = (size: Size, unpriced: readonly InstanceType[]): readonly string[] => {
  const would = unpriced.filter(({ capacity }) => fits(size, capacity)).map(({ id }) => id);
  const [first, ...rest] = would.sort();
  if (first === undefined) return [];
  const others = rest.length > 0 ? ` and ${rest.length} more` : "";
  return [`would fit ${first}${others}, but there is no price here`];
};

/** Why tasks of a size fit on no priced type; empty where they do. */
const reasonsOf = (
  size: Size,
  priced: readonly InstanceType[],
  unpriced: readonly InstanceType[],
  names: readonly string[],
): readonly string[] => {
  if (priced.some(({ capacity }) => fits(size, capacity))) return [];
  const sizes = priced.length === 0 ? ["no instance type has a price here"] : sizeReasons(size, priced, names);
  return [...sizes, ...priceReasons(size, unpriced)];
};

/** Services with tasks that fit on no priced type of this market, each with every reason why. */
export const findUnplaceable = (
  request: PackRequest,
  { types }: Geometry,
  market: Market,
): readonly UnplaceableTask[] => {
  const priced = types.filter(({ index }) => market.nanoDollars[index] !== undefined);
  const unpriced = types.filter(({ index }) => market.nanoDollars[index] === undefined);
  const reserved = new Set(request.reservedPorts);
  const names = namesOf(request);
  const bySize = new Map<string, readonly string[]>();
  return request.items.flatMap((item) => {
    if (item.count <= 0) return [];
    const size = sizeOf(item);
    const key = size.join();
    const ofSize = bySize.get(key) ?? reasonsOf(size, priced, unpriced, names);
    bySize.set(key, ofSize);
    const reasons = [...ofSize, ...portReasons(item, reserved)];
    return reasons.length === 0 ? [] : [{ id: item.id, reasons }];
  });
};
