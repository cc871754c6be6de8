import { keyOf, type PlanContext } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const BALANCERS = ["aws_lb", "aws_alb"];
const LISTENERS = ["aws_lb_listener", "aws_alb_listener"];
const RULES = ["aws_lb_listener_rule", "aws_alb_listener_rule"];
const TARGETS = ["aws_lb_target_group", "aws_alb_target_group"];

const referred = (context: PlanContext, from: PlanResource, setting: string, types: readonly string[]) =>
  types.flatMap((type) => context.references.from(from, [setting], type));

/** Load balancers of each target group, by the listeners and rules that send requests to it. */
const balancersByTarget = (context: PlanContext): ReadonlyMap<PlanResource, ReadonlySet<PlanResource>> => {
  const found = new Map<PlanResource, Set<PlanResource>>();
  const send = (balancers: readonly PlanResource[], targets: readonly PlanResource[]) => {
    for (const target of targets) found.set(target, new Set([...(found.get(target) ?? []), ...balancers]));
  };
  for (const listener of context.ofType(...LISTENERS)) {
    send(
      referred(context, listener, "load_balancer_arn", BALANCERS),
      referred(context, listener, "default_action", TARGETS),
    );
  }
  for (const rule of context.ofType(...RULES)) {
    const listeners = referred(context, rule, "listener_arn", LISTENERS);
    const balancers = listeners.flatMap((listener) => referred(context, listener, "load_balancer_arn", BALANCERS));
    send(balancers, referred(context, rule, "action", TARGETS));
  }
  return found;
};

/** Keys of the services behind each load balancer, as far as expressions tell. */
export const planBackends = (context: PlanContext): ReadonlyMap<PlanResource, readonly string[]> => {
  const balancers = balancersByTarget(context);
  const pairs = context.ofType("aws_ecs_service").flatMap((service) => {
    const behind = referred(context, service, "load_balancer", TARGETS).flatMap((target) => [
      ...(balancers.get(target) ?? []),
    ]);
    return [...new Set(behind)].map((balancer) => ({ balancer, service: keyOf(context, service) }));
  });
  return new Map(
    [...Map.groupBy(pairs, ({ balancer }) => balancer)].map(([balancer, all]) => [
      balancer,
      all.map(({ service }) => service),
    ]),
  );
};
