import type { AccountRecord, ClusterRecord, ServiceRecord, TaskDefinitionRecord } from "../account.ts";
import { AwsFault } from "../fault.ts";
import { pageOf } from "../paging.ts";
import {
  type CallContext,
  fewTextsOf,
  type Input,
  type JsonHandlers,
  regionOf,
  sizeOf,
  textOf,
  textsOf,
} from "../request.ts";

const lastOf = (arn: string): string => arn.split("/").at(-1) ?? arn;

const findCluster = (input: Input, context: CallContext): ClusterRecord => {
  const asked = lastOf(textOf(input, "cluster") ?? "default");
  const found = regionOf(context).clusters.find(({ name }) => name === asked);
  if (found === undefined) throw new AwsFault("ClusterNotFoundException", "Cluster not found.");
  return found;
};

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);

/** The name of the managed instances in every cluster that has some. */
const MANAGED = "managed";

const clusterOutput = (cluster: ClusterRecord, include: readonly string[], managed: boolean) => ({
  clusterArn: cluster.arn,
  clusterName: cluster.name,
  status: "ACTIVE",
  registeredContainerInstancesCount: cluster.instances.length,
  runningTasksCount: sum(cluster.services.map(({ desired }) => desired)) + cluster.standalone.length,
  pendingTasksCount: 0,
  activeServicesCount: cluster.services.length,
  capacityProviders: [
    ...["FARGATE", "FARGATE_SPOT"],
    ...(cluster.instances.length > 0 ? [`${cluster.name}-asg`] : []),
    ...(managed ? [MANAGED] : []),
  ],
  defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1, base: 0 }],
  ...(include.includes("SETTINGS")
    ? { settings: [{ name: "containerInsights", value: cluster.containerInsights }] }
    : {}),
  ...(include.includes("TAGS") ? { tags: [{ key: "environment", value: "production" }] } : {}),
});

const placementOutput = (service: ServiceRecord, cluster: ClusterRecord, managed: boolean) => {
  if (service.launch !== "strategy") return { launchType: service.launch };
  if (managed) return { capacityProviderStrategy: [{ capacityProvider: MANAGED, weight: 1, base: 0 }] };
  const spot = service.spot ? [{ capacityProvider: "FARGATE_SPOT", weight: 3, base: 0 }] : [];
  const onDemand = { capacityProvider: "FARGATE", weight: 1, base: cluster.services.length % 2 };
  return { capacityProviderStrategy: [onDemand, ...spot] };
};

const serviceOutput = (service: ServiceRecord, cluster: ClusterRecord, { now, managedInstances }: AccountRecord) => ({
  serviceArn: service.arn,
  serviceName: service.name,
  clusterArn: cluster.arn,
  status: "ACTIVE",
  desiredCount: service.desired,
  runningCount: service.desired,
  pendingCount: 0,
  ...placementOutput(service, cluster, managedInstances),
  taskDefinition: service.taskDefinitionArn,
  schedulingStrategy: service.daemon ? "DAEMON" : "REPLICA",
  placementConstraints: [],
  placementStrategy: [],
  loadBalancers:
    service.targetGroupArn === undefined
      ? []
      : [{ targetGroupArn: service.targetGroupArn, containerName: "app", containerPort: 8080 }],
  networkConfiguration: {
    awsvpcConfiguration: {
      subnets: ["subnet-0a", "subnet-0b"],
      securityGroups: ["sg-01"],
      assignPublicIp: service.publicIp ? "ENABLED" : "DISABLED",
    },
  },
  createdAt: now - 90 * 86_400,
  enableECSManagedTags: true,
  propagateTags: "SERVICE",
  tags: [{ key: "team", value: service.team }],
});

const describeServices = (input: Input, context: CallContext) => {
  const cluster = findCluster(input, context);
  const asked = fewTextsOf(input, "services", 10);
  const found = asked.map((name) => cluster.services.find((each) => each.name === lastOf(name)));
  return {
    services: found.flatMap((each) => (each === undefined ? [] : [serviceOutput(each, cluster, context.account)])),
    failures: asked.filter((_, at) => found[at] === undefined).map((arn) => ({ arn, reason: "MISSING" })),
  };
};

