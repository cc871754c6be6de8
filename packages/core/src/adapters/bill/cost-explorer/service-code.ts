/** Names of Cost Explorer by product code of the Cost and Usage Report, for services that ECS workloads pay for. */
const RELATED: readonly (readonly [code: string, ...names: string[]])[] = [
  ["AmazonECS", "Amazon Elastic Container Service", "AWS Fargate", "Amazon EC2 Container Service"],
  ["AmazonEC2", "Amazon Elastic Compute Cloud - Compute", "EC2 - Other", "Amazon Elastic Compute Cloud"],
  ["AmazonVPC", "Amazon Virtual Private Cloud"],
  ["AWSELB", "Amazon Elastic Load Balancing", "Elastic Load Balancing"],
  ["AmazonCloudWatch", "AmazonCloudWatch", "Amazon CloudWatch"],
  [
    "AmazonECR",
    "Amazon EC2 Container Registry (ECR)",
    "Amazon Elastic Container Registry",
    "Amazon Elastic Container Registry (ECR)",
  ],
  ["AmazonEFS", "Amazon Elastic File System"],
  ["AWSSecretsManager", "AWS Secrets Manager"],
  ["awskms", "AWS Key Management Service"],
  ["AWSCloudMap", "AWS Cloud Map"],
  ["AWSDataTransfer", "AWS Data Transfer"],
  ["AWSSystemsManager", "AWS Systems Manager"],
  ["AWSXRay", "AWS X-Ray"],
];

/** Further names, so that the same service has one name whatever the bill came from. */
const OTHERS: readonly (readonly [code: string, ...names: string[]])[] = [
  ["ComputeSavingsPlans", "Savings Plans for AWS Compute usage", "Savings Plans for Compute usage"],
  ["AmazonS3", "Amazon Simple Storage Service"],
  ["AmazonRDS", "Amazon Relational Database Service"],
  ["AWSLambda", "AWS Lambda"],
  ["AmazonDynamoDB", "Amazon DynamoDB"],
  ["AmazonElastiCache", "Amazon ElastiCache"],
  ["AmazonCloudFront", "Amazon CloudFront"],
  ["AmazonRoute53", "Amazon Route 53"],
  ["AmazonEKS", "Amazon Elastic Container Service for Kubernetes", "Amazon Elastic Kubernetes Service"],
  ["AWSQueueService", "Amazon Simple Queue Service"],
  ["AmazonSNS", "Amazon Simple Notification Service"],
  ["AmazonGuardDuty", "Amazon GuardDuty"],
  ["AWSConfig", "AWS Config"],
  ["AWSCloudTrail", "AWS CloudTrail"],
  ["AWSCostExplorer", "AWS Cost Explorer"],
];

const BY_NAME: ReadonlyMap<string, string> = new Map(
  [...RELATED, ...OTHERS].flatMap(([code, ...names]) => names.map((name) => [name, code] as const)),
);

/** Services whose usage types a review looks at, as Cost Explorer spells them: a filter takes every spelling. */
export const RELATED_NAMES: readonly string[] = RELATED.flatMap(([, ...names]) => names);

const namesOf = (code: string): readonly string[] =>
  RELATED.flatMap(([known, ...names]) => (known === code ? names : []));

/** Spellings of the service that tasks are billed under. */
export const ECS_NAMES: readonly string[] = namesOf("AmazonECS");

/** Spellings of the service whose usage types need the operation to be told apart. */
export const LOAD_BALANCING_NAMES: readonly string[] = namesOf("AWSELB");

/** Product code of a service that Cost Explorer names; the name itself where none is known. */
export const serviceCode = (name: string): string => BY_NAME.get(name) ?? name;
