import { OVERHEAD_METERS, type OverheadKey } from "../pricing/overhead-key.ts";
import { isInstanceTypeName } from "../pricing/parsed-key.ts";
import type { PriceKey } from "../pricing/price.ts";
import {
  ec2Key,
  FARGATE_EPHEMERAL_KEY,
  type FargateMeter,
  fargateKey,
  managedInstancesFeeKey,
} from "../pricing/price-key.ts";
import { splitUsageType } from "./region-codes.ts";

export type Market = "on-demand" | "spot";

/** What a usage type of a service meters. A key is null where the price book has no name for it. */
export type BilledMeter = { readonly region: string; readonly rest: string } & (
  | { readonly kind: "fargate"; readonly market: Market; readonly key: PriceKey }
  | { readonly kind: "instance"; readonly market: Market; readonly instanceType: string; readonly key: PriceKey | null }
  /** Volumes and CPU credits: they go with the instances of the account and region. */
  | { readonly kind: "attached"; readonly key: PriceKey | null }
  | { readonly kind: "management-fee"; readonly instanceType: string; readonly key: PriceKey }
  | { readonly kind: "external"; readonly key: PriceKey }
  /** Tells at no charge that tasks ran on container instances. */
  | { readonly kind: "metering"; readonly key: null }
  | { readonly kind: "overhead"; readonly key: PriceKey | null }
  /** Of a service that has to do with ECS, but nothing that is known of it. */
  | { readonly kind: "unknown"; readonly key: null }
  | { readonly kind: "unrelated"; readonly key: null }
);

/** The part of a meter that does not depend on the region. */
type Meter = BilledMeter extends infer Each ? (Each extends unknown ? Omit<Each, "region" | "rest"> : never) : never;

const ECS = "AmazonECS";
const EC2 = "AmazonEC2";
const ELB = "AWSELB";

/** Services whose usage can come along with tasks. */
const RELATED: ReadonlySet<string> = new Set([
  ECS,
  EC2,
  ELB,
  "AmazonVPC",
  "AmazonCloudWatch",
  "AmazonECR",
  "AmazonEFS",
  "AWSCloudMap",
  "AWSDataTransfer",
  "AWSSecretsManager",
  "AWSSystemsManager",
  "AWSXRay",
  "awskms",
]);

/** What a usage type meters, by the exact spelling after the region's prefix; the same spelling differs by service. */
export const billedMeter = (service: string, usageType: string, operation: string, region = ""): BilledMeter => {
  const split = splitUsageType(usageType, region);
  return {
    ...split,
    ...meterOf(service === "ElasticLoadBalancing" ? ELB : service, split.rest, operation),
  } as BilledMeter;
};

const UNKNOWN: Meter = { kind: "unknown", key: null };
const UNRELATED: Meter = { kind: "unrelated", key: null };

/** Usage of related services that never comes along with tasks. */
const NEVER_ALONG: Readonly<Record<string, RegExp>> = {
  AmazonEC2: /^(?:UnusedBox|UnusedDed|HostUsage|ReservedHostUsage|DedicatedRes|Reservation|HeavyUsage)\b/,
  AmazonVPC: /^(?:TransitGateway|VPN|ClientVPN|TrafficMirror|IPAM)\b/,
};

const meterOf = (service: string, rest: string, operation: string): Meter => {
  if (!RELATED.has(service) || NEVER_ALONG[service]?.test(rest) === true) return UNRELATED;
  if (service === ECS) return ecsMeter(rest) ?? transferMeter(rest) ?? toldMeter(rest) ?? UNKNOWN;
  if (service === EC2)
    return ec2Meter(rest, operation) ?? overheadMeterOf(service, rest) ?? transferMeter(rest) ?? UNKNOWN;
  if (service === ELB) return elbMeter(rest, operation) ?? transferMeter(rest) ?? UNKNOWN;
  return overheadMeterOf(service, rest) ?? transferMeter(rest) ?? UNKNOWN;
};

const FARGATE =
  /^(?<spot>SpotUsage-)?Fargate-(?:(?<platform>ARM|Windows)-)?(?<meter>vCPU-Hours:perCPU|GB-Hours|OS-Hours:perCPU)$/;
