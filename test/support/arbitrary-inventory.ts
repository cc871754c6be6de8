import type { Demand, Inventory, Placement, Service, TaskShape } from "@ecs-cost/core";
import { legalSizes } from "@ecs-cost/core";
import fc from "fast-check";

const SIZES = legalSizes("linux").filter(({ cpu }) => cpu <= 4096);

const task: fc.Arbitrary<TaskShape> = fc
  .record({
    size: fc.constantFrom(...SIZES),
    architecture: fc.constantFrom("x86_64" as const, "arm64" as const),
    ephemeralStorageGiB: fc.constantFrom(20, 20, 20, 55),
    networkMode: fc.constantFrom("awsvpc" as const, "awsvpc" as const, "bridge" as const),
  })
  .map(({ size, ...rest }) => ({
    ...rest,
    cpu: size.cpu,
    memory: size.memory,
    os: "linux",
    gpu: 0,
    ports: [],
    privileged: false,
    fargateBlockers: [],
    containers: [],
    requiresCompatibilities: [],
  }));

const demand: fc.Arbitrary<Demand> = fc.oneof(
  fc.record({ kind: fc.constant("count" as const), tasks: fc.integer({ min: 0, max: 25 }) }),
  fc.record({
    kind: fc.constant("runs" as const),
    perMonth: fc.integer({ min: 0, max: 5000 }),
    seconds: fc.integer({ min: 1, max: 7200 }),
    pullSeconds: fc.integer({ min: 0, max: 90 }),
  }),
  fc.record({
    kind: fc.constant("hourly" as const),
    counts: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 48 }),
  }),
);

const placement: fc.Arbitrary<Placement> = fc.oneof(
  fc.record({
    kind: fc.constant("launch-type" as const),
    launchType: fc.constantFrom("FARGATE" as const, "EC2" as const, "MANAGED_INSTANCES" as const),
  }),
  fc.record({ base: fc.integer({ min: 0, max: 9 }), weights: fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })) }).map(
    ({ base, weights }): Placement => ({
      kind: "strategy",
      items: [
        { capacityProvider: "FARGATE", base, weight: weights[0] },
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: weights[1] },
      ],
    }),
  ),
  fc.constant<Placement>({ kind: "unspecified" }),
);

const quantity = fc.integer({ min: 0, max: 500_000 }).map((tenths) => (tenths / 10).toString());

const service = (index: number): fc.Arbitrary<Service> =>
  fc
    .record({
      cluster: fc.constantFrom("blue", "green"),
      task,
      demand,
      placement,
      interruptible: fc.constantFrom("no" as const, "partly" as const, "yes" as const, "unspecified" as const),
      publicIp: fc.boolean(),
      gb: quantity,
      logs: quantity,
    })
    .map(({ cluster, publicIp, gb, logs, ...rest }) => ({
      ...rest,
      id: `${cluster}/s${index}`,
      name: `s${index}`,
      cluster,
      tags: {},
      scheduling: "replica",
      placementConstraints: false,
      logs: { gbPerMonth: logs, class: "standard", retentionDays: 30 },
      network: {
        publicIp,
        internetEgressGb: gb,
        crossAzGb: "1.5",
        imageGb: "0.4",
        taskStartsPerMonth: "70",
        imagePullSeconds: 7,
      },
      extras: {
        efsGb: "1",
        ebsGiBPerTask: "3",
        ecrGb: "2",
        secrets: "2",
        advancedParameters: "0",
        tracesPerMonth: "0",
        cloudMapInstances: "0",
      },
      origin: "generated",
    }));

/** Inventories of a few services of every kind in two clusters. */
export const arbitraryInventory: fc.Arbitrary<Inventory> = fc
  .integer({ min: 1, max: 5 })
  .chain((count) =>
    fc.record({
      services: fc.tuple(...Array.from({ length: count }, (_, index) => service(index))),
      azs: fc.integer({ min: 1, max: 3 }),
      targetCapacity: fc.constantFrom(100, 100, 80),
    }),
  )
  .map(({ services, azs, targetCapacity }) => ({
    region: "us-east-1",
    services,
    shared: {
      natGateways: { count: 1, gb: "12.5", type: "zonal" },
      vpcEndpoints: [],
      loadBalancers: [],
      containerInsights: "off",
      ec2: {
        instanceTypes: [],
        targetCapacity,
        eniTrunking: true,
        azs,
        minInstances: 0,
        memoryOverheadPercent: "5",
        rootVolumeGiB: 30,
        daemons: [{ cpu: 64, memory: 128 }],
        purchase: "on-demand",
        given: [],
      },
    },
    issues: [],
    assumptions: [],
  }));
