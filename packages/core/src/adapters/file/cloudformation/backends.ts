import { type Block, blockIn, blocksIn } from "../planned/block.ts";
import { isKnown, isLink } from "../planned/planned.ts";
import { type OfType, referenceIn } from "./stack-context.ts";

const linkIn = (block: Block, setting: string): string | undefined => {
  const reference = referenceIn(block, setting);
  return isLink(reference) ? reference.to : undefined;
};

/** Target groups of actions, given alone or as a weighted list. */
const targetsIn = (block: Block, setting: string): readonly string[] => {
  const actions = blocksIn(block, setting);
  return (isKnown(actions) ? actions : []).flatMap((action) => {
    const forward = blockIn(action, "ForwardConfig");
    const weighted = isKnown(forward) ? blocksIn(forward, "TargetGroups") : undefined;
    return [action, ...(isKnown(weighted) ? weighted : [])].flatMap((item) => linkIn(item, "TargetGroupArn") ?? []);
  });
};

/** Keys of the services behind each load balancer, by its key. */
export const stackBackends = (ofType: OfType): ReadonlyMap<string, readonly string[]> => {
  const listeners = ofType("AWS::ElasticLoadBalancingV2::Listener");
  const rules = ofType("AWS::ElasticLoadBalancingV2::ListenerRule");
  const balancerOf = new Map(listeners.map((listener) => [listener.key, linkIn(listener, "LoadBalancerArn")]));
  const routes = [
    ...listeners.map((listener) => ({ listener: listener.key, targets: targetsIn(listener, "DefaultActions") })),
    ...rules.map((rule) => ({ listener: linkIn(rule, "ListenerArn") ?? "", targets: targetsIn(rule, "Actions") })),
  ];
  const services = ofType("AWS::ECS::Service").flatMap((service) => {
    const entries = blocksIn(service, "LoadBalancers");
    const targets = new Set(
      (isKnown(entries) ? entries : []).flatMap((entry) => linkIn(entry, "TargetGroupArn") ?? []),
    );
    const behind = routes.filter((route) => route.targets.some((target) => targets.has(target)));
    const balancers = new Set(behind.flatMap(({ listener }) => balancerOf.get(listener) ?? []));
    return [...balancers].map((balancer) => ({ balancer, service: service.key }));
  });
  return new Map(
    [...Map.groupBy(services, ({ balancer }) => balancer)].map(([balancer, all]) => [
      balancer,
      all.map(({ service }) => service),
    ]),
  );
};
