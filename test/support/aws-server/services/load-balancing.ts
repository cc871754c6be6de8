import { pageOf } from "../paging.ts";
import { type Form, formList, type Tree } from "../query-format.ts";
import { type CallContext, regionOf } from "../request.ts";
import type { QueryHandlers } from "./ec2.ts";

const balancers = (context: CallContext) =>
  regionOf(context).clusters.map(({ name }) => ({
    LoadBalancerArn: `arn:aws:elasticloadbalancing:${context.region}:123456789012:loadbalancer/app/${name}-public/50dc6c495c0c9188`,
    LoadBalancerName: `${name}-public`,
    Scheme: "internet-facing",
    Type: "application",
    VpcId: "vpc-01",
    State: { Code: "active" },
    AvailabilityZones: [{ ZoneName: `${context.region}a` }, { ZoneName: `${context.region}b` }],
  }));

const targetGroups = (context: CallContext): readonly Tree[] =>
  regionOf(context).clusters.flatMap((cluster, at) =>
    cluster.services.flatMap((service) =>
      service.targetGroupArn === undefined
        ? []
        : [
            {
              TargetGroupArn: service.targetGroupArn,
              TargetGroupName: `${cluster.name}-${service.name}`,
              TargetType: "ip",
              LoadBalancerArns: [balancers(context)[at]?.LoadBalancerArn ?? ""],
            },
          ],
    ),
  );

const paged = <T>(form: Form, all: readonly T[]) =>
  pageOf(all, Number(form.get("PageSize") ?? 400), form.get("Marker"));

/** Operations of Elastic Load Balancing v2 that describe. */
export const loadBalancingHandlers: QueryHandlers = {
  DescribeLoadBalancers: (form, context) => {
    const arns = formList(form, "LoadBalancerArns");
    const all = balancers(context).filter((each) => arns.length === 0 || arns.includes(each.LoadBalancerArn));
    const { items, next } = paged(form, all);
    return { LoadBalancers: items, NextMarker: next };
  },
  DescribeTargetGroups: (form, context) => {
    const { items, next } = paged(form, targetGroups(context));
    return { TargetGroups: items, NextMarker: next };
  },
};
