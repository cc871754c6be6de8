import { chance, hashText, pick } from "./noise.ts";

export const ACCOUNT_ID = "123456789012";

/** How large the account is; the same options give the same account. */
export interface AccountOptions {
  readonly regions?: readonly string[];
  /** Clusters in each region. */
  readonly clusters?: number;
  /** Services in each cluster. */
  readonly services?: number;
  readonly seed?: number;
  /** Whether rules and schedules start tasks; default false. */
  readonly scheduled?: boolean;
  /** Whether strategies are over managed instances, which are Spot in every second cluster; default false. */
  readonly managedInstances?: boolean;
  /** Seconds since 1970 that count as now. */
  readonly now?: number;
}

export interface ServiceRecord {
  readonly name: string;
  readonly arn: string;
  readonly taskDefinitionArn: string;
  readonly desired: number;
  readonly spot: boolean;
  readonly launch: "strategy" | "FARGATE" | "EC2";
  readonly daemon: boolean;
  readonly targetGroupArn?: string;
  readonly publicIp: boolean;
  readonly team: string;
}

export interface TaskDefinitionRecord {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly cpu: number;
  readonly memory: number;
  readonly arm: boolean;
  readonly fargate: boolean;
  readonly logGroup: string;
}

export interface StandaloneRecord {
  readonly arn: string;
  readonly taskDefinitionArn: string;
  readonly startedBy: string;
}

export interface ClusterRecord {
  readonly name: string;
  readonly arn: string;
  readonly containerInsights: "disabled" | "enabled" | "enhanced";
  readonly services: readonly ServiceRecord[];
  readonly standalone: readonly StandaloneRecord[];
  readonly instances: readonly { readonly arn: string; readonly instanceType: string; readonly zone: string }[];
}

export interface RegionRecord {
  readonly region: string;
  readonly clusters: readonly ClusterRecord[];
  readonly taskDefinitions: ReadonlyMap<string, TaskDefinitionRecord>;
}

export interface AccountRecord {
  readonly seed: number;
  readonly now: number;
  readonly regions: readonly RegionRecord[];
  readonly scheduled: boolean;
  readonly managedInstances: boolean;
}

export const DEFAULT_NOW = Date.UTC(2026, 10, 20, 12) / 1000;

type Size = readonly [cpu: number, memory: number];

const SIZES: readonly [Size, ...Size[]] = [
  [256, 512],
  [512, 1024],
  [1024, 2048],
  [2048, 4096],
  [4096, 8192],
];

const padded = (value: number, width: number): string => String(value).padStart(width, "0");

const arnOf = (region: string, kind: string): string => `arn:aws:ecs:${region}:${ACCOUNT_ID}:${kind}`;

const definitionOf = (region: string, family: string, seed: number): TaskDefinitionRecord => {
  const [cpu, memory] = pick(SIZES, `${family}:size`, seed);
  const revision = 1 + (hashText(`${family}:revision`, seed) % 40);
  return {
    arn: arnOf(region, `task-definition/${family}:${revision}`),
    family,
    revision,
    cpu,
    memory,
    arm: chance(`${family}:arm`, seed) < 0.4,
    fargate: !family.endsWith("-host"),
    logGroup: `/ecs/${family}`,
  };
};

const serviceOf = (region: string, cluster: string, index: number, seed: number) => {
  const name = `svc-${padded(index, 4)}`;
  const id = `${region}/${cluster}/${name}`;
  const roll = chance(`${id}:launch`, seed);
  const launch = roll < 0.5 ? "FARGATE" : roll < 0.85 ? "strategy" : "EC2";
  const daemon = launch === "EC2" && chance(`${id}:daemon`, seed) < 0.2;
  const definition = definitionOf(region, `${cluster}-${name}${launch === "EC2" ? "-host" : ""}`, seed);
  const service: ServiceRecord = {
    name,
    arn: arnOf(region, `service/${cluster}/${name}`),
    taskDefinitionArn: definition.arn,
    desired: hashText(`${id}:desired`, seed) % 12,
    spot: launch === "strategy" && chance(`${id}:spot`, seed) < 0.6,
    launch,
    daemon,
    publicIp: chance(`${id}:ip`, seed) < 0.1,
    team: pick(["web", "data", "payments", "search"], `${id}:team`, seed),
    ...(index % 4 === 0
      ? {
          targetGroupArn: `arn:aws:elasticloadbalancing:${region}:${ACCOUNT_ID}:targetgroup/${cluster}-${name}/0123456789abcdef`,
        }
      : {}),
  };
  return { service, definition };
};

const clusterOf = (region: string, index: number, services: number, seed: number) => {
  const name = `cluster-${padded(index, 2)}`;
  const made = Array.from({ length: services }, (_, at) => serviceOf(region, name, at, seed));
  const batch = definitionOf(region, `${name}-nightly`, seed);
  const report = definitionOf(region, `${name}-report`, seed);
  const needsHosts = made.some(({ service }) => service.launch === "EC2");
  const cluster: ClusterRecord = {
    name,
    arn: arnOf(region, `cluster/${name}`),
    containerInsights: pick(["disabled", "enabled", "enhanced"], `${region}/${name}:insights`, seed),
    services: made.map(({ service }) => service),
    standalone: Array.from({ length: index % 2 === 0 ? 2 : 0 }, (_, at) => ({
      arn: arnOf(region, `task/${name}/${padded(at, 32)}`),
      taskDefinitionArn: batch.arn,
      startedBy: at === 0 ? "events-rule/nightly" : "ecs-cost-test",
    })),
    instances: Array.from({ length: needsHosts ? 2 : 0 }, (_, at) => ({
      arn: arnOf(region, `container-instance/${name}/${padded(at, 32)}`),
      instanceType: "m7g.large",
      zone: `${region}${at === 0 ? "a" : "b"}`,
    })),
  };
  return { cluster, definitions: [...made.map(({ definition }) => definition), batch, report] };
};

const regionOf = (region: string, options: AccountOptions, seed: number): RegionRecord => {
  const made = Array.from({ length: options.clusters ?? 2 }, (_, at) =>
    clusterOf(region, at, options.services ?? 4, seed),
  );
  const definitions = made.flatMap((each) => each.definitions);
  return {
    region,
    clusters: made.map(({ cluster }) => cluster),
    taskDefinitions: new Map(definitions.map((definition) => [definition.arn, definition])),
  };
};

/** An account with its clusters, services and task definitions. */
export const createAccount = (options: AccountOptions = {}): AccountRecord => {
  const seed = options.seed ?? 1;
  const regions = (options.regions ?? ["eu-west-1"]).map((region) => regionOf(region, options, seed));
  const { now = DEFAULT_NOW, scheduled = false, managedInstances = false } = options;
  return { seed, now, regions, scheduled, managedInstances };
};
