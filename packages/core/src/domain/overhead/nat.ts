import type { Assumption } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import type { NatGateways, SharedInfrastructure } from "../workload/shared.ts";
import { hasEndpoint } from "./endpoints.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

const IMAGE_PULLS: Assumption = {
  code: "nat-image-pulls",
  detail:
    "Every task start pulls its whole image through NAT (image GB x task starts), in addition to the GB given for the " +
    "NAT gateways. Tasks on instances that cache images pull less.",
};

/** Price keys of a zonal or a regional gateway. */
export const natKeys = (type: NatGateways["type"]): { hour: string; gb: string } =>
  type === "regional" ? { hour: "nat.regional.hour", gb: "nat.regional.gb" } : { hour: "nat.hour", gb: "nat.gb" };

/**
 * Gateway-hours (of a regional gateway: hours per active Availability Zone) and GB through them, both directions.
 * @see https://aws.amazon.com/vpc/pricing/ "NAT gateway", checked 2026-11-20
 */
export const natUsage = (nat: NatGateways | undefined, hours: Decimal): Overhead => {
  if (nat === undefined) return overheadOf([]);
  const keys = natKeys(nat.type);
  return overheadOf([...usageOf(keys.hour, hours.times(nat.count)), ...usageOf(keys.gb, nat.gb)]);
};

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
