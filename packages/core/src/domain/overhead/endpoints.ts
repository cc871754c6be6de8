import type { Issue } from "../issues/issue.ts";
import type { Decimal } from "../units/decimal.ts";
import type { SharedInfrastructure } from "../workload/shared.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/** `com.amazonaws.eu-west-1.ecr.dkr` and `ecr.dkr` name the same service. */
const endpointService = (service: string): string => service.replace(/^com\.amazonaws\.[a-z0-9-]+\./, "");

/** Whether the VPC has an endpoint of either type for this service, for example `s3`. */
export const hasEndpoint = (shared: SharedInfrastructure, service: string): boolean =>
  shared.vpcEndpoints.some((endpoint) => endpointService(endpoint.service) === service);

/**
 * Hours of an interface endpoint in each Availability Zone and GB through it; gateway endpoints are free.
 * @see https://aws.amazon.com/privatelink/pricing/ checked 2026-11-20
 */
export const endpointUsage = (shared: SharedInfrastructure, hours: Decimal): Overhead => {
  const usages = shared.vpcEndpoints
    .filter((endpoint) => endpoint.type === "interface")
    .flatMap(({ service, azs, gb }) => [
      ...usageOf("vpce.interface_hour", hours.times(azs), service),
      ...usageOf("vpce.interface_gb", gb, service),
    ]);
  return overheadOf(usages, [], imageLayerIssues(shared));
};

const imageLayerIssues = (shared: SharedInfrastructure): Issue[] => {
  if (!hasEndpoint(shared, "ecr.dkr") || hasEndpoint(shared, "s3")) return [];
  return [
    {
      code: "ignored-input",
      severity: "info",
      subject: "vpcEndpoints",
      detail:
        "There is an ecr.dkr endpoint but none for s3: image layers come from S3, so image pulls still go through NAT. " +
        "A gateway endpoint for s3 is free.",
    },
  ];
};