const definitionOutput = (definition: TaskDefinitionRecord, region: string) => ({
  taskDefinitionArn: definition.arn,
  family: definition.family,
  revision: definition.revision,
  status: "ACTIVE",
  cpu: String(definition.cpu),
  memory: String(definition.memory),
  networkMode: "awsvpc",
  requiresCompatibilities: definition.fargate ? ["FARGATE"] : ["EC2"],
  compatibilities: definition.fargate ? ["EC2", "FARGATE"] : ["EC2"],
  runtimePlatform: { cpuArchitecture: definition.arm ? "ARM64" : "X86_64", operatingSystemFamily: "LINUX" },
  placementConstraints: [],
  volumes: [],
  containerDefinitions: [
    {
      name: "app",
      image: `${definition.family}:latest`,
      essential: true,
      cpu: 0,
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
      secrets: [{ name: "DB_PASSWORD", valueFrom: `arn:aws:secretsmanager:${region}:123456789012:secret:db` }],
      environment: [{ name: "API_TOKEN", value: "plain-text-secret-of-the-task" }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": definition.logGroup, "awslogs-region": region, "awslogs-stream-prefix": "app" },
      },
    },
  ],
});

const describeTaskDefinition = (input: Input, context: CallContext) => {
  const asked = textOf(input, "taskDefinition") ?? "";
  const { taskDefinitions } = regionOf(context);
  const definition =
    taskDefinitions.get(asked) ?? [...taskDefinitions.values()].find(({ family }) => family === lastOf(asked));
  if (definition === undefined) throw new AwsFault("ClientException", "Unable to describe task definition.");
  return {
    taskDefinition: definitionOutput(definition, context.region),
    tags: [{ key: "family", value: definition.family }],
  };
};

const listTasks = (input: Input, context: CallContext) => {
  const cluster = findCluster(input, context);
  const ofServices = cluster.services.flatMap((service) =>
    Array.from(
      { length: service.desired },
      (_, at) => `${cluster.arn.replace(":cluster/", ":task/")}/${service.name}-${at}`,
    ),
  );
  const all = [...cluster.standalone.map(({ arn }) => arn), ...ofServices];
  const { items, next } = pageOf(all, sizeOf(input, "maxResults", 100, 100), textOf(input, "nextToken"));
  return { taskArns: items, nextToken: next };
};

const describeTasks = (input: Input, context: CallContext) => {
  const cluster = findCluster(input, context);
  const tasks = fewTextsOf(input, "tasks", 100).map((arn) => {
    const alone = cluster.standalone.find((each) => each.arn === arn);
    if (alone === undefined) {
      return { taskArn: arn, clusterArn: cluster.arn, group: `service:${lastOf(arn)}`, lastStatus: "RUNNING" };
    }
    const family = regionOf(context).taskDefinitions.get(alone.taskDefinitionArn)?.family ?? "";
    return {
      taskArn: arn,
      clusterArn: cluster.arn,
      group: `family:${family}`,
      startedBy: alone.startedBy,
      taskDefinitionArn: alone.taskDefinitionArn,
      launchType: "FARGATE",
      lastStatus: "RUNNING",
      createdAt: context.account.now - 600,
      pullStartedAt: context.account.now - 590,
      startedAt: context.account.now - 560,
    };
  });
  return { tasks, failures: [] };
};

const resource = (name: string, value: number) => ({ name, type: "INTEGER", integerValue: value });

