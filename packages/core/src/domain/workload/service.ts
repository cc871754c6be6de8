import type { InstanceVolume } from "./instance-group.ts";
import type { MonthlyCounts } from "./monthly-items.ts";
import type { TaskShape } from "./task.ts";

/** How many tasks run. `hourly` holds one count for each hour of the month it describes. */
export type Demand =
  | { readonly kind: "count"; readonly tasks: number }
  | { readonly kind: "runs"; readonly perMonth: number; readonly seconds: number; readonly pullSeconds: number }
  | { readonly kind: "hourly"; readonly counts: readonly number[] };

export interface StrategyItem {
  readonly capacityProvider: string;
  readonly base: number;
  readonly weight: number;
}

export type LaunchType = "FARGATE" | "EC2" | "EXTERNAL" | "MANAGED_INSTANCES";

/** How the service is configured to run today. */
export type Placement =
  | { readonly kind: "launch-type"; readonly launchType: LaunchType }
  | { readonly kind: "strategy"; readonly items: readonly StrategyItem[] }
  /** Neither is given: see `assumePlacement`. */
  | { readonly kind: "unspecified" };

/** Classes of log groups. */
export type LogClass = "standard" | "infrequent-access" | "essentials" | "delivery";

/** The class of a log group, as this program or AWS spells it; standard where nothing is said. */
export const logClassOf = (text: string | undefined): LogClass => {
  const name = text?.toLowerCase().replaceAll("_", "-");
  return name === "infrequent-access" || name === "essentials" || name === "delivery" ? name : "standard";
};

export interface ServiceLogs {
  readonly gbPerMonth: string;
  readonly class: LogClass;
  /** Days; undefined keeps them for ever. */
  readonly retentionDays?: number;
}

/** Quantities are decimal strings per month unless named otherwise. */
export interface ServiceNetwork {
  readonly publicIp: boolean;
  readonly internetEgressGb: string;
  readonly crossAzGb: string;
  readonly imageGb: string;
  readonly taskStartsPerMonth: string;
  /** Seconds of image pull per task start; billed by Fargate. */
  readonly imagePullSeconds: number;
}

/** Everything else that one service brings along, as decimal strings per month. */
export interface ServiceExtras extends MonthlyCounts {
  readonly efsGb: string;
  /** GiB of gp3 per running task. */
  readonly ebsGiBPerTask: string;
  /** Volumes of every running task that are not plain gp3. */
  readonly ebsVolumes?: readonly InstanceVolume[];
  readonly ecrGb: string;
  readonly secrets: string;
  readonly tracesPerMonth: string;
}

/** Target tracking of Application Auto Scaling: the utilization that it holds, in percent of the task size. */
export interface Autoscaling {
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly cpuTargetPercent?: number;
  readonly memoryTargetPercent?: number;
}

export type Interruptible = "no" | "partly" | "yes" | "unspecified";

/** One ECS service, or one kind of standalone task. */
export interface Service {
  /** `cluster/name`: unique in an account and region. */
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  /** Where an inventory holds several, and where an input tells. */
  readonly region?: string;
  readonly account?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined where no input holds its task definition; an issue says so. */
  readonly task?: TaskShape;
  readonly taskDefinition?: string;
  /** Undefined where it is not known; an issue says so. */
  readonly demand?: Demand;
  /** Tasks that are started in a month where how long one runs is not known; then the demand is not known either. */
  readonly runsPerMonth?: string;
  readonly placement: Placement;
  readonly scheduling: "replica" | "daemon";
  readonly placementConstraints: boolean;
  readonly interruptible: Interruptible;
  readonly minAvailableTasks?: number;
  /** Least tasks that a deployment leaves running, in percent of the desired count; not known where not given. */
  readonly minimumHealthyPercent?: number;
  /** Absent where nothing says that the service scales by target tracking. */
  readonly autoscaling?: Autoscaling;
  readonly logs?: ServiceLogs;
  readonly network: ServiceNetwork;
  readonly extras: ServiceExtras;
  /** Where it was read: a file and, where known, a line. */
  readonly origin: string;
  /**
   * How its format names it: a Terraform address, the logical path of a template, the file of a task definition that no
   * service uses. Absent where the format has nothing but its name.
   */
  readonly address?: string;
  /** Its address before a `moved` block of Terraform. */
  readonly previousAddress?: string;
  /** Address of its task definition in a plan or template. */
  readonly definitionAddress?: string;
}
