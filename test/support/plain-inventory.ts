import type { Inventory, Service, TaskShape } from "@ecs-cost/core";

/** A Linux task of 1 vCPU and 2 GB without anything special, changed as told. */
export const plainTask = (changes: Partial<TaskShape> = {}): TaskShape => ({
  cpu: 1024,
  memory: 2048,
  architecture: "x86_64",
  os: "linux",
  ephemeralStorageGiB: 20,
  gpu: 0,
  networkMode: "awsvpc",
  ports: [],
  privileged: false,
  fargateBlockers: [],
  containers: [],
  requiresCompatibilities: [],
  ...changes,
});

/** One such task on Fargate that brings nothing along, changed as told. */
export const plainService = (changes: Partial<Service> & { readonly name: string }): Service => ({
  id: `production/${changes.name}`,
  cluster: "production",
  tags: {},
  task: plainTask(),
  demand: { kind: "count", tasks: 1 },
  placement: { kind: "launch-type", launchType: "FARGATE" },
  scheduling: "replica",
  placementConstraints: false,
  interruptible: "unspecified",
  network: {
    publicIp: false,
    internetEgressGb: "0",
    crossAzGb: "0",
    imageGb: "0",
    taskStartsPerMonth: "0",
    imagePullSeconds: 0,
  },
  extras: {
    efsGb: "0",
    ebsGiBPerTask: "0",
    ecrGb: "0",
    secrets: "0",
    advancedParameters: "0",
    tracesPerMonth: "0",
    cloudMapInstances: "0",
  },
  origin: "generated",
  ...changes,
});

/** Those services in us-east-1 with nothing shared, and fleets with trunking. */
export const plainInventory = (services: readonly Service[], shared: Partial<Inventory["shared"]> = {}): Inventory => ({
  region: "us-east-1",
  services,
  shared: {
    vpcEndpoints: [],
    loadBalancers: [],
    containerInsights: "off",
    ec2: {
      instanceTypes: [],
      targetCapacity: 100,
      eniTrunking: true,
      azs: 1,
      minInstances: 0,
      memoryOverheadPercent: "5",
      rootVolumeGiB: 30,
      daemons: [],
      purchase: "on-demand",
      given: [],
    },
    ...shared,
  },
  issues: [],
  assumptions: [],
});