const FEE = /^ECS-Managed-Instances:(?<type>.+)-management-hours$/;
const FARGATE_METERS: Readonly<Record<string, FargateMeter>> = {
  "vCPU-Hours:perCPU": "vcpu-hour",
  "GB-Hours": "gb-hour",
  "OS-Hours:perCPU": "os-vcpu-hour",
};

const ecsMeter = (rest: string): Meter | undefined => {
  const fargate = FARGATE.exec(rest)?.groups;
  if (fargate !== undefined) return fargateMeter(fargate);
  if (rest === "Fargate-EphemeralStorage-GB-Hours") {
    return { kind: "fargate", market: "on-demand", key: FARGATE_EPHEMERAL_KEY };
  }
  if (rest === "ECS-EC2-vCPU-Hours" || rest === "ECS-EC2-GB-Hours") return { kind: "metering", key: null };
  if (/^ECS-Anywhere-Instance-hours(?:-WithFree)?$/.test(rest)) {
    return { kind: "external", key: "ecs_anywhere.instance_hour" satisfies OverheadKey };
  }
  const instanceType = FEE.exec(rest)?.groups?.["type"];
  if (instanceType === undefined || !isInstanceTypeName(instanceType)) return undefined;
  return { kind: "management-fee", instanceType, key: managedInstancesFeeKey(instanceType) };
};

/** What a charge says in words, where an exporter gives no usage type: spaces tell that it is none. */
const toldMeter = (words: string): Meter | undefined => {
  if (!/\s/.test(words) || !/\bfargate\b/i.test(words)) return undefined;
  const platform = /\bwindows\b/i.test(words) ? "Windows" : /\barm(?:64)?\b|graviton/i.test(words) ? "ARM" : undefined;
  if (/ephemeral/i.test(words)) return { kind: "fargate", market: "on-demand", key: FARGATE_EPHEMERAL_KEY };
  const meter = /\bos\b.*licen|licen.*\bos\b/i.test(words)
    ? "OS-Hours:perCPU"
    : /\bv?cpu\b/i.test(words)
      ? "vCPU-Hours:perCPU"
      : /\b(?:memory|gb)\b/i.test(words)
        ? "GB-Hours"
        : undefined;
  const spot = /\bspot\b/i.test(words) ? "spot" : undefined;
  return meter === undefined ? undefined : fargateMeter({ meter, platform, spot });
};

const fargateMeter = (groups: Readonly<Record<string, string | undefined>>): Meter | undefined => {
  const meter = FARGATE_METERS[groups["meter"] ?? ""];
  const isWindows = groups["platform"] === "Windows";
  const market = groups["spot"] === undefined ? "on-demand" : "spot";
  if (meter === undefined || (meter === "os-vcpu-hour" && !isWindows)) return undefined;
  const architecture = groups["platform"] === "ARM" ? "arm64" : "x86_64";
  return { kind: "fargate", market, key: fargateKey(isWindows ? "windows" : "linux", architecture, market, meter) };
};

const INSTANCE = /^(?<product>BoxUsage|SpotUsage|DedicatedUsage|HostBoxUsage):(?<type>.+)$/;

/** Codes of platforms other than Linux without a licence, as in `RunInstances:0002` of Windows; 0800 brings its own. */
const LICENSED = /^RunInstances:(?!0000|0800)[0-9a-z]{4}(?::|$)/;

const ec2Meter = (rest: string, operation: string): Meter | undefined => {
  const groups = INSTANCE.exec(rest)?.groups;
  const instanceType = groups?.["type"] ?? "";
  if (groups !== undefined && isInstanceTypeName(instanceType)) {
    const product = groups["product"];
    const market = product === "SpotUsage" ? "spot" : "on-demand";
    const isPriced = (product === "BoxUsage" || product === "SpotUsage") && !LICENSED.test(operation);
    return { kind: "instance", market, instanceType, key: isPriced ? ec2Key(instanceType, market) : null };
  }
  if (/^(?:EBS:|EBSOptimized:|CPUCredits:)/.test(rest)) {
    return { kind: "attached", key: KEY_OF_USAGE.get(`${EC2} ${rest}`) ?? null };
  }
  return undefined;
};

