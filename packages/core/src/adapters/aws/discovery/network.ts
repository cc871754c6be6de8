import type { VpcEndpoint as ApiEndpoint, NatGateway as ApiNatGateway } from "@aws-sdk/client-ec2";
import { allPages, inChunks } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy } from "./region-run.ts";

/** A NAT gateway of a VPC in which tasks run. */
export interface FoundNatGateway {
  readonly id: string;
  readonly vpc: string;
  readonly regional: boolean;
  /** Public IPv4 addresses that it holds. */
  readonly addresses: number;
}

/** A VPC endpoint of a VPC in which tasks run. */
export interface FoundEndpoint {
  readonly id: string;
  readonly vpc: string;
  /** Without the region, for example `ecr.dkr`. */
  readonly service: string;
  readonly type: "interface" | "gateway";
  readonly zones: number;
}

export interface FoundNetwork {
  readonly natGateways: readonly FoundNatGateway[];
  readonly endpoints: readonly FoundEndpoint[];
  /** VPCs in which tasks run; undefined where that could not be found out: then gateways of every VPC are listed. */
  readonly vpcs: readonly string[] | undefined;
}

const MOST_FILTER_VALUES = 200;

/** By filter: a subnet that is gone is left out, where naming it would be an error. */
const readVpcs = async (run: RegionRun, subnets: readonly string[]): Promise<readonly string[]> => {
  const { aws, region } = run;
  const call = callOf(run, "ec2:DescribeSubnets");
  const client = await aws.clients.ec2(region);
  const { DescribeSubnetsCommand } = await import("@aws-sdk/client-ec2");
  const found = await inChunks(subnets, MOST_FILTER_VALUES, (chunk) =>
    allPages(aws, call, (NextToken) => async (abortSignal) => {
      const command = new DescribeSubnetsCommand({ Filters: [{ Name: "subnet-id", Values: [...chunk] }], NextToken });
      const page = await client.send(command, { abortSignal });
      return { items: recordsOf(call, page.Subnets, ["VpcId"]), next: page.NextToken };
    }),
  );
  return [...new Set(found.map(({ VpcId = "" }) => VpcId))].sort();
};

const readGateways = async (run: RegionRun): Promise<readonly ApiNatGateway[]> => {
  const { aws, region } = run;
  const call = callOf(run, "ec2:DescribeNatGateways");
  const client = await aws.clients.ec2(region);
  const { DescribeNatGatewaysCommand } = await import("@aws-sdk/client-ec2");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const command = new DescribeNatGatewaysCommand({ Filter: [{ Name: "state", Values: ["available"] }], NextToken });
    const page = await client.send(command, { abortSignal });
    return { items: recordsOf(call, page.NatGateways, ["NatGatewayId"]), next: page.NextToken };
  });
};

const readEndpoints = async (run: RegionRun): Promise<readonly ApiEndpoint[]> => {
  const { aws, region } = run;
  const call = callOf(run, "ec2:DescribeVpcEndpoints");
  const client = await aws.clients.ec2(region);
  const { DescribeVpcEndpointsCommand } = await import("@aws-sdk/client-ec2");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const page = await client.send(new DescribeVpcEndpointsCommand({ NextToken }), { abortSignal });
    return { items: recordsOf(call, page.VpcEndpoints, ["VpcEndpointId"]), next: page.NextToken };
  });
};

const gatewayOf = (gateway: ApiNatGateway): FoundNatGateway => ({
  id: gateway.NatGatewayId ?? "",
  vpc: gateway.VpcId ?? "",
  regional: gateway.AvailabilityMode === "regional",
  addresses: (gateway.NatGatewayAddresses ?? []).filter(({ PublicIp }) => PublicIp !== undefined).length,
});

const LIVE = ["available", "pending", "partial"];

const endpointOf = (endpoint: ApiEndpoint): readonly FoundEndpoint[] => {
  const {
    VpcEndpointId = "",
    VpcId = "",
    ServiceName = "",
    VpcEndpointType = "",
    State = "",
    SubnetIds = [],
  } = endpoint;
  const type = VpcEndpointType.toLowerCase();
  if ((type !== "interface" && type !== "gateway") || !LIVE.includes(State.toLowerCase())) return [];
  const service = ServiceName.replace(/^(?:com\.amazonaws(?:\.cn)?|aws\.sagemaker)\.[a-z]{2,4}(?:-[a-z]+)+-\d+\./, "");
  return [{ id: VpcEndpointId, vpc: VpcId, service, type, zones: SubnetIds.length }];
};

/**
 * NAT gateways and endpoints of the VPCs in which tasks run. Actions: DescribeSubnets, DescribeNatGateways,
 * DescribeVpcEndpoints.
 */
export const readNetwork = async (run: RegionRun, subnets: readonly string[]): Promise<FoundNetwork> => {
  const { region } = run;
  const [vpcs, gateways, endpoints] = await Promise.all([
    subnets.length === 0
      ? undefined
      : attempt(run, region, "gateways of every VPC are counted", () => readVpcs(run, subnets)),
    attempt(run, region, "NAT gateways are missing", () => readGateways(run)),
    attempt(run, region, "VPC endpoints are missing", () => readEndpoints(run)),
  ]);
  const isHere = ({ vpc }: { readonly vpc: string }): boolean => vpcs === undefined || vpcs.includes(vpc);
  return {
    natGateways: sortedBy((gateways ?? []).map(gatewayOf).filter(isHere), ({ id }) => id),
    endpoints: sortedBy((endpoints ?? []).flatMap(endpointOf).filter(isHere), ({ service, id }) => `${service} ${id}`),
    vpcs,
  };
};
