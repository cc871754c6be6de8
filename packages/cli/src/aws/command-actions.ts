import type { AccessProbe } from "@ecs-cost/core/aws";

interface CommandActions {
  readonly command: string;
  /** Without one of these the command cannot do anything. */
  readonly needs: readonly string[];
  /** Without one of these a part of the result is missing. */
  readonly wants: readonly string[];
}

/** One action of each service that a command calls; docs/iam.md lists all of them. */
const COMMANDS: readonly CommandActions[] = [
  {
    command: "discover",
    needs: ["ecs:ListClusters"],
    wants: [
      "application-autoscaling:DescribeScalableTargets",
      "events:ListRules",
      "scheduler:ListSchedules",
      "elasticloadbalancing:DescribeLoadBalancers",
      "ec2:DescribeNatGateways",
      "logs:DescribeLogGroups",
      "cloudwatch:GetMetricData",
    ],
  },
  { command: "rightsize --metrics cloudwatch", needs: ["cloudwatch:GetMetricData"], wants: [] },
  { command: "capacity --metrics cloudwatch", needs: ["cloudwatch:GetMetricData"], wants: [] },
  {
    command: "prices refresh",
    needs: ["pricing:GetProducts"],
    wants: ["savingsplans:DescribeSavingsPlansOfferingRates"],
  },
];

/** Whether a command works with the permissions that were found. */
export interface CommandAccess {
  readonly command: string;
  readonly works: "yes" | "partly" | "no";
  /** Actions that it lacks. */
  readonly missing: readonly string[];
}

/** What each command can do. */
export const commandAccess = (probes: readonly AccessProbe[]): readonly CommandAccess[] => {
  const allowed = new Set(probes.flatMap((probe) => (probe.allowed ? [probe.action] : [])));
  const lacks = (action: string): boolean => !allowed.has(action);
  return COMMANDS.map(({ command, needs, wants }) => {
    const missing = [...needs, ...wants].filter(lacks);
    return { command, works: needs.some(lacks) ? "no" : missing.length > 0 ? "partly" : "yes", missing };
  });
};
