import type { ContainerDefinition } from "../../../domain/workload/task-definition.ts";
import {
  isKnown,
  known,
  type Planned,
  type PlannedLoadBalancer,
  type PlannedResource,
  type PlannedResources,
  type PlannedScalableTarget,
  type PlannedScalingPolicy,
  type PlannedService,
  type PlannedTaskDefinition,
  type Reference,
  UNKNOWN,
} from "./planned.ts";

/** A service of Express Mode, as plans and templates say it. */
export interface PlannedExpressService extends PlannedResource {
  readonly name: Planned<string>;
  readonly cluster: Reference;
  /** Of the user's own; undefined where ECS makes one. */
  readonly taskDefinition: Reference;
  readonly cpu: Planned<string>;
  readonly memory: Planned<string>;
  readonly architecture: Planned<string>;
  readonly container: ContainerDefinition | undefined;
  readonly minTasks: Planned<number>;
  readonly maxTasks: Planned<number>;
  readonly scalingMetric: Planned<string>;
  readonly scalingTarget: Planned<number>;
  readonly subnets: Planned<number>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What Express Mode makes of services, as other resources say it. */
export type ExpressParts = Pick<
  PlannedResources,
  "services" | "taskDefinitions" | "scalableTargets" | "scalingPolicies" | "loadBalancers"
>;

/**
 * What a service has where it says nothing, and how many share a load balancer.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateExpressGatewayService.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-work.html (checked 2026-12-01)
 */
const DEFAULTS = { cpu: "256", memory: "512", minTasks: 1, maxTasks: 20, targetPercent: 60 } as const;
const SERVICES_PER_BALANCER = 25;

const orDefault = <T>(value: Planned<T>, otherwise: T): Planned<T> => (value === undefined ? otherwise : value);

const base = ({ key, address, previousAddress, origin, place }: PlannedExpressService, part: string) => ({
  key: part === "" ? key : `${key}/${part}`,
  address,
  ...(previousAddress === undefined ? {} : { previousAddress }),
  origin,
  place,
});

const definitionOf = (express: PlannedExpressService): PlannedTaskDefinition => ({
  ...base(express, "task-definition"),
  family: isKnown(express.name) ? express.name : express.address,
  arn: undefined,
  revision: undefined,
  cpu: orDefault(express.cpu, DEFAULTS.cpu),
  memory: orDefault(express.memory, DEFAULTS.memory),
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpuArchitecture: express.architecture,
  operatingSystemFamily: undefined,
  ephemeralStorageGiB: undefined,
  ipcMode: undefined,
  placementConstraints: false,
  containers: express.container === undefined ? [] : [express.container],
  tags: express.tags,
});

const serviceOf = (express: PlannedExpressService): PlannedService => ({
  ...base(express, ""),
  name: express.name,
  cluster: express.cluster,
  taskDefinition: express.taskDefinition ?? { to: `${express.key}/task-definition` },
  desiredCount: undefined,
  launchType: "FARGATE",
  strategy: undefined,
  scheduling: undefined,
  publicIp: UNKNOWN,
  minimumHealthyPercent: undefined,
  placementConstraints: false,
  volumes: [],
  tags: express.tags,
});

const targetOf = (express: PlannedExpressService): PlannedScalableTarget => ({
  ...base(express, "scalable-target"),
  service: { to: express.key },
  minTasks: orDefault(express.minTasks, DEFAULTS.minTasks),
  maxTasks: orDefault(express.maxTasks, DEFAULTS.maxTasks),
});

const METRICS: ReadonlyMap<Planned<string>, PlannedScalingPolicy["metric"]> = new Map([
  [undefined, "cpu"],
  ["AVERAGE_CPU", "cpu"],
  ["AVERAGE_MEMORY", "memory"],
]);

const policyOf = (express: PlannedExpressService): readonly PlannedScalingPolicy[] => {
  const metric = METRICS.get(express.scalingMetric);
  if (metric === undefined) return [];
  const targetPercent = orDefault<number>(express.scalingTarget, DEFAULTS.targetPercent);
  return [{ ...base(express, "scaling-policy"), service: { to: express.key }, metric, targetPercent }];
};

/** Up to 25 services share a load balancer; it is called by the first of them. */
const balancersOf = (all: readonly PlannedExpressService[]): readonly PlannedLoadBalancer[] => {
  const count = Math.ceil(all.length / SERVICES_PER_BALANCER);
  return Array.from({ length: count }, (_, i) =>
    all.slice(i * SERVICES_PER_BALANCER, (i + 1) * SERVICES_PER_BALANCER),
  ).flatMap((shared): PlannedLoadBalancer[] => {
    const [first] = shared;
    if (first === undefined) return [];
    const zones = shared.map(({ subnets }) => known(subnets)).find((subnets) => subnets !== undefined);
    return [
      {
        ...base(first, "load-balancer"),
        name: `Express Mode (${first.address})`,
        type: "application",
        internetFacing: UNKNOWN,
        services: shared.map(({ key }) => key),
        azs: zones,
      },
    ];
  });
};

/** Services of Express Mode with the task definitions, scaling and load balancers that ECS makes for them. */
export const expressParts = (all: readonly PlannedExpressService[]): ExpressParts => ({
  services: all.map(serviceOf),
  taskDefinitions: all.filter(({ taskDefinition }) => taskDefinition === undefined).map(definitionOf),
  scalableTargets: all.map(targetOf),
  scalingPolicies: all.flatMap(policyOf),
  loadBalancers: balancersOf(all),
});
