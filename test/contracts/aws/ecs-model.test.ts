import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

/** Types of the SDK, whose settings are those that ECS takes today. */
const declarations = (): string => {
  const core = new URL("../../../packages/core/package.json", import.meta.url);
  const client = createRequire(core).resolve("@aws-sdk/client-ecs/package.json");
  const models = join(dirname(client), "dist-types/models");
  return ["models_0.d.ts", "models_1.d.ts"].map((file) => readFileSync(join(models, file), "utf8")).join("\n");
};

const withoutComments = (text: string): string => text.replaceAll(/\/\*\*[\s\S]*?\*\//g, "");

const interfacesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/export interface (\w+) (?:extends [^{]+)?\{([\s\S]*?)\n\}/g)].map(([, name = "", body = ""]) => [
      name,
      body,
    ]),
  );

const interfaces = interfacesOf(withoutComments(declarations()));

/** Paths of all settings below a type. */
const settingsOf = (type: string, path = "", above: readonly string[] = []): readonly string[] =>
  [...(interfaces.get(type) ?? "").matchAll(/^ {4}(\w+)\??: ([^;]+);/gm)].flatMap(([, key = "", of = ""]) => {
    const here = `${path}${key}`;
    const inner = [...of.matchAll(/\b([A-Z]\w+)\b/g)].flatMap(([, name = ""]) =>
      interfaces.has(name) && !above.includes(name) ? settingsOf(name, `${here}.`, [...above, name]) : [],
    );
    return [here, ...inner];
  });

/** What is read, what a table or an issue names, and what no cost depends on; a path stands for what is below it. */
interface Judgement {
  readonly used: readonly string[];
  readonly named: readonly string[];
  readonly withoutEffect: readonly string[];
}

const CONTAINER = "containerDefinitions.";

const TASK_DEFINITION: Judgement = {
  used: [
    ...["family", "networkMode", "requiresCompatibilities", "cpu", "memory", "tags", "ipcMode", "pidMode"],
    ...["placementConstraints", "ephemeralStorage", "runtimePlatform", "containerDefinitions", "volumes"],
    ...["name", "cpu", "memory", "memoryReservation", "essential", "privileged", "stopTimeout", "portMappings"].map(
      (key) => CONTAINER + key,
    ),
    ...["resourceRequirements", "links", "disableNetworking", "dnsServers", "dnsSearchDomains", "extraHosts"].map(
      (key) => CONTAINER + key,
    ),
    ...["dockerSecurityOptions", "logConfiguration", "linuxParameters.devices", "linuxParameters.maxSwap"].map(
      (key) => CONTAINER + key,
    ),
    ...["linuxParameters.swappiness", "linuxParameters"].map((key) => CONTAINER + key),
    ...["volumes.host", "volumes.dockerVolumeConfiguration", "volumes.fsxWindowsFileServerVolumeConfiguration"],
  ],
  /** File systems, secrets and accelerators that are resources of their own, which the account of a file names. */
  named: [
    ...["inferenceAccelerators", "volumes.efsVolumeConfiguration", "volumes.s3filesVolumeConfiguration"],
    ...["secrets", "repositoryCredentials", "firelensConfiguration"].map((key) => CONTAINER + key),
  ],
  withoutEffect: [
    ...["taskRoleArn", "executionRoleArn", "proxyConfiguration", "enableFaultInjection"],
    ...["volumes.name", "volumes.configuredAtLaunch"],
    ...["image", "restartPolicy", "entryPoint", "command", "environment", "environmentFiles", "mountPoints"].map(
      (key) => CONTAINER + key,
    ),
    ...["volumesFrom", "dependsOn", "startTimeout", "versionConsistency", "hostname", "user"].map(
      (key) => CONTAINER + key,
    ),
    ...["workingDirectory", "readonlyRootFilesystem", "interactive", "pseudoTerminal", "dockerLabels"].map(
      (key) => CONTAINER + key,
    ),
    ...["ulimits", "healthCheck", "systemControls", "credentialSpecs"].map((key) => CONTAINER + key),
    ...["capabilities", "initProcessEnabled", "sharedMemorySize", "tmpfs"].map(
      (key) => `${CONTAINER}linuxParameters.${key}`,
    ),
  ],
};

const SERVICE: Judgement = {
  used: [
    ...["cluster", "serviceName", "taskDefinition", "desiredCount", "launchType", "capacityProviderStrategy"],
    ...["schedulingStrategy", "placementConstraints", "tags", "networkConfiguration", "deploymentConfiguration"],
    ...[
      "deploymentConfiguration.minimumHealthyPercent",
      "volumeConfigurations",
      "volumeConfigurations.managedEBSVolume",
    ],
    ...["loadBalancers", "monitoring", "deploymentConfiguration.strategy", "deploymentConfiguration.bakeTimeInMinutes"],
  ],
  named: [
    ...["serviceRegistries", "serviceConnectConfiguration", "vpcLatticeConfigurations", "gatewayConnectors"],
    ...[
      "deploymentController",
      "deploymentConfiguration.linearConfiguration",
      "deploymentConfiguration.canaryConfiguration",
    ],
    ...[
      "volumeConfigurations.managedEBSVolume.volumeInitializationRate",
      "volumeConfigurations.managedEBSVolume.snapshotId",
    ],
  ],
  withoutEffect: [
    ...["availabilityZoneRebalancing", "clientToken", "platformVersion", "role", "placementStrategy"],
    ...["healthCheckGracePeriodSeconds", "enableECSManagedTags", "propagateTags", "enableExecuteCommand"],
    ...["deploymentConfiguration.deploymentCircuitBreaker", "deploymentConfiguration.maximumPercent"],
    ...[
      "deploymentConfiguration.alarms",
      "deploymentConfiguration.lifecycleHooks",
      "deploymentConfiguration.earlySuccessCriteria",
    ],
    ...["volumeConfigurations.name", "volumeConfigurations.managedEBSVolume.encrypted"],
    ...["volumeConfigurations.managedEBSVolume.kmsKeyId", "volumeConfigurations.managedEBSVolume.roleArn"],
    ...[
      "volumeConfigurations.managedEBSVolume.filesystemType",
      "volumeConfigurations.managedEBSVolume.tagSpecifications",
    ],
  ],
};

/** Settings of which only parts are judged: what is new below them is not judged with them. */
const OPEN = [
  "containerDefinitions",
  "containerDefinitions.linuxParameters",
  "volumes",
  "deploymentConfiguration",
  "volumeConfigurations",
];

const isJudged = (setting: string, { used, named, withoutEffect }: Judgement): boolean =>
  [...used, ...named, ...withoutEffect].some(
    (judged) => setting === judged || (!OPEN.includes(judged) && setting.startsWith(`${judged}.`)),
  );

describe.each([
  ["RegisterTaskDefinitionRequest", TASK_DEFINITION],
  ["CreateServiceRequest", SERVICE],
] as const)("every setting of %s", (type, judgement) => {
  const settings = settingsOf(type);

  it("is used, named or without effect on cost", () => {
    expect(settings.length).toBeGreaterThan(100);
    expect(settings.filter((setting) => !isJudged(setting, judgement))).toEqual([]);
  });

  it("is one that ECS has", () => {
    const known = new Set(settings);
    const all = [...judgement.used, ...judgement.named, ...judgement.withoutEffect];
    expect(all.filter((setting) => !known.has(setting))).toEqual([]);
  });
});
