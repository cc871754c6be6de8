import { monthlyCounts } from "./monthly-items.ts";
import type { ServiceExtras, ServiceNetwork } from "./service.ts";
import type { Ec2Settings, SharedInfrastructure } from "./shared.ts";

/** How an EC2 fleet is built where the user says nothing. */
export const DEFAULT_EC2: Ec2Settings = {
  instanceTypes: [],
  targetCapacity: 100,
  eniTrunking: false,
  azs: 1,
  minInstances: 0,
  memoryOverheadPercent: "5",
  rootVolumeGiB: 30,
  daemons: [],
  purchase: "on-demand",
  given: [],
};

/** A VPC that brings nothing along. */
export const NO_SHARED: SharedInfrastructure = {
  vpcEndpoints: [],
  loadBalancers: [],
  containerInsights: "off",
  ec2: DEFAULT_EC2,
};

/** A service with no traffic that is billed. */
export const NO_NETWORK: ServiceNetwork = {
  publicIp: false,
  internetEgressGb: "0",
  crossAzGb: "0",
  imageGb: "0",
  taskStartsPerMonth: "0",
  imagePullSeconds: 0,
};

/** A service that brings nothing along. */
export const NO_EXTRAS: ServiceExtras = {
  efsGb: "0",
  ebsGiBPerTask: "0",
  ecrGb: "0",
  secrets: "0",
  tracesPerMonth: "0",
  ...monthlyCounts(() => "0"),
};
