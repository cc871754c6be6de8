import type { Reason } from "../issues/issue.ts";
import { byEndpoints, byNat, byPublicAddresses, privateTraffic } from "../overhead/connectivity.ts";
import type { BillableUsage } from "../pricing/billable-usage.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import { Decimal } from "../units/decimal.ts";
import type { Inventory } from "../workload/inventory.ts";
import type { Service } from "../workload/service.ts";
import { sumLines } from "./costed-lines.ts";
import type { LineItem } from "./line-item.ts";
import { priceUsage } from "./price-usage.ts";

/** One way to reach the internet and AWS services from the tasks, priced for the traffic given. */
export interface ConnectivityOption {
  readonly id: "nat" | "endpoints" | "public-ipv4";
  readonly feasible: boolean;
  /** USD; null where it is not feasible. */
  readonly monthlyCost: Decimal | null;
  readonly lineItems: readonly LineItem[];
  readonly reasons: readonly Reason[];
}

export interface Connectivity {
  readonly options: readonly ConnectivityOption[];
  readonly endpointBreakEvenGb: Decimal | null;
}

/** Tasks of a service on average over the month; undefined where it is not known. */
export type AverageTasks = (service: Service) => Decimal | undefined;

/**
 * The same traffic by NAT gateways, by endpoints and by public IPv4 addresses. Transfer out to the internet costs the
 * same each way and is in none of them. Null where nothing private is known to need a way out.
 */
export const connectivityOptions = (
  inventory: Inventory,
  averageTasks: AverageTasks,
  catalogue: PriceCatalogue,
  hoursPerMonth: Decimal,
): Connectivity | null => {
  const { natGateways, vpcEndpoints } = inventory.shared;
  const traffic = privateTraffic(inventory);
  if (natGateways === undefined && vpcEndpoints.length === 0 && traffic.imageGb.isZero()) return null;
  const addresses = byPublicAddresses(inventory.services, averageTasks, hoursPerMonth);
  return {
    options: [
      priceOption("nat", byNat(inventory, hoursPerMonth), natReasons(inventory), [], catalogue),
      priceOption(
        "endpoints",
        byEndpoints(inventory, hoursPerMonth),
        ENDPOINT_REASONS,
        endpointObstacles(traffic.internetGb),
        catalogue,
      ),
      priceOption("public-ipv4", addresses, ADDRESS_REASONS, addressObstacles(inventory, averageTasks), catalogue),
    ],
    endpointBreakEvenGb: endpointBreakEvenGb(catalogue, hoursPerMonth, natGateways?.type ?? "zonal"),
  };
};

/**
 * GB a month through one interface endpoint, for each Availability Zone that it is in, above which it costs less than
 * the same GB through NAT gateways that stay: hours x endpoint-hour / (NAT GB - endpoint GB). Null without a price or
 * where an endpoint's GB is not cheaper.
 *
 * @example 730 x 0.01 / (0.045 - 0.01) //=> 208.57 GB
 */
export const endpointBreakEvenGb = (
  catalogue: PriceCatalogue,
  hoursPerMonth: Decimal,
  natType: "zonal" | "regional",
): Decimal | null => {
  const [hour, endpointGb, natGb] = [
    "vpce.interface_hour",
    "vpce.interface_gb",
    natType === "regional" ? "nat.regional.gb" : "nat.gb",
  ].map((key) => firstRate(key, catalogue));
  if (hour === undefined || endpointGb === undefined || natGb === undefined) return null;
  const advantage = natGb.minus(endpointGb);
  return advantage.greaterThan(0) ? hoursPerMonth.times(hour).div(advantage) : null;
};

const firstRate = (key: string, catalogue: PriceCatalogue): Decimal | undefined => {
  const lookup = catalogue.find(key);
  const rate = lookup.found ? lookup.price.tiers[0]?.rate : undefined;
  return rate === undefined ? undefined : new Decimal(rate);
};

const priceOption = (
  id: ConnectivityOption["id"],
  usages: readonly BillableUsage[],
  reasons: readonly Reason[],
  obstacles: readonly Reason[],
  catalogue: PriceCatalogue,
): ConnectivityOption => {
  const { lineItems, unpriced } = priceUsage(usages, catalogue);
  const missing = unpriced.map(({ dimension }) => ({
    code: "missing-price",
    detail: `There is no price for ${dimension}.`,
  }));
  const feasible = obstacles.length === 0 && missing.length === 0;
  return {
    id,
    feasible,
    monthlyCost: feasible ? sumLines(lineItems) : null,
    lineItems,
    reasons: [...obstacles, ...missing, ...reasons],
  };
};

const natReasons = (inventory: Inventory): readonly Reason[] =>
  (inventory.shared.natGateways?.count ?? 0) > 0
    ? []
    : [{ code: "nat-per-az", detail: "No NAT gateways are given: one for each Availability Zone is priced." }];

const ENDPOINT_REASONS: readonly Reason[] = [
  {
    code: "endpoint-services",
    detail:
      "Interface endpoints for ecr.api, ecr.dkr and logs in each Availability Zone and a free gateway endpoint for s3, " +
      "which carries image layers. Other services of AWS that the tasks call need an endpoint each.",
  },
];

const ADDRESS_REASONS: readonly Reason[] = [
  {
    code: "public-address",
    detail: "Every task has an address that the internet can reach: its security group has to keep callers out.",
  },
];

const endpointObstacles = (internetGb: Decimal): readonly Reason[] =>
  internetGb.isZero()
    ? []
    : [
        {
          code: "internet-traffic",
          detail: `Endpoints cannot carry the ${internetGb.toFixed()} GB a month that go to the internet.`,
        },
      ];

const addressObstacles = (inventory: Inventory, averageTasks: AverageTasks): readonly Reason[] =>
  inventory.services.flatMap((service) => {
    if (!mayRunOnFargate(service)) {
      const detail = `${service.id}: only tasks on Fargate can have a public address of their own.`;
      return [{ code: "no-public-address", detail }];
    }
    if (averageTasks(service) !== undefined) return [];
    return [{ code: "unknown-demand", detail: `${service.id}: how many tasks run is not known.` }];
  });

const mayRunOnFargate = ({ placement }: Service): boolean => {
  switch (placement.kind) {
    case "launch-type":
      return placement.launchType === "FARGATE";
    case "strategy":
      return placement.items.every((item) => item.capacityProvider.startsWith("FARGATE"));
    case "unspecified":
      return true;
  }
};
