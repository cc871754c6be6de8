import { hashText } from "../noise.ts";
import { pageOf } from "../paging.ts";
import { type Form, formFilters, formList, type Tree } from "../query-format.ts";
import type { CallContext } from "../request.ts";
import { regionOf } from "../request.ts";

export type QueryHandlers = Readonly<Record<string, (form: Form, context: CallContext) => Tree>>;

const paged = <T>(form: Form, all: readonly T[], size: number) =>
  pageOf(all, Number(form.get("MaxResults") ?? size), form.get("NextToken"));

const hasNetwork = (context: CallContext): boolean => regionOf(context).clusters.length > 0;

const natGateways = (context: CallContext): readonly Tree[] =>
  hasNetwork(context)
    ? ["a", "b"].map((zone) => ({
        natGatewayId: `nat-0${zone}`,
        state: "available",
        vpcId: "vpc-01",
        subnetId: `subnet-0${zone}`,
        connectivityType: "public",
        natGatewayAddressSet: [{ publicIp: "203.0.113.9" }],
      }))
    : [];

const endpoints = (context: CallContext): readonly Tree[] =>
  hasNetwork(context)
    ? (
        [
          ["ecr.dkr", "Interface", ["subnet-0a", "subnet-0b"]],
          ["logs", "Interface", ["subnet-0a", "subnet-0b"]],
          ["s3", "Gateway", []],
        ] as const
      ).map(([service, type, subnets], at) => ({
        vpcEndpointId: `vpce-0${at}`,
        vpcEndpointType: type,
        vpcId: "vpc-01",
        serviceName: `com.amazonaws.${context.region}.${service}`,
        state: "available",
        subnetIdSet: subnets,
      }))
    : [];

const spotHistory = (form: Form, { region, account }: CallContext): readonly Tree[] => {
  const types = formList(form, "InstanceType");
  const wanted = types.length > 0 ? types : ["m7g.large", "m7g.xlarge", "c7g.large"];
  return wanted.flatMap((type) =>
    ["a", "b"].flatMap((zone) =>
      [1, 0].map((age) => ({
        instanceType: type,
        productDescription: "Linux/UNIX",
        spotPrice: (0.02 + (hashText(`${type}${zone}${age}`) % 1000) / 100_000).toFixed(6),
        timestamp: new Date((account.now - age * 3600) * 1000),
        availabilityZone: `${region}${zone}`,
      })),
    ),
  );
};

/** Operations of Amazon EC2 that describe. */
export const ec2Handlers: QueryHandlers = {
  DescribeNatGateways: (form, context) => {
    const states = formFilters(form).get("state");
    const all = states === undefined || states.includes("available") ? natGateways(context) : [];
    const { items, next } = paged(form, all, 1000);
    return { natGatewaySet: items, nextToken: next };
  },
  DescribeSubnets: (form) => ({
    subnetSet: (formFilters(form).get("subnet-id") ?? []).map((subnetId) => ({ subnetId, vpcId: "vpc-01" })),
  }),
  DescribeVpcEndpoints: (form, context) => {
    const { items, next } = paged(form, endpoints(context), 1000);
    return { vpcEndpointSet: items, nextToken: next };
  },
  DescribeSpotPriceHistory: (form, context) => {
    const { items, next } = paged(form, spotHistory(form, context), 1000);
    return { spotPriceHistorySet: items, nextToken: next ?? "" };
  },
};
