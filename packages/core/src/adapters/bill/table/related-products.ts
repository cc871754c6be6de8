import { RELATED_NAMES } from "../cost-explorer/service-code.ts";

/** Product codes whose lines can have to do with ECS. Lines of other products are added up without their usage types. */
const RELATED_PRODUCTS: readonly string[] = [
  "AmazonECS",
  "AmazonEC2",
  "AmazonVPC",
  "AWSELB",
  "ElasticLoadBalancing",
  "AmazonCloudWatch",
  "AmazonECR",
  "AmazonECRPublic",
  "AmazonEFS",
  "AWSSecretsManager",
  "AWSSystemsManager",
  "awskms",
  "AWSXRay",
  "AWSCloudMap",
  "AWSDataTransfer",
  "AmazonRoute53",
  "AmazonGuardDuty",
  "ComputeSavingsPlans",
];

/** Related products by code and, for bills that give names, by name. */
export const relatedServices = (): readonly string[] => [...new Set([...RELATED_PRODUCTS, ...RELATED_NAMES])].sort();
