/**
 * Product codes whose lines can have to do with ECS, with the names that stand for them where a bill gives names. Lines of
 * other products are added up without their usage types.
 */
export const RELATED_PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  AmazonECS: ["Amazon Elastic Container Service"],
  AmazonEC2: ["Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute", "EC2 - Other"],
  AmazonVPC: ["Amazon Virtual Private Cloud"],
  AWSELB: ["Elastic Load Balancing", "Amazon Elastic Load Balancing"],
  ElasticLoadBalancing: [],
  AmazonCloudWatch: ["AmazonCloudWatch", "Amazon CloudWatch"],
  AmazonECR: ["Amazon EC2 Container Registry (ECR)", "Amazon Elastic Container Registry"],
  AmazonECRPublic: ["Amazon Elastic Container Registry Public"],
  AmazonEFS: ["Amazon Elastic File System"],
  AWSSecretsManager: ["AWS Secrets Manager"],
  AWSSystemsManager: ["AWS Systems Manager"],
  awskms: ["AWS Key Management Service"],
  AWSXRay: ["AWS X-Ray"],
  AWSDataTransfer: ["AWS Data Transfer"],
  AWSCloudMap: ["AWS Cloud Map"],
  AmazonRoute53: ["Amazon Route 53"],
  AmazonGuardDuty: ["Amazon GuardDuty"],
  ComputeSavingsPlans: ["Savings Plans for AWS Compute usage"],
};

/** Codes and names of related products, as they stand on bills. */
export const relatedServices = (): readonly string[] =>
  Object.entries(RELATED_PRODUCTS)
    .flatMap(([code, names]) => [code, ...names])
    .filter((name, index, all) => all.indexOf(name) === index)
    .sort();

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(RELATED_PRODUCTS).flatMap(([code, names]) => names.map((name): [string, string] => [name, code])),
);

/** Product code of a service's name; the name itself where none is known. */
export const productCode = (service: string): string => CODES.get(service) ?? service;
