import { blocksIn, countIn, flagIn, listIn, textIn } from "../planned/block.ts";
import {
  type Planned,
  type PlannedEndpoint,
  type PlannedLoadBalancer,
  type PlannedLogGroup,
  type PlannedNatGateway,
  UNKNOWN,
} from "../planned/planned.ts";
import { planBackends } from "./backends.ts";
import { type PlanContext, plannedResource, subnetsIn } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

/** One address of its own, and the secondary ones. */
const secondary = (resource: PlanResource): Planned<number> => {
  const more = listIn(resource, "secondary_allocation_ids");
  return 1 + (more === UNKNOWN ? 0 : (more?.length ?? 0));
};

/** NAT gateways of a plan. */
export const planNatGateways = (context: PlanContext): readonly PlannedNatGateway[] =>
  context.ofType("aws_nat_gateway").map((resource) => ({
    ...plannedResource(context, resource),
    type: textIn(resource, "availability_mode") === "regional" ? "regional" : "zonal",
    addresses: textIn(resource, "connectivity_type") === "private" ? 0 : secondary(resource),
  }));

const GATEWAY_TYPES: ReadonlySet<Planned<string>> = new Set([undefined, "Gateway"]);

/** VPC endpoints of a plan; the provider makes gateway endpoints where no type is given. */
export const planEndpoints = (context: PlanContext): readonly PlannedEndpoint[] =>
  context.ofType("aws_vpc_endpoint").map((resource) => {
    const isGateway = GATEWAY_TYPES.has(textIn(resource, "vpc_endpoint_type"));
    return {
      ...plannedResource(context, resource),
      service: textIn(resource, "service_name"),
      type: isGateway ? "gateway" : "interface",
      azs: isGateway ? 0 : subnetsIn(context, resource, "subnet_ids"),
    };
  });

const zonesOf = (context: PlanContext, resource: PlanResource): Planned<number> => {
  const mapped = blocksIn(resource, "subnet_mapping");
  if (mapped !== undefined && mapped !== UNKNOWN && mapped.length > 0) return mapped.length;
  return subnetsIn(context, resource, "subnets") ?? (mapped === UNKNOWN ? UNKNOWN : undefined);
};

/** Load balancers of a plan. */
export const planLoadBalancers = (context: PlanContext): readonly PlannedLoadBalancer[] => {
  const backends = planBackends(context);
  return context.ofType("aws_lb", "aws_alb").map((resource) => {
    const type = textIn(resource, "load_balancer_type");
    const internal = flagIn(resource, "internal");
    return {
      ...plannedResource(context, resource),
      name: textIn(resource, "name"),
      type: type === UNKNOWN ? "unknown" : (type ?? "application"),
      internetFacing: internal === UNKNOWN ? UNKNOWN : internal !== true,
      azs: zonesOf(context, resource),
      services: backends.get(resource) ?? [],
    };
  });
};

/** Log groups of a plan; a retention of 0 days keeps logs for ever. */
export const planLogGroups = (context: PlanContext): readonly PlannedLogGroup[] =>
  context.ofType("aws_cloudwatch_log_group").map((resource) => {
    const days = countIn(resource, "retention_in_days");
    return {
      ...plannedResource(context, resource),
      name: textIn(resource, "name"),
      class: textIn(resource, "log_group_class"),
      retentionDays: days === 0 ? undefined : days,
    };
  });
