import {
  compare,
  createCatalogue,
  type Inventory,
  legalSizes,
  type PriceCatalogue,
  type Service,
} from "@ecs-cost/core";
import { loadInstanceTypes, loadRegion } from "@ecs-cost/pricing-data";
import { sortingSeconds } from "./reference-work.ts";

const SIZES = legalSizes("linux").filter(({ cpu }) => cpu <= 8192);

const service = (index: number): Service => {
  const size = SIZES[(index * 7) % SIZES.length] ?? { cpu: 1024, memory: 2048 };
  return {
    id: `production/service-${index}`,
    name: `service-${index}`,
    cluster: "production",
    tags: {},
    task: {
      ...size,
      architecture: index % 3 === 0 ? "arm64" : "x86_64",
      os: "linux",
      ephemeralStorageGiB: 20,
      gpu: 0,
      networkMode: "awsvpc",
      ports: [],
      privileged: false,
      fargateBlockers: [],
      containers: [],
      requiresCompatibilities: [],
    },
    demand: { kind: "count", tasks: 1 + (index % 5) },
    placement: { kind: "launch-type", launchType: "FARGATE" },
    scheduling: "replica",
    placementConstraints: false,
    interruptible: "unspecified",
    logs: { gbPerMonth: "12.5", class: "standard", retentionDays: 30 },
    network: {
      publicIp: false,
      internetEgressGb: "40",
      crossAzGb: "8",
      imageGb: "0.4",
      taskStartsPerMonth: "60",
      imagePullSeconds: 0,
    },
    extras: {
      efsGb: "0",
      ebsGiBPerTask: "0",
      ecrGb: "2",
      secrets: "3",
      advancedParameters: "0",
      tracesPerMonth: "0",
      cloudMapInstances: "0",
    },
    origin: "bench",
  };
};

const inventory = (services: number): Inventory => ({
  region: "us-east-1",
  services: Array.from({ length: services }, (_, index) => service(index)),
  shared: {
    natGateways: { count: 2, gb: "500", type: "zonal" },
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
  },
  issues: [],
  assumptions: [],
});

const catalogue = (): PriceCatalogue => {
  const loaded = loadRegion("us-east-1");
  if (!loaded.found) throw new Error("The price book has no us-east-1");
  return createCatalogue(loaded.book, loadInstanceTypes());
};

const measure = (services: number): void => {
  const input = inventory(services);
  const start = performance.now();
  const report = compare(input, catalogue());
  const seconds = (performance.now() - start) / 1000;
  const options = report.services.reduce((sum, { options: each }) => sum + each.length, 0);
  const growth = services * Math.log2(services);
  process.stdout.write(
    `compare ${String(services).padStart(6)} services: ${seconds.toFixed(2)} s, ${(seconds / sortingSeconds()).toFixed(1)} x sorting a ` +
      `million numbers, ${((seconds / growth) * 1e6).toFixed(0)} us per n log2 n, ${options} options, peak ` +
      `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`,
  );
};

measure(Number(process.argv[2] ?? "1000"));
