import type { BillableUsage } from "../pricing/billable-usage.ts";
import { Decimal, sum } from "../units/decimal.ts";
import type { Inventory } from "../workload/inventory.ts";
import type { Service } from "../workload/service.ts";
import type { VpcEndpoint } from "../workload/shared.ts";
import { IPV4_HOUR_KEY } from "./addresses.ts";
import { imagePullGb, natAddresses, natKeys } from "./nat.ts";
import { usageOf } from "./overhead.ts";

/** Interface endpoints that tasks need to start without a way to the internet; image layers come over a free s3 one. */
const STARTUP_ENDPOINTS: readonly string[] = ["ecr.api", "ecr.dkr", "logs"];

/** What tasks without a public address send and fetch in a month, in GB. */
export interface PrivateTraffic {
  /** Through NAT gateways and interface endpoints as given, images not counted. */
  readonly gb: Decimal;
  /** Through gateway endpoints, to S3 or DynamoDB. */
  readonly gatewayGb: Decimal;
  readonly imageGb: Decimal;
  /** The part of it that goes to the internet and that no endpoint can carry. */
  readonly internetGb: Decimal;
}

/** The traffic that has to leave the subnets of tasks without a public address. */
export const privateTraffic = (inventory: Inventory): PrivateTraffic => {
  const { natGateways, vpcEndpoints } = inventory.shared;
  const services = inventory.services.filter((service) => !service.network.publicIp);
  const gbOf = (type: VpcEndpoint["type"]): Decimal[] =>
    vpcEndpoints.filter((endpoint) => endpoint.type === type).map((endpoint) => new Decimal(endpoint.gb));
  return {
    gb: sum([new Decimal(natGateways?.gb ?? 0), ...gbOf("interface")]),
    gatewayGb: sum(gbOf("gateway")),
    imageGb: sum(services.map(imagePullGb)),
    internetGb: sum(services.map((service) => new Decimal(service.network.internetEgressGb))),
  };
};

/** All private traffic through NAT gateways: those given, or one for each Availability Zone. */
export const byNat = (inventory: Inventory, hours: Decimal): BillableUsage[] => {
  const { natGateways, ec2 } = inventory.shared;
  const traffic = privateTraffic(inventory);
  const keys = natKeys(natGateways?.type ?? "zonal");
  const count = natGateways?.count || ec2.azs;
  const addresses = natGateways === undefined || natGateways.count === 0 ? count : natAddresses(natGateways);
  return [
    ...usageOf(keys.hour, hours.times(count)),
    ...usageOf(IPV4_HOUR_KEY, hours.times(addresses)),
    ...usageOf(keys.gb, traffic.gb.plus(traffic.gatewayGb).plus(traffic.imageGb)),
  ];
};

/** The same traffic through interface endpoints in each zone, with images over a gateway endpoint for s3. */
export const byEndpoints = (inventory: Inventory, hours: Decimal): BillableUsage[] => {
  const { azs } = inventory.shared.ec2;
  return [
    ...STARTUP_ENDPOINTS.flatMap((service) => usageOf("vpce.interface_hour", hours.times(azs), service)),
    ...usageOf("vpce.interface_gb", privateTraffic(inventory).gb),
  ];
};

/** A public IPv4 address for each running task, without NAT or endpoints. */
export const byPublicAddresses = (
  services: readonly Service[],
  averageTasks: (service: Service) => Decimal | undefined,
  hours: Decimal,
): BillableUsage[] =>
  usageOf(IPV4_HOUR_KEY, sum(services.map((service) => averageTasks(service) ?? new Decimal(0))).times(hours));
