import type { Assumption } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import type { NatGateways, SharedInfrastructure } from "../workload/shared.ts";
import { IPV4_HOUR_KEY } from "./addresses.ts";
import { hasEndpoint } from "./endpoints.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

const IMAGE_PULLS: Assumption = {
  code: "nat-image-pulls",
  detail:
    "Every task start pulls its whole image through NAT (image GB x task starts), in addition to the GB given for the " +
    "NAT gateways. Tasks on instances that cache images pull less.",
};

const ADDRESS_EACH: Assumption = {
  code: "nat-addresses",
  detail:
    "Each NAT gateway is public and holds one public IPv4 address, a regional one in each of its Availability Zones; set " +
    "natGateways.publicIpv4Addresses, 0 for private ones.",
};

/** Price keys of a zonal or a regional gateway. */
export const natKeys = (type: NatGateways["type"]): { hour: string; gb: string } =>
  type === "regional" ? { hour: "nat.regional.hour", gb: "nat.regional.gb" } : { hour: "nat.hour", gb: "nat.gb" };

/**
 * Gateway-hours (of a regional gateway: hours per active Availability Zone), GB through them, both directions, and hours of
 * their public addresses.
 * @see https://aws.amazon.com/vpc/pricing/ "NAT gateway", checked 2026-11-20
 */
export const natUsage = (nat: NatGateways | undefined, hours: Decimal): Overhead => {
  if (nat === undefined) return overheadOf([]);
  const keys = natKeys(nat.type);
  const usages = [
    ...usageOf(keys.hour, hours.times(nat.count)),
    ...usageOf(keys.gb, nat.gb),
    ...usageOf(IPV4_HOUR_KEY, hours.times(natAddresses(nat)), "NAT gateways"),
  ];
  return overheadOf(usages, nat.publicIpv4Addresses === undefined && nat.count > 0 ? [ADDRESS_EACH] : []);
};

/** Public IPv4 addresses of NAT gateways: one for each, or for each zone of a regional one, where nothing else is given. */
export const natAddresses = ({ count, publicIpv4Addresses = count }: NatGateways): number => publicIpv4Addresses;

/** GB of images that a service pulls in a month: image size x task starts. */
export const imagePullGb = (service: Service): Decimal =>
  new Decimal(service.network.imageGb).times(service.network.taskStartsPerMonth);

/**
 * GB of image layers that reach a service through NAT: none with a public address, without NAT gateways, or where an S3
 * endpoint carries them (ECR stores layers in S3).
 */
export const imagePullUsage = (service: Service, shared: SharedInfrastructure): Overhead => {
  const nat = shared.natGateways;
  if (nat === undefined || nat.count === 0 || service.network.publicIp || hasEndpoint(shared, "s3")) {
    return overheadOf([]);
  }
  const usages = usageOf(natKeys(nat.type).gb, imagePullGb(service), "image pulls");
  return overheadOf(usages, usages.length > 0 ? [IMAGE_PULLS] : []);
};
