import { unitsName } from "../billing/accelerators.ts";
import { ROOT_VOLUME_KEY } from "../billing/instance-usage.ts";
import type { FleetPlan, FleetResult, InstanceCapacity, Market, PackEffort } from "../packing/model/request.ts";
import { packFleets } from "../packing/pack.ts";
import type { InstanceType, PriceCatalogue } from "../pricing/price.ts";
import type { Decimal } from "../units/decimal.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import type { FleetDemand } from "./fleet-demand.ts";
import { capacitiesOf, type FleetMarket, flatRate, pricesOf, toNano } from "./type-prices.ts";

export type FleetOutcome =
  | {
      readonly kind: "planned";
      readonly market: FleetMarket;
      readonly plan: FleetPlan;
      readonly unplaceable: UnplaceableTasks;
    }
  /** No type at all has a price on this market. */
  | { readonly kind: "unpriced"; readonly market: FleetMarket }
  /** There are prices, but not one of the services fits. */
  | { readonly kind: "nothing-fits"; readonly market: FleetMarket; readonly unplaceable: UnplaceableTasks };

/** Services that fit on no instance type, with every resource that rules them out. */
export type UnplaceableTasks = ReadonlyMap<string, readonly string[]>;

/**
 * Ports that a container instance keeps for SSH, Docker and the ECS agent.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html (checked 2026-11-20)
 */
const RESERVED_PORTS: readonly string[] = ["tcp/22", "tcp/2375", "tcp/2376", "tcp/51678", "tcp/51679", "tcp/51680"];

const NONE_UNPLACEABLE: UnplaceableTasks = new Map();

export interface FleetPlanning {
  readonly demand: FleetDemand;
  readonly types: readonly InstanceType[];
  readonly markets: readonly FleetMarket[];
  readonly settings: Ec2Settings;
  readonly catalogue: PriceCatalogue;
  readonly hoursPerMonth: Decimal;
  /** See `PackRequest`. */
  readonly effort?: PackEffort;
}

/** Plans that were made, to be taken again where the same fleet is asked for once more. */
export type KnownPlans = Map<PriceCatalogue, Map<string, readonly FleetOutcome[]>>;

/** Everything that a plan depends on but the prices. */
const planKey = ({ demand, types, markets, settings, hoursPerMonth, effort }: FleetPlanning): string => {
  const items = [...demand.items].sort((a, b) => (a.id < b.id ? -1 : 1));
  const names = types.map(({ name }) => name);
  return JSON.stringify([
    demand.architecture,
    items,
    demand.accelerator,
    demand.host,
    names,
    markets,
    settings,
    hoursPerMonth,
    effort,
  ]);
};

/** The same as `planFleets`, each fleet once; what was planned with full effort stands above a quick plan. */
export const planOnce = (planning: FleetPlanning, known: KnownPlans): readonly FleetOutcome[] => {
  const plans = known.get(planning.catalogue) ?? new Map<string, readonly FleetOutcome[]>();
  known.set(planning.catalogue, plans);
  const { effort: _, ...full } = planning;
  const key = planKey(planning);
  const found = plans.get(planKey(full)) ?? plans.get(key) ?? planFleets(planning);
  plans.set(key, found);
  return found;
};

/** The cheapest fleet on each market; a service that fits nowhere is left out of its fleet and named. */
export const planFleets = (planning: FleetPlanning): readonly FleetOutcome[] => {
  const capacities = capacitiesOf(
    planning.catalogue,
    planning.types,
    planning.settings,
    planning.demand.host,
    planning.demand.accelerator,
  );
  const volume = rootVolumeNanoDollars(planning.settings, planning.catalogue, planning.hoursPerMonth);
  const markets = planning.markets.map((market) => ({
    id: `${market.service}/${market.purchase}`,
    nanoDollars: pricesOf(planning.catalogue, planning.types, market, volume),
  }));
  const priced = markets.filter(({ nanoDollars }) => nanoDollars.some((price) => price !== undefined));
  const results = new Map(packAll(planning, capacities, priced, new Set()).map((result) => [result.market, result]));
  return planning.markets.map((market, index) => {
    const prices = markets[index];
    const result = prices === undefined ? undefined : results.get(prices.id);
    if (prices === undefined || result === undefined) return { kind: "unpriced", market };
    return result.feasible
      ? { kind: "planned", market, plan: result, unplaceable: NONE_UNPLACEABLE }
      : withoutUnplaceable(planning, capacities, market, prices, result);
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
    acceleratorName: unitsName(demand.accelerator),
    ...(effort === undefined ? {} : { effort }),
  });

const withoutUnplaceable = (
  planning: FleetPlanning,
  types: readonly InstanceCapacity[],
  market: FleetMarket,
  prices: Market,
  result: Extract<FleetResult, { feasible: false }>,
): FleetOutcome => {
  const unplaceable = new Map(result.unplaceable.map(({ id, reasons }) => [id, reasons]));
  const retry = unplaceable.size < planning.demand.items.length;
  const plan = retry ? packAll(planning, types, [prices], new Set(unplaceable.keys()))[0] : undefined;
  return plan?.feasible === true
    ? { kind: "planned", market, plan, unplaceable }
    : { kind: "nothing-fits", market, unplaceable };
};

/** The root volume of one instance per hour; 0 without a price, which then shows as unpriced on the bill. */
export const rootVolumeNanoDollars = (
  { rootVolumeGiB }: Pick<Ec2Settings, "rootVolumeGiB">,
  catalogue: PriceCatalogue,
  hoursPerMonth: Decimal,
): number => {
  const rate = flatRate(ROOT_VOLUME_KEY, catalogue);
  return rate === undefined ? 0 : toNano(rate.times(rootVolumeGiB).div(hoursPerMonth));
};
