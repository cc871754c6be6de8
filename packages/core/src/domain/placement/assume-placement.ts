import type { Assumption } from "../issues/issue.ts";
import { isLegalSize } from "../sizing/fargate-sizes.ts";
import type { LaunchType, Service } from "../workload/service.ts";

/** Where the tasks of a service run, settled: either one launch type, or a strategy over Fargate providers. */
export type SettledPlacement =
  | { readonly kind: "launch-type"; readonly launchType: LaunchType; readonly assumption?: Assumption }
  | { readonly kind: "fargate-strategy"; readonly items: Extract<Service["placement"], { kind: "strategy" }>["items"] };

const FARGATE_PROVIDERS: ReadonlySet<string> = new Set(["FARGATE", "FARGATE_SPOT"]);

/**
 * Settles what is not said. A strategy over other providers than Fargate's runs on container instances; where neither
 * launch type nor strategy is given, the task definition decides, then whether Fargate accepts the task's size.
 */
export const settlePlacement = (service: Service): SettledPlacement => {
  const { placement } = service;
  if (placement.kind === "launch-type") return placement;
  if (placement.kind === "strategy") {
    if (placement.items.every(({ capacityProvider }) => FARGATE_PROVIDERS.has(capacityProvider))) {
      return { kind: "fargate-strategy", items: placement.items };
    }
    return { kind: "launch-type", launchType: "EC2", assumption: INSTANCE_PROVIDERS };
  }
  const launchType = impliedLaunchType(service);
  return { kind: "launch-type", launchType, assumption: LAUNCH_TYPE_ASSUMED };
};

const LAUNCH_TYPE_ASSUMED: Assumption = {
  code: "launch-type-assumed",
  detail:
    "Services with neither a launch type nor a strategy are taken to run where their task definition says, else on " +
    "Fargate if their size is a Fargate size, else on EC2. ECS itself would use the cluster's default strategy, else EC2.",
};

const INSTANCE_PROVIDERS: Assumption = {
  code: "instance-providers",
  detail:
    "Capacity providers other than FARGATE and FARGATE_SPOT are taken to be Auto Scaling groups that buy as the " +
    "setting ec2.purchase says; their base and weights do not change the cost.",
};

const impliedLaunchType = ({ task, scheduling }: Service): LaunchType => {
  if (scheduling === "daemon" || task === undefined) return "EC2";
  const named = task.requiresCompatibilities.filter((name): name is LaunchType => name !== "EXTERNAL");
  if (named.length === 1 && named[0] !== undefined) return named[0];
  const onFargate = task.gpu === 0 && isLegalSize(task.cpu, task.memory, task.os);
  return onFargate || named.includes("FARGATE") ? "FARGATE" : "EC2";
};
