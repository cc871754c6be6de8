/**
 * Whose a resource is by its id alone: of ECS by its name or ARN, of a workload that was given, a log group or a load balancer that
 * ECS does not make, an instance (whose tags or splits tell more), or nothing that its id tells.
 */
export type ResourceOwner =
  | "ecs-log-group"
  | "ecs-resource"
  | "workload"
  | "other-log-group"
  | "other-resource"
  | "instance"
  | "";

/** Names that workload files or `discover` tie to services of ECS. */
export interface EcsResourceNames {
  readonly loadBalancers: readonly string[];
  readonly logGroups: readonly string[];
}

/** Patterns of ids as SQL's LIKE has them, the first that fits counts. */
interface OwnerRule {
  readonly like: string;
  readonly owner: ResourceOwner;
}

/** Services whose ARNs stand on lines of networking, logs or keys, and are none of ECS. */
const OTHER_ARNS: readonly string[] = [
  ...[
    "rds",
    "lambda",
    "eks",
    "elasticache",
    "redshift",
    "es",
    "aoss",
    "kafka",
    "sagemaker",
    "elasticmapreduce",
    "glue",
  ],
  ...[
    "dynamodb",
    "s3",
    "apigateway",
    "dms",
    "mq",
    "workspaces",
    "codebuild",
    "cloudfront",
    "apprunner",
    "airflow",
    "docdb",
  ],
];

/** Log groups of other services begin so. */
const OTHER_GROUPS: readonly string[] = [
  "/aws/%",
  "/aws-glue/%",
  "RDSOSMetrics%",
  "API-Gateway-Execution-Logs%",
  "aws-cloudtrail-logs%",
];

const RULES: readonly OwnerRule[] = [
  { like: "%:log-group:/aws/ecs/%", owner: "ecs-log-group" },
  { like: "%:log-group:/ecs/%", owner: "ecs-log-group" },
  { like: "/aws/ecs/%", owner: "ecs-log-group" },
  { like: "/ecs/%", owner: "ecs-log-group" },
  { like: "arn:%:ecs:%", owner: "ecs-resource" },
  ...OTHER_GROUPS.flatMap((group): OwnerRule[] => [
    { like: `%:log-group:${group}`, owner: "other-log-group" },
    { like: group, owner: "other-log-group" },
  ]),
  { like: "%:loadbalancer/app/k8s-%", owner: "other-resource" },
  { like: "%:loadbalancer/net/k8s-%", owner: "other-resource" },
  ...OTHER_ARNS.map((service): OwnerRule => ({ like: `arn:%:${service}:%`, owner: "other-resource" })),
  { like: "i-%", owner: "instance" },
  { like: "arn:%:ec2:%:instance/i-%", owner: "instance" },
];

const escaped = (name: string): string => name.replaceAll(/[\\%_]/g, "\\$&");

/** The rules with the names that workloads give, which count first. */
export const ownerRules = (names: EcsResourceNames | undefined): readonly OwnerRule[] => [
  ...(names?.loadBalancers ?? []).flatMap((name): OwnerRule[] =>
    ["app/", "net/", ""].map((kind) => ({
      like: `%:loadbalancer/${kind}${escaped(name)}${kind === "" ? "" : "/%"}`,
      owner: "workload",
    })),
  ),
  ...(names?.logGroups ?? []).flatMap((name): OwnerRule[] => [
    { like: `%:log-group:${escaped(name)}`, owner: "workload" },
    { like: `%:log-group:${escaped(name)}:%`, owner: "workload" },
  ]),
  ...RULES,
];

const quoted = (sign: string): string => sign.replace(/[\\^$.*+?()[\]{}|]/, "\\$&");

const patternOf = (like: string): RegExp => {
  const source = like.replaceAll(/\\(.)|./gsu, (sign: string, meant?: string) => {
    if (meant !== undefined) return quoted(meant);
    return sign === "%" ? ".*" : sign === "_" ? "." : quoted(sign);
  });
  return new RegExp(`^${source}$`, "su");
};

/** Tells whose a resource is by its id. */
export const ownerOf = (names?: EcsResourceNames): ((resource: string) => ResourceOwner) => {
  const rules = ownerRules(names).map(({ like, owner }) => ({ pattern: patternOf(like), owner }));
  return (resource) => rules.find(({ pattern }) => pattern.test(resource))?.owner ?? "";
};