const elbMeter = (rest: string, operation: string): Meter | undefined => {
  const type = operation.split(":")[1]?.toLowerCase();
  const product = type === "application" ? "alb" : type === "network" ? "nlb" : undefined;
  if (rest === "LoadBalancerUsage") return { kind: "overhead", key: product === undefined ? null : `${product}.hour` };
  if (rest === "LCUUsage") return { kind: "overhead", key: product === undefined ? null : `${product}.lcu_hour` };
  if (/^(?:DataProcessing-Bytes|TS-LoadBalancerUsage|ReservedLCUUsage)$/.test(rest))
    return { kind: "overhead", key: null };
  return undefined;
};

/** Keys of overheads that a usage type alone tells; load balancers need the operation too. */
const KEY_OF_USAGE: ReadonlyMap<string, PriceKey> = new Map(
  Object.entries(OVERHEAD_METERS).flatMap(([key, { serviceCode, usageType }]): [string, PriceKey][] =>
    usageType === "" || serviceCode === ELB ? [] : [[`${serviceCode} ${usageType}`, key]],
  ),
);

/** What comes along with tasks and has no price key. */
const WITHOUT_KEY: Readonly<Record<string, RegExp>> = {
  AmazonCloudWatch:
    /^(?:CW:.+|S3-Egress-Bytes|S3-Egress-InputBytes|FH-Egress-Bytes|DataProtection-Bytes|Logs-LiveTail)$/,
  AmazonEC2: /^(?:ElasticIP:.+|VpcPeering-(?:In|Out)-Bytes)$/,
  AmazonECR: /^TimedStorage-ByteHrs/,
  AmazonEFS: /^(?:\w*TimedStorage-\w+|(?:ET|IA)DataAccess-Bytes|ProvisionedTP-MiBpsHrs)$/,
  AmazonVPC: /^PublicIPv4:.+$/,
  AWSCloudMap: /./,
  AWSSecretsManager: /^AWSSecretsManager.+$/,
  AWSSystemsManager: /^PS-.+$/,
  AWSXRay: /^XRay-.+$/,
  awskms: /^KMS-.+$/,
};

const overheadMeterOf = (service: string, rest: string): Meter | undefined => {
  const key = KEY_OF_USAGE.get(`${service} ${rest}`) ?? SPELLINGS.get(`${service} ${rest}`);
  if (key !== undefined) return { kind: "overhead", key };
  return WITHOUT_KEY[service]?.test(rest) === true ? { kind: "overhead", key: null } : undefined;
};

/** Spellings that bills use beside the one of the price lists. */
const SPELLINGS: ReadonlyMap<string, PriceKey> = new Map([
  ["AWSSecretsManager AWSSecretsManagerAPIRequest", "secretsmanager.per_10000"],
  ["AWSSystemsManager PS-Advanced-Param-Tier1", "ssm.advanced_param_month"],
]);

/** To and from other regions, zones and CloudFront; `ABytes` are those that acceleration or a dedicated line carries. */
const OTHER_TRANSFER =
  /^(?:(?:[A-Z]{2,4}\d?-)?(?:AWS|CloudFront)-(?:In|Out)-A?Bytes|DataTransfer-(?:xAZ-)?(?:In|Out)-A?Bytes)$/;

/** Transfer is billed under the service that sends it. */
const transferMeter = (rest: string): Meter | undefined => {
  if (rest === "DataTransfer-Regional-Bytes") return { kind: "overhead", key: "xfer.interaz_gb" };
  if (rest === "Global-DataTransfer-Out-Bytes") return { kind: "overhead", key: "xfer.internet_free_gb_month" };
  if (rest === "DataTransfer-Out-Bytes") return { kind: "overhead", key: "xfer.internet_gb" };
  if (OTHER_TRANSFER.test(rest)) return { kind: "overhead", key: null };
  return undefined;
};
