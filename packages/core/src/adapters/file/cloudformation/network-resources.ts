import { countIn, listIn, textIn } from "../planned/block.ts";
import {
  type Planned,
  type PlannedEndpoint,
  type PlannedLoadBalancer,
  type PlannedLogGroup,
  type PlannedNatGateway,
  UNKNOWN,
} from "../planned/planned.ts";
import { stackBackends } from "./backends.ts";
import type { StackResource } from "./stack.ts";
import { type OfType, plannedResource } from "./stack-context.ts";
import { partsOf } from "./template-value.ts";

const lengthOf = (resource: StackResource, setting: string): Planned<number> => {
  const list = listIn(resource, setting);
  return list === UNKNOWN || list === undefined ? list : list.length;
};

/** One address of its own, and the secondary ones. */
const secondary = (resource: StackResource): Planned<number> => {
  const more = listIn(resource, "SecondaryAllocationIds");
  return more === UNKNOWN ? UNKNOWN : 1 + (more?.length ?? 0);
};

/** NAT gateways of a stack. */
export const stackNatGateways = (ofType: OfType): readonly PlannedNatGateway[] =>
  ofType("AWS::EC2::NatGateway").map((resource) => ({
    ...plannedResource(resource),
    type: textIn(resource, "AvailabilityMode") === "regional" ? "regional" : "zonal",
    addresses: textIn(resource, "ConnectivityType") === "private" ? 0 : secondary(resource),
  }));

/** Of `com.amazonaws.${AWS::Region}.ecr.dkr` the end is known, whatever the region is. */
const endpointService = (resource: StackResource): Planned<string> => {
  const last = partsOf(resource.data["ServiceName"])?.at(-1);
  return typeof last === "string" ? last.replace(/^\./, "") : textIn(resource, "ServiceName");
};

/** VPC endpoints of a stack. */
export const stackEndpoints = (ofType: OfType): readonly PlannedEndpoint[] =>
  ofType("AWS::EC2::VPCEndpoint").map((resource) => {
    const type = textIn(resource, "VpcEndpointType");
    const isGateway = type === undefined || type === "Gateway";
    return {
      ...plannedResource(resource),
      service: endpointService(resource),
      type: isGateway ? "gateway" : "interface",
      azs: isGateway ? 0 : lengthOf(resource, "SubnetIds"),
    };
  });

/** Load balancers of a stack. */
export const stackLoadBalancers = (ofType: OfType): readonly PlannedLoadBalancer[] => {
  const backends = stackBackends(ofType);
  return ofType("AWS::ElasticLoadBalancingV2::LoadBalancer").map((resource) => {
    const type = textIn(resource, "Type");
    const scheme = textIn(resource, "Scheme");
    return {
      ...plannedResource(resource),
      name: textIn(resource, "Name"),
      type: type === UNKNOWN ? "unknown" : (type ?? "application"),
      internetFacing: scheme === UNKNOWN ? UNKNOWN : scheme !== "internal",
      azs: lengthOf(resource, "Subnets") ?? lengthOf(resource, "SubnetMappings"),
      services: backends.get(resource.key) ?? [],
    };
  });
};

/** Log groups of a stack. */
export const stackLogGroups = (ofType: OfType): readonly PlannedLogGroup[] =>
  ofType("AWS::Logs::LogGroup").map((resource) => ({
    ...plannedResource(resource),
    name: textIn(resource, "LogGroupName"),
    class: textIn(resource, "LogGroupClass"),
    retentionDays: countIn(resource, "RetentionInDays"),
  }));
