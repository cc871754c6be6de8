import { registeredCapacity } from "../billing/instance-capacity.ts";
import { type InstanceService, ROOT_VOLUME_KEY } from "../billing/instance-usage.ts";
import type { FleetPlan, FleetResult, InstanceCapacity, Market } from "../packing/fleet.ts";
import { packFleets } from "../packing/pack.ts";
import type { InstanceType, PriceCatalogue, PriceKey } from "../pricing/price.ts";
import { ec2Key, managedInstancesFeeKey } from "../pricing/price-key.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { Decimal } from "../units/decimal.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import type { FleetDemand } from "./fleet-demand.ts";

/** One market a fleet can be bought on. */
export interface FleetMarket {
  readonly service: InstanceService;
  readonly purchase: Purchase;
}

export type FleetOutcome =
  | { readonly kind: "planned"; readonly market: FleetMarket; readonly plan: FleetPlan; readonly misfits: Misfits }
  /** No type at all has a price on this market. */
  | { readonly kind: "unpriced"; readonly market: FleetMarket }
  /** There are prices, but not one of the services fits. */
  | { readonly kind: "nothing-fits"; readonly market: FleetMarket; readonly misfits: Misfits };

/** Services that fit on no instance type, with every resource that rules them out. */
export type Misfits = ReadonlyMap<string, readonly string[]>;

/**
 * Ports that a container instance keeps for SSH, Docker and the ECS agent.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html (checked 2026-11-20)
 */
const RESERVED_PORTS: readonly string[] = ["tcp/22", "tcp/2375", "tcp/2376", "tcp/51678", "tcp/51679", "tcp/51680"];

const NANO = 1e9;
const NO_MISFITS: Misfits = new Map();

export interface FleetPlanning {
  readonly demand: FleetDemand;
  readonly types: readonly InstanceType[];
  readonly markets: readonly FleetMarket[];
  readonly settings: Ec2Settings;
  readonly catalogue: PriceCatalogue;
  readonly hoursPerMonth: Decimal;
  /** See `PackRequest`. */
  readonly effort?: "quick";
}

/** The cheapest fleet on each market; a service that fits nowhere is left out of its fleet and named. */
export const planFleets = (planning: FleetPlanning): readonly FleetOutcome[] => {
  const capacities = planning.types.map((type) => registeredCapacity(type, planning.settings, planning.demand.host));
  const volume = volumeNanoDollars(planning);
  const markets = planning.markets.map((market) => ({
    id: `${market.service}/${market.purchase}`,
    nanoDollars: planning.types.map((type) => nanoDollars(type.name, market, planning.catalogue, volume)),
  }));
  const priced = markets.filter(({ nanoDollars }) => nanoDollars.some((price) => price !== undefined));
  const results = new Map(packAll(planning, capacities, priced, new Set()).map((result) => [result.market, result]));
  return planning.markets.map((market, index) => {
    const prices = markets[index];
    const result = prices === undefined ? undefined : results.get(prices.id);
    if (prices === undefined || result === undefined) return { kind: "unpriced", market };
    return result.feasible
      ? { kind: "planned", market, plan: result, misfits: NO_MISFITS }
      : withoutMisfits(planning, capacities, market, prices, result);
  });
};

const packAll = (
  { demand, settings, effort }: FleetPlanning,
  types: readonly InstanceCapacity[],
  markets: readonly Market[],
  leftOut: ReadonlySet<string>,
): readonly FleetResult[] =>
  packFleets({
    items: demand.items.filter(({ id }) => !leftOut.has(id)),
    types,
    markets,
    azs: settings.azs,
    minInstances: settings.minInstances,
    targetCapacity: settings.targetCapacity,
    reservedPorts: RESERVED_PORTS,
    ...(effort === undefined ? {} : { effort }),
  });

const withoutMisfits = (
  planning: FleetPlanning,
  types: readonly InstanceCapacity[],
  market: FleetMarket,
  prices: Market,
  result: Extract<FleetResult, { feasible: false }>,
): FleetOutcome => {
  const misfits = new Map(result.misfits.map(({ id, reasons }) => [id, reasons]));
  const retry = misfits.size < planning.demand.items.length;
  const plan = retry ? packAll(planning, types, [prices], new Set(misfits.keys()))[0] : undefined;
  return plan?.feasible === true
    ? { kind: "planned", market, plan, misfits }
    : { kind: "nothing-fits", market, misfits };
};

const nanoDollars = (
  type: string,
  market: FleetMarket,
  catalogue: PriceCatalogue,
  volume: number,
): number | undefined => {
  const instance = flatRate(ec2Key(type, market.purchase), catalogue);
  if (instance === undefined) return undefined;
  if (market.service === "ec2") return toNano(instance) + volume;
  const fee = flatRate(managedInstancesFeeKey(type), catalogue);
  return fee === undefined ? undefined : toNano(instance.plus(fee)) + volume;
};

const flatRate = (key: PriceKey, catalogue: PriceCatalogue): Decimal | undefined => {
  const lookup = catalogue.find(key);
  const tier = lookup.found ? lookup.price.tiers[0] : undefined;
  return tier === undefined ? undefined : new Decimal(tier.rate);
};

/** The root volume of one instance per hour; 0 without a price, which then shows as unpriced on the bill. */
const volumeNanoDollars = ({ settings, catalogue, hoursPerMonth }: FleetPlanning): number => {
  const rate = flatRate(ROOT_VOLUME_KEY, catalogue);
  return rate === undefined ? 0 : toNano(rate.times(settings.rootVolumeGiB).div(hoursPerMonth));
};

const toNano = (dollars: Decimal): number => dollars.times(NANO).round().toNumber();
