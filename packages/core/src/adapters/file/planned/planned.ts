import type { Where } from "../../../domain/issues/border-error.ts";
import type { InstanceRequirements } from "../../../domain/workload/instance-requirements.ts";
import type { InstanceProviderType } from "../../../domain/workload/shared.ts";
import type { ContainerDefinition } from "../../../domain/workload/task-definition.ts";

/** Stands where a value is known only after deployment. */
export const UNKNOWN: unique symbol = Symbol("known after deployment");

/** A value of a resource: undefined where it is not set, `UNKNOWN` where it is known only after deployment. */
export type Planned<T> = T | typeof UNKNOWN | undefined;

/** Another resource of the same or another input, by its key. */
export interface Link {
  readonly to: string;
}

/** A value that another stack exports, by its name. */
export interface Import {
  readonly importName: string;
}

/** What names another resource: a name or ARN, a link, or nothing that is known. */
export type Reference = Planned<string | Link | Import>;

/** What every planned resource has. */
export interface PlannedResource {
  /** Unique over all inputs. */
  readonly key: string;
  /** As its format names it: `module.api.aws_ecs_service.this[0]`, a logical id. */
  readonly address: string;
  /** Its address before a `moved` block of Terraform. */
  readonly previousAddress?: string;
  /** File and, where known, line. */
  readonly origin: string;
  readonly place: () => Where;
  /** As far as the input tells them of this resource. */
  readonly region?: string;
  readonly account?: string;
}

export interface PlannedCluster extends PlannedResource {
  readonly name: Planned<string>;
  readonly arn: Planned<string>;
  /** Value of the setting containerInsights. */
  readonly insights: Planned<string>;
  readonly defaultStrategy: Planned<readonly PlannedStrategyItem[]>;
}

export interface PlannedStrategyItem {
  readonly capacityProvider: Reference;
  readonly base: Planned<number>;
  readonly weight: Planned<number>;
}

/** The default strategy of a cluster, where it is a resource of its own. */
export interface PlannedClusterProviders extends PlannedResource {
  readonly cluster: Reference;
  readonly defaultStrategy: Planned<readonly PlannedStrategyItem[]>;
}

export interface PlannedCapacityProvider extends PlannedResource {
  readonly name: Planned<string>;
  /** The only cluster that has it; undefined for providers on Auto Scaling groups. */
  readonly cluster: Reference;
  readonly kind: InstanceProviderType;
  readonly targetCapacity: Planned<number>;
  /** Key of its Auto Scaling group. */
  readonly group?: string;
  /** What managed instances have to be like, and the names of requirements that are not read. */
  readonly requirements?: InstanceRequirements;
  readonly openRequirements?: readonly string[];
  /** GiB of the volume of managed instances. */
  readonly volumeGiB?: Planned<number>;
  /** False where managed scaling is off. */
  readonly managedScaling?: boolean;
  /** Of its Auto Scaling group, or those that it allows, as far as they are known. */
  readonly instanceTypes: readonly string[];
  /** On demand, Spot, or some of both. */
  readonly purchase: Planned<ProviderPurchase>;
}

/** A volume of instances. */
export interface PlannedVolume {
  readonly type: Planned<string>;
  readonly gib: Planned<number>;
  readonly iops: Planned<number>;
  readonly throughputMiBps: Planned<number>;
}

/** An Auto Scaling group, or an instance by itself. */
export interface PlannedInstanceGroup extends PlannedResource {
  readonly name: Planned<string>;
  /** In units of capacity, which weights of types are counted in. */
  readonly min: Planned<number>;
  readonly max: Planned<number>;
  readonly desired: Planned<number>;
  /** In order of priority; empty where nothing names one. */
  readonly types: readonly { readonly name: Planned<string>; readonly weight: Planned<number> }[];
  readonly purchase: Planned<ProviderPurchase>;
  readonly onDemandBase: Planned<number>;
  readonly onDemandPercent: Planned<number>;
  readonly volumes: readonly PlannedVolume[];
  /** Whether the root volume is one of them. */
  readonly hasRoot: boolean;
  /** The cluster that its user data joins; "none" where its instances are not of ECS. */
  readonly joins: Reference | "none";
  /** Its name and the values of its tags. */
  readonly texts: readonly string[];
}

