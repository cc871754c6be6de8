import type { HeldResource } from "../planned/planned.ts";
import type { Judged } from "./account-issues.ts";

/** Services of AWS whose resources come along with ECS workloads: a type of theirs that is not known may be billed for them. */
const NEIGHBOURS =
  /^(?:AWS::(?:ECS|ECR|ServiceDiscovery|VpcLattice|ElasticLoadBalancing|ElasticLoadBalancingV2|AppMesh|EFS)::|awscc_(?:ecs|ecr|servicediscovery|vpclattice|elasticloadbalancing|elasticloadbalancingv2|appmesh|efs)_|aws_(?:ecs|ecr|service_discovery|vpclattice|lb|alb|elb|appmesh|efs)_)/;

const IS_AWS = /^(?:AWS::|aws_|awscc_)/;

interface Neighbours {
  readonly ecs: ReadonlySet<string>;
  readonly namedByEcs: ReadonlySet<string>;
}

/** A type that the table does not know: named where it is of ECS, or stands beside it. */
export const judgeUnknown = (held: HeldResource, { ecs, namedByEcs }: Neighbours): Judged => {
  if (!IS_AWS.test(held.type)) {
    return { held, outcome: "not-ecs", reason: "no type of AWS" };
  }
  if (NEIGHBOURS.test(held.type)) {
    return {
      held,
      outcome: "not-understood",
      severity: "warning",
      reason: "is of a type that is not known, and may be billed",
    };
  }
  if (namedByEcs.has(held.key) || held.names().some((key) => ecs.has(key))) {
    const reason = "is of a type that is not known, stands beside a resource of ECS, and may be billed";
    return { held, outcome: "not-understood", severity: "warning", reason };
  }
  const reason = "is of a type that is not known; nothing of ECS names it";
  return { held, outcome: "not-ecs", severity: "info", reason };
};
