import { type AcceleratorKind, WHOLE_GPUS } from "../billing/accelerators.ts";
import { type HostShare, registeredCapacity } from "../billing/instance-capacity.ts";
import type { InstanceService } from "../billing/instance-usage.ts";
import type { InstanceCapacity } from "../packing/model/request.ts";
import type { InstanceType, PriceCatalogue, PriceKey } from "../pricing/price.ts";
import { ec2Key, managedInstancesFeeKey } from "../pricing/price-key.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { Decimal } from "../units/decimal.ts";
import type { Ec2Settings } from "../workload/shared.ts";

/** One market a fleet can be bought on. */
export interface FleetMarket {
  readonly service: InstanceService;
  readonly purchase: Purchase;
}

/** Lists of one selection of instance types, by what they depend on. */
interface Known {
  readonly types: readonly InstanceType[];
  readonly capacities: Map<string, readonly InstanceCapacity[]>;
  readonly prices: Map<string, readonly (number | undefined)[]>;
}

/** What is known for each catalogue, the latest selections of types first: the fleets of a report share few of them. */
const known = new WeakMap<PriceCatalogue, Known[]>();
const MOST_SELECTIONS = 8;

const knownOf = (catalogue: PriceCatalogue, types: readonly InstanceType[]): Known => {
  const all = known.get(catalogue) ?? [];
  known.set(catalogue, all);
  const same = all.find(
    (each) => each.types.length === types.length && types.every((type, i) => type === each.types[i]),
  );
  if (same !== undefined) return same;
  const fresh: Known = { types: [...types], capacities: new Map(), prices: new Map() };
  all.unshift(fresh);
  all.length = Math.min(all.length, MOST_SELECTIONS);
  return fresh;
};

const remembered = <Value>(values: Map<string, Value>, key: string, make: () => Value): Value => {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
};

/** What an instance of each type offers to tasks. */
export const capacitiesOf = (
  catalogue: PriceCatalogue,
  types: readonly InstanceType[],
  settings: Pick<Ec2Settings, "memoryOverheadPercent" | "eniTrunking">,
  host: HostShare,
  accelerator: AcceleratorKind = WHOLE_GPUS,
): readonly InstanceCapacity[] => {
  const key = [settings.memoryOverheadPercent, settings.eniTrunking, host.cpu, host.memory, host.enis]
    .concat(JSON.stringify(accelerator))
    .join();
  return remembered(knownOf(catalogue, types).capacities, key, () =>
    types.map((type) => registeredCapacity(type, settings, host, accelerator)),
  );
};

/** Nano-dollars per hour of an instance of each type on a market, with `volume` for its root volume. */
export const pricesOf = (
  catalogue: PriceCatalogue,
  types: readonly InstanceType[],
  market: FleetMarket,
  volume: number,
): readonly (number | undefined)[] =>
  remembered(knownOf(catalogue, types).prices, `${market.service}/${market.purchase}/${volume}`, () =>
    types.map(({ name }) => {
      const price = nanoDollars(name, market, catalogue);
      return price === undefined ? undefined : price + volume;
    }),
  );

const nanoDollars = (type: string, market: FleetMarket, catalogue: PriceCatalogue): number | undefined => {
  const instance = flatRate(ec2Key(type, market.purchase), catalogue);
  if (instance === undefined || market.service === "ec2") return instance && toNano(instance);
  const fee = flatRate(managedInstancesFeeKey(type), catalogue);
  return fee && toNano(instance.plus(fee));
};

/** The rate of a flat price, USD per unit; undefined where there is no such price. */
export const flatRate = (key: PriceKey, catalogue: PriceCatalogue): Decimal | undefined => {
  const lookup = catalogue.find(key);
  const tier = lookup.found ? lookup.price.tiers[0] : undefined;
  return tier === undefined ? undefined : new Decimal(tier.rate);
};

/** Whole nano-dollars. */
export const toNano = (dollars: Decimal): number => dollars.times(1e9).round().toNumber();
