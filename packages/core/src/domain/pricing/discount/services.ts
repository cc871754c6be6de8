import type { Price } from "../price.ts";

type Fits = (price: Pick<Price, "key" | "serviceCode">) => boolean;

const begins =
  (...beginnings: readonly string[]): Fits =>
  ({ key }) =>
    beginnings.some((beginning) => key.startsWith(beginning));

/** Names of services as people say them; a service code of the price list counts too. */
export const DISCOUNT_SERVICES = {
  Fargate: begins("fargate"),
  EC2: begins("ec2/"),
  "Managed Instances": begins("managed-instances/"),
  EBS: begins("ebs."),
  ELB: begins("alb.", "nlb.", "clb.", "gwlb."),
  NAT: begins("nat."),
  VPC: begins("vpce.", "ipv4."),
  CloudWatch: begins("cw.", "logs."),
  "Data Transfer": begins("xfer."),
  ECR: begins("ecr."),
  EFS: begins("efs."),
  EKS: begins("eks."),
  "Secrets Manager": begins("secretsmanager."),
  "Systems Manager": begins("ssm."),
  "X-Ray": begins("xray."),
  "Cloud Map": begins("cloudmap."),
  "App Runner": begins("apprunner."),
} as const satisfies Record<string, Fits>;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The name of the service as it is listed, or undefined where none has it. */
export const serviceNamed = (name: string): keyof typeof DISCOUNT_SERVICES | undefined =>
  (Object.keys(DISCOUNT_SERVICES) as (keyof typeof DISCOUNT_SERVICES)[]).find((each) => plain(each) === plain(name));

/** Whether a price belongs to a service by its name or service code, or fits a pattern of price keys. */
export const isOfService = (service: string, price: Pick<Price, "key" | "serviceCode">): boolean => {
  const named = serviceNamed(service);
  if (named !== undefined) return DISCOUNT_SERVICES[named](price);
  return price.serviceCode.toLowerCase() === service.toLowerCase() || fitsPattern(service, price.key);
};

/** Whether a text fits a pattern with `*` and `?`; never slow, whatever the pattern. */
export const fitsPattern = (pattern: string, text: string): boolean => {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < text.length) {
    const wanted = pattern[at];
    if (wanted === "?" || (wanted !== "*" && wanted === text[from])) {
      at += 1;
      from += 1;
    } else if (wanted === "*") {
      star = at;
      mark = from;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      from = mark;
    } else return false;
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
};
