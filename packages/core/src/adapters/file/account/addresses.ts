import type { Joined } from "../planned/joined.ts";
import { type HeldResource, known, type PlannedResources } from "../planned/planned.ts";
import { rowOf } from "./resource-table.ts";

const isAddress = ({ type }: HeldResource): boolean => rowOf(type)?.[0] === "AWS::EC2::EIP";

const HOLDERS: ReadonlySet<string | undefined> = new Set([
  "AWS::EC2::NatGateway",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
]);

/** `module.vpc.` of `module.vpc.aws_eip.nat[0]`: the folder of an address. */
const folderOf = (address: string): string => address.replace(/[^./]+[./][^./]+$|[^./]+$/, "");

/** Where nothing tells which addresses gateways hold, they hold those beside them. */
const besideGateways = (input: PlannedResources, left: readonly HeldResource[], open: number): readonly string[] => {
  const folders = new Set(input.natGateways.map(({ address }) => folderOf(address)));
  const near = left.filter(({ address }) => folders.has(folderOf(address)));
  const ordered = [...near, ...left.filter((item) => !near.includes(item))];
  return ordered.slice(0, Math.max(0, open)).map(({ key }) => key);
};

const claimedIn = (input: PlannedResources): readonly string[] => {
  const addresses = input.held.filter(isAddress);
  if (addresses.length === 0) return [];
  const holders = input.held.filter(({ type }) => HOLDERS.has(rowOf(type)?.[0]));
  const keys = new Set(addresses.map(({ key }) => key));
  const linked = [...new Set(holders.flatMap((holder) => holder.names()))].filter((key) => keys.has(key));
  const wanted = input.natGateways.reduce((sum, gateway) => sum + (known(gateway.addresses) ?? 1), 0);
  const left = addresses.filter(({ key }) => !linked.includes(key));
  return [...linked, ...besideGateways(input, left, wanted - linked.length)];
};

/** Keys of elastic addresses that are billed with the gateway or load balancer that holds them. */
export const heldAddresses = (joined: Joined): ReadonlySet<string> => new Set(joined.inputs.flatMap(claimedIn));
