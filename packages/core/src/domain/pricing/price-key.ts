import type { Architecture, OperatingSystem } from "../workload/task.ts";
import type { PriceKey } from "./price.ts";
import type { Purchase } from "./purchase.ts";

export type FargateMeter = "vcpu-hour" | "gb-hour" | "os-vcpu-hour";

/** `fargate/linux/arm64/vcpu-hour`, `fargate-spot/...`, `fargate-compute-sp-1y-no-upfront/...`. */
export const fargateKey = (
  os: OperatingSystem,
  architecture: Architecture,
  purchase: Purchase,
  meter: FargateMeter,
): PriceKey => {
  const product = purchase === "on-demand" ? "fargate" : `fargate-${purchase}`;
  return `${product}/${os}/${architecture}/${meter}`;
};

/** GB-hours of ephemeral storage above the 20 GB that Fargate includes. */
export const FARGATE_EPHEMERAL_KEY: PriceKey = "fargate/ephemeral-gb-hour";

/** `ec2/m7g.large/on-demand/hour`; the rate of a commitment is its effective hourly rate. */
export const ec2Key = (instanceType: string, purchase: Purchase): PriceKey => `ec2/${instanceType}/${purchase}/hour`;

/** The fee of ECS Managed Instances for one instance-hour. */
export const managedInstancesFeeKey = (instanceType: string): PriceKey =>
  `managed-instances/${instanceType}/management-hour`;