/** How the instances of a provider are bought, as plans and templates say it. */
export type ProviderPurchase = "on-demand" | "spot" | "mixed";

export interface PlannedTaskDefinition extends PlannedResource {
  readonly family: Planned<string>;
  readonly arn: Planned<string>;
  readonly revision: Planned<number>;
  readonly cpu: Planned<string | number>;
  readonly memory: Planned<string | number>;
  readonly networkMode: Planned<string>;
  readonly requiresCompatibilities: Planned<readonly string[]>;
  readonly cpuArchitecture: Planned<string>;
  readonly operatingSystemFamily: Planned<string>;
  readonly ephemeralStorageGiB: Planned<number>;
  readonly ipcMode: Planned<string>;
  readonly placementConstraints: boolean;
  /** Ids of EFS file systems of its volumes, as far as they are known. */
  readonly fileSystems?: readonly string[];
  /** As the ECS API spells them; single values in them may be unknown. */
  readonly containers: Planned<readonly ContainerDefinition[]>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface PlannedService extends PlannedResource {
  readonly name: Planned<string>;
  readonly cluster: Reference;
  readonly taskDefinition: Reference;
  /** The task definition is the only one beside the service, and nothing else links them. */
  readonly taskDefinitionBeside?: boolean;
  readonly desiredCount: Planned<number>;
  readonly launchType: Planned<string>;
  readonly strategy: Planned<readonly PlannedStrategyItem[]>;
  readonly scheduling: Planned<string>;
  readonly publicIp: Planned<boolean>;
  readonly minimumHealthyPercent: Planned<number>;
  readonly placementConstraints: boolean;
  /** `ROLLING`, `BLUE_GREEN` and the like; undefined where not set. */
  readonly deploymentStrategy?: Planned<string>;
  /** Minutes that a deployment keeps old and new tasks for. */
  readonly bakeMinutes?: Planned<number>;
  /** Whether VPC Lattice sends requests to its tasks. */
  readonly behindLattice?: boolean;
  /** Whether some of its metrics come more often than once a minute. */
  readonly fastMetrics?: boolean;
  /** Volumes that ECS manages. */
  readonly volumes: readonly PlannedVolume[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Bounds of Application Auto Scaling. */
export interface PlannedScalableTarget extends PlannedResource {
  /** The service, or `service/CLUSTER/SERVICE`. */
  readonly service: Reference;
  readonly minTasks: Planned<number>;
  readonly maxTasks: Planned<number>;
}

/** Target tracking on the average CPU or memory utilization of a service. */
export interface PlannedScalingPolicy extends PlannedResource {
  /** The service, its scalable target, or `service/CLUSTER/SERVICE`. */
  readonly service: Reference;
  readonly metric: "cpu" | "memory";
  readonly targetPercent: Planned<number>;
}

/** Bounds that Application Auto Scaling sets at certain times. */
export interface PlannedScheduledAction extends PlannedResource {
  /** The service, its scalable target, or `service/CLUSTER/SERVICE`. */
  readonly service: Reference;
  readonly schedule: Planned<string>;
  readonly timezone: Planned<string>;
  readonly minTasks: Planned<number>;
  readonly maxTasks: Planned<number>;
}

/** A rule of EventBridge or a schedule of EventBridge Scheduler that starts tasks. */
export interface PlannedTaskSchedule extends PlannedResource {
  readonly schedule: Planned<string>;
  readonly enabled: boolean;
  readonly taskDefinition: Reference;
  readonly tasks: Planned<number>;
  readonly launchType: Planned<string>;
  readonly strategy: Planned<readonly PlannedStrategyItem[]>;
}

export interface PlannedNatGateway extends PlannedResource {
  readonly type: "zonal" | "regional";
  /** Public IPv4 addresses that it holds, or that a regional one holds in each zone; undefined for one of its own. */
  readonly addresses: Planned<number>;
}

export interface PlannedEndpoint extends PlannedResource {
  readonly service: Planned<string>;
  readonly type: "interface" | "gateway";
  readonly azs: Planned<number>;
}

export interface PlannedLoadBalancer extends PlannedResource {
  readonly name: Planned<string>;
  readonly type: string;
  readonly internetFacing: Planned<boolean>;
  /** Keys of the services behind it, as far as they are known. */
  readonly services: readonly string[];
  readonly azs: Planned<number>;
}

export interface PlannedLogGroup extends PlannedResource {
  readonly name: Planned<string>;
  readonly class: Planned<string>;
  readonly retentionDays: Planned<number>;
}

/** A resource of a file, whatever becomes of it. */
export interface HeldResource {
  readonly key: string;
  readonly address: string;
  /** As its format names it: `aws_efs_file_system`, `AWS::EFS::FileSystem`. */
  readonly type: string;
  readonly place: () => Where;
  /** As far as the input tells it of this resource; the region of the whole input where absent. */
  readonly region?: () => string | undefined;
  /** Its settings, worked out where they are asked for. */
  readonly settings: () => Readonly<Record<string, unknown>>;
  /** Keys of resources that it names, as far as they are known; asked for where its type is not known. */
  readonly names: () => readonly string[];
}

/** What one Terraform plan or CloudFormation template deploys, as far as it has a bearing on the cost of ECS. */
export interface PlannedResources {
  /** File that holds it. */
  readonly file: string;
  readonly realPath?: string;
  /** How the format calls the time after which everything is known: `terraform apply`, `deployment`. */
  readonly knownAfter: string;
  /** What a service with no count runs with. */
  readonly defaultCount: { readonly tasks: number; readonly detail: string };
  readonly regions: readonly { readonly region: string; readonly place: () => Where }[];
  readonly clusters: readonly PlannedCluster[];
  readonly clusterProviders: readonly PlannedClusterProviders[];
  readonly capacityProviders: readonly PlannedCapacityProvider[];
  readonly instanceGroups: readonly PlannedInstanceGroup[];
  readonly taskDefinitions: readonly PlannedTaskDefinition[];
  readonly services: readonly PlannedService[];
  readonly scalableTargets: readonly PlannedScalableTarget[];
  readonly scalingPolicies: readonly PlannedScalingPolicy[];
  readonly scheduledActions: readonly PlannedScheduledAction[];
  readonly taskSchedules: readonly PlannedTaskSchedule[];
  readonly natGateways: readonly PlannedNatGateway[];
  readonly endpoints: readonly PlannedEndpoint[];
  readonly loadBalancers: readonly PlannedLoadBalancer[];
  readonly logGroups: readonly PlannedLogGroup[];
  /** Every resource that the file holds. */
  readonly held: readonly HeldResource[];
  /** What the stack exports, by name. */
  readonly exports: ReadonlyMap<string, Reference>;
  /** Real paths of templates that it holds as nested stacks. */
  readonly nested: readonly string[];
  readonly notes: readonly {
    /** `ignored-input` where not given. */
    readonly code?: "not-understood";
    readonly severity: "info" | "warning";
    readonly subject: string;
    readonly detail: string;
  }[];
}

/** Whether a value is known and set. */
export const isKnown = <T>(value: Planned<T>): value is T => value !== UNKNOWN && value !== undefined;

/** A value where it is known and set. */
export const known = <T>(value: Planned<T>): T | undefined => (value === UNKNOWN ? undefined : value);

/** Whether a reference is a link to a resource. */
export const isLink = (reference: Reference): reference is Link => typeof reference === "object" && "to" in reference;
