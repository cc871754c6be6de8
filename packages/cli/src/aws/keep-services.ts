import type { DiscoveredRegion } from "@ecs-cost/core/aws";

type DiscoveredService = DiscoveredRegion["inventory"]["services"][number];

/** A region with those services alone that pass; what the VPCs share stays, but for load balancers of others. */
export const keepServices = (
  found: DiscoveredRegion,
  passes: (service: DiscoveredService) => boolean,
): DiscoveredRegion => {
  const { inventory } = found;
  const services = inventory.services.filter(passes);
  const dropped = new Set(inventory.services.filter((service) => !passes(service)).map(({ id }) => id));
  const names = new Set(services.flatMap(({ id, name }) => [id, name]));
  const loadBalancers = inventory.shared.loadBalancers.flatMap((balancer) => {
    const own = balancer.services.filter((name) => names.has(name));
    return own.length > 0 ? [{ ...balancer, services: own }] : [];
  });
  return {
    ...found,
    inventory: {
      ...inventory,
      services,
      shared: { ...inventory.shared, loadBalancers },
      issues: inventory.issues.filter(({ subject }) => !dropped.has(subject)),
    },
  };
};