const describeContainerInstances = (input: Input, context: CallContext) => {
  const cluster = findCluster(input, context);
  const asked = fewTextsOf(input, "containerInstances", 100);
  const found = cluster.instances.filter(({ arn }) => asked.includes(arn));
  return {
    containerInstances: found.map(({ arn, instanceType, zone }, at) => ({
      containerInstanceArn: arn,
      ec2InstanceId: `i-${String(at).padStart(17, "0")}`,
      capacityProviderName: `${cluster.name}-asg`,
      status: "ACTIVE",
      runningTasksCount: 2,
      registeredResources: [resource("CPU", 2048), resource("MEMORY", 7820)],
      remainingResources: [resource("CPU", 1024), resource("MEMORY", 3724)],
      attributes: [
        { name: "ecs.instance-type", value: instanceType },
        { name: "ecs.availability-zone", value: zone },
        { name: "ecs.awsvpc-trunk-id", value: "eni-0123456789abcdef0" },
      ],
    })),
    failures: [],
  };
};

const describeCapacityProviders = (input: Input, context: CallContext) => {
  const asked = textsOf(input, "capacityProviders");
  const own = regionOf(context).clusters.filter(({ instances }) => instances.length > 0);
  const providers = own.map(({ name }) => ({
    name: `${name}-asg`,
    status: "ACTIVE",
    autoScalingGroupProvider: {
      autoScalingGroupArn: `arn:aws:autoscaling:${context.region}:123456789012:autoScalingGroup:uuid:autoScalingGroupName/${name}`,
      managedScaling: { status: "ENABLED", targetCapacity: 90, minimumScalingStepSize: 1, maximumScalingStepSize: 100 },
    },
  }));
  const cluster = textOf(input, "cluster");
  if (cluster !== undefined && context.account.managedInstances) {
    const at = regionOf(context).clusters.findIndex(({ name }) => name === lastOf(cluster));
    const capacityOptionType = at % 2 === 0 ? "ON_DEMAND" : "SPOT";
    const managedInstancesProvider = { instanceLaunchTemplate: { ec2InstanceProfileArn: "arn", capacityOptionType } };
    return {
      capacityProviders: [{ name: MANAGED, cluster: lastOf(cluster), status: "ACTIVE", managedInstancesProvider }],
    };
  }
  const all = [{ name: "FARGATE", status: "ACTIVE" }, { name: "FARGATE_SPOT", status: "ACTIVE" }, ...providers];
  return { capacityProviders: all.filter(({ name }) => asked.length === 0 || asked.includes(name)), failures: [] };
};

/** Operations of Amazon ECS that list and describe. */
export const ecsHandlers: JsonHandlers = {
  ListClusters: (input, context) => {
    const arns = regionOf(context).clusters.map(({ arn }) => arn);
    const { items, next } = pageOf(arns, sizeOf(input, "maxResults", 100, 100), textOf(input, "nextToken"));
    return { clusterArns: items, nextToken: next };
  },
  DescribeClusters: (input, context) => {
    const asked = fewTextsOf(input, "clusters", 100).map(lastOf);
    const include = textsOf(input, "include");
    const found = regionOf(context).clusters.filter(({ name }) => asked.includes(name));
    const missing = asked.filter((name) => !found.some((each) => each.name === name));
    return {
      clusters: found.map((cluster) => clusterOutput(cluster, include, context.account.managedInstances)),
      failures: missing.map((arn) => ({ arn, reason: "MISSING" })),
    };
  },
  ListServices: (input, context) => {
    const arns = findCluster(input, context).services.map(({ arn }) => arn);
    const { items, next } = pageOf(arns, sizeOf(input, "maxResults", 10, 100), textOf(input, "nextToken"));
    return { serviceArns: items, nextToken: next };
  },
  DescribeServices: describeServices,
  DescribeTaskDefinition: describeTaskDefinition,
  ListTasks: listTasks,
  DescribeTasks: describeTasks,
  ListContainerInstances: (input, context) => {
    const arns = findCluster(input, context).instances.map(({ arn }) => arn);
    const { items, next } = pageOf(arns, sizeOf(input, "maxResults", 100, 100), textOf(input, "nextToken"));
    return { containerInstanceArns: items, nextToken: next };
  },
  DescribeContainerInstances: describeContainerInstances,
  DescribeCapacityProviders: describeCapacityProviders,
};
