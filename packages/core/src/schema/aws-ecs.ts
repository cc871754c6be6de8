import * as z from "zod/mini";

const text = z.string({ error: "must be text" });
const number = z.number({ error: "must be a number" });
const bool = z.boolean({ error: "must be true or false" });
const size = z.union([number, text], { error: "must be a number or text" });
const listOf = <T extends z.core.SomeType>(element: T) => z.nullish(z.array(element, { error: "must be a list" }));
const anything = z.nullish(z.unknown());
const map = { error: "must be a map of keys" };

const tag = z.looseObject({ key: z.nullish(text), value: z.nullish(text) }, map);

const container = z.looseObject(
  {
    name: z.nullish(text),
    essential: z.nullish(bool),
    cpu: z.nullish(size),
    memory: z.nullish(size),
    memoryReservation: z.nullish(size),
    privileged: z.nullish(bool),
    stopTimeout: z.nullish(number),
    disableNetworking: z.nullish(bool),
    portMappings: listOf(
      z.looseObject({ containerPort: z.nullish(number), hostPort: z.nullish(number), protocol: z.nullish(text) }, map),
    ),
    resourceRequirements: listOf(z.looseObject({ type: z.nullish(text), value: z.nullish(z.unknown()) }, map)),
    linuxParameters: z.nullish(z.looseObject({ maxSwap: z.nullish(number), swappiness: z.nullish(number) }, map)),
    dnsServers: anything,
    dnsSearchDomains: anything,
    dockerSecurityOptions: anything,
    extraHosts: anything,
    links: anything,
  },
  map,
);

/** A task definition, as `RegisterTaskDefinition` takes it and `DescribeTaskDefinition` returns it. */
export const taskDefinitionSchema = z.looseObject(
  {
    family: text.check(z.minLength(1, { error: "must not be empty" })),
    revision: z.nullish(number),
    taskDefinitionArn: z.nullish(text),
    cpu: z.nullish(size),
    memory: z.nullish(size),
    networkMode: z.nullish(
      z.enum(["awsvpc", "bridge", "host", "none"], { error: "must be one of awsvpc, bridge, host, none" }),
    ),
    requiresCompatibilities: listOf(text),
    runtimePlatform: z.nullish(
      z.looseObject({ cpuArchitecture: z.nullish(text), operatingSystemFamily: z.nullish(text) }, map),
    ),
    ephemeralStorage: z.nullish(z.looseObject({ sizeInGiB: z.nullish(number) }, map)),
    ipcMode: z.nullish(text),
    placementConstraints: anything,
    containerDefinitions: z.array(container, { error: "must be a list" }),
    tags: listOf(tag),
  },
  map,
);

const strategyItem = z.looseObject({ capacityProvider: text, base: z.nullish(number), weight: z.nullish(number) }, map);

/** A service, as `DescribeServices` returns it. */
export const ecsServiceSchema = z.looseObject(
  {
    serviceName: text.check(z.minLength(1, { error: "must not be empty" })),
    serviceArn: z.nullish(text),
    clusterArn: z.nullish(text),
    status: z.nullish(text),
    desiredCount: z.nullish(z.int({ error: "must be a whole number" }).check(z.gte(0, { error: "must be 0 or more" }))),
    launchType: z.nullish(text),
    capacityProviderStrategy: listOf(strategyItem),
    schedulingStrategy: z.nullish(text),
    deploymentConfiguration: z.nullish(z.looseObject({ minimumHealthyPercent: z.nullish(number) }, map)),
    placementConstraints: listOf(z.unknown()),
    taskDefinition: z.nullish(text),
    networkConfiguration: z.nullish(
      z.looseObject({ awsvpcConfiguration: z.nullish(z.looseObject({ assignPublicIp: z.nullish(text) }, map)) }, map),
    ),
    tags: listOf(tag),
  },
  map,
);

/** Services, as `aws ecs describe-services --query services` prints them. */
export const ecsServiceListSchema = z.array(ecsServiceSchema, { error: "must be a list" });

const failure = z.looseObject({ arn: z.nullish(text), reason: z.nullish(text), detail: z.nullish(text) }, map);

/** What `aws ecs describe-services` prints. */
export const describeServicesSchema = z.looseObject({ services: ecsServiceListSchema, failures: listOf(failure) }, map);

/** What `aws ecs describe-task-definition` prints. */
export const describeTaskDefinitionSchema = z.looseObject(
  { taskDefinition: taskDefinitionSchema, tags: listOf(tag) },
  map,
);

export type EcsTaskDefinition = z.infer<typeof taskDefinitionSchema>;
export type EcsService = z.infer<typeof ecsServiceSchema>;
export type EcsTags = EcsTaskDefinition["tags"];
