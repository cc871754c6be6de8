import type { Architecture, OperatingSystem } from "../workload/task.ts";
import { OVERHEAD_KEYS, type OverheadKey, overheadMeter } from "./overhead-key.ts";
import type { PriceKey } from "./price.ts";
import { FARGATE_EPHEMERAL_KEY, type FargateMeter } from "./price-key.ts";
import { EC2_PURCHASES, FARGATE_PURCHASES, type Purchase } from "./purchase.ts";

export interface FargatePriceKey {
  readonly kind: "fargate";
  readonly os: OperatingSystem;
  readonly architecture: Architecture;
  readonly purchase: Purchase;
  readonly meter: FargateMeter;
}

/** A price key taken apart; the reverse of the functions of `price-key.ts`. */
export type ParsedPriceKey =
  | FargatePriceKey
  | { readonly kind: "fargate-ephemeral" }
  | { readonly kind: "ec2"; readonly instanceType: string; readonly purchase: Purchase }
  | { readonly kind: "managed-instances-fee"; readonly instanceType: string }
  | { readonly kind: "overhead"; readonly key: OverheadKey };

const FARGATE =
  /^fargate(?:-(?<purchase>[a-z0-9-]+))?\/(?<os>linux|windows)\/(?<arch>x86_64|arm64)\/(?<meter>vcpu-hour|gb-hour|os-vcpu-hour)$/;
const EC2 = /^ec2\/(?<type>[^/]+)\/(?<purchase>[^/]+)\/hour$/;
const FEE = /^managed-instances\/(?<type>[^/]+)\/management-hour$/;
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** Whether the text is spelled like an instance type, for example `m7g.large`. */
export const isInstanceTypeName = (text: string): boolean => INSTANCE_TYPE.test(text);

/** The parts of a price key, or undefined where no price key is spelled like this. */
export const parsePriceKey = (key: PriceKey): ParsedPriceKey | undefined => {
  if (key === FARGATE_EPHEMERAL_KEY) return { kind: "fargate-ephemeral" };
  if (key.startsWith("fargate")) return parseFargate(key);
  if (key.startsWith("ec2/")) return parseEc2(key);
  if (key.startsWith("managed-instances/")) return parseFee(key);
  return overheadMeter(key) === undefined ? undefined : { kind: "overhead", key: key as OverheadKey };
};

const parseFargate = (key: PriceKey): ParsedPriceKey | undefined => {
  const groups = FARGATE.exec(key)?.groups;
  if (groups === undefined) return undefined;
  const purchase = groups["purchase"] ?? "on-demand";
  const os = groups["os"] as OperatingSystem;
  const architecture = groups["arch"] as Architecture;
  const meter = groups["meter"] as FargateMeter;
  if (groups["purchase"] === "on-demand" || !FARGATE_PURCHASES.includes(purchase)) return undefined;
  if (os === "windows" ? architecture === "arm64" : meter === "os-vcpu-hour") return undefined;
  return { kind: "fargate", os, architecture, purchase, meter };
};

const parseEc2 = (key: PriceKey): ParsedPriceKey | undefined => {
  const groups = EC2.exec(key)?.groups;
  const instanceType = groups?.["type"] ?? "";
  const purchase = groups?.["purchase"] ?? "";
  if (!isInstanceTypeName(instanceType) || !EC2_PURCHASES.includes(purchase)) return undefined;
  return { kind: "ec2", instanceType, purchase };
};

const parseFee = (key: PriceKey): ParsedPriceKey | undefined => {
  const instanceType = FEE.exec(key)?.groups?.["type"] ?? "";
  return isInstanceTypeName(instanceType) ? { kind: "managed-instances-fee", instanceType } : undefined;
};

/** Every price key that does not name an instance type: Fargate's and the overheads', sorted. */
export const fixedPriceKeys = (): readonly PriceKey[] => {
  const platforms = ["linux/x86_64", "linux/arm64", "windows/x86_64"];
  const meters: readonly FargateMeter[] = ["vcpu-hour", "gb-hour", "os-vcpu-hour"];
  const products = FARGATE_PURCHASES.map((purchase) => (purchase === "on-demand" ? "fargate" : `fargate-${purchase}`));
  const fargate = products.flatMap((product) =>
    platforms.flatMap((platform) => meters.map((meter) => `${product}/${platform}/${meter}`)),
  );
  const known = [...fargate, FARGATE_EPHEMERAL_KEY, ...OVERHEAD_KEYS];
  return known.filter((key) => parsePriceKey(key) !== undefined).sort();
};
