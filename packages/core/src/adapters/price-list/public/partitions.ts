/** Where the price list of a partition of AWS is served. */
export interface PriceListHost {
  readonly url: string;
  /** Name of the partition in the paths of the price list. */
  readonly path: string;
  readonly partition: string;
}

/**
 * Hosts by beginning of the region's name. GovCloud stands in the list of all other regions; China has a list of its
 * own (AWS guide to the Price List, checked 2026-11-20). That of the European Sovereign Cloud is spelled after the
 * domain of its partition and was not seen.
 */
const HOSTS: readonly (readonly [RegExp, PriceListHost])[] = [
  [/^cn-/, { url: "https://pricing.cn-north-1.amazonaws.com.cn", path: "cn", partition: "aws-cn" }],
  [/^eusc-/, { url: "https://pricing.eusc-de-east-1.amazonaws.eu", path: "aws-eusc", partition: "aws-eusc" }],
  [/^us-gov-/, { url: "https://pricing.us-east-1.amazonaws.com", path: "aws", partition: "aws-us-gov" }],
  [/^/, { url: "https://pricing.us-east-1.amazonaws.com", path: "aws", partition: "aws" }],
];

const hostOf = (region: string): PriceListHost => {
  const host = HOSTS.find(([pattern]) => pattern.test(region))?.[1];
  if (host === undefined) throw new Error("the last pattern fits every region");
  return host;
};

/** The host of a region's price list; a mirror takes the place of its URL and may end in the path of its index. */
export const priceListHost = (region: string, mirror?: string): PriceListHost => {
  const host = hostOf(region);
  if (mirror === undefined) return host;
  const url = mirror.replace(/\/offers\/v1\.0\/.*$/, "").replace(/\/+$/, "");
  return { ...host, url };
};
