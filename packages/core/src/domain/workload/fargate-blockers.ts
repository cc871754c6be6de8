import type { ContainerDefinition, TaskDefinition } from "./task-definition.ts";

const isSet = (value: unknown): boolean => {
  if (value === null || value === undefined || value === false) return false;
  return !Array.isArray(value) || value.length > 0;
};

/** Container settings that Fargate refuses (Amazon ECS developer guide, task definition differences; checked 2026-11-20). */
const CONTAINER_SETTINGS = [
  "disableNetworking",
  "dnsSearchDomains",
  "dnsServers",
  "dockerSecurityOptions",
  "extraHosts",
  "links",
  "privileged",
] as const;
const LINUX_SETTINGS = ["devices", "maxSwap", "swappiness"] as const;
const TASK_SETTINGS = ["ipcMode", "placementConstraints"] as const;

/** Volumes of a kind that Fargate has not: on the host, of Docker, of FSx for Windows. */
const volumeBlockers = (definition: TaskDefinition): string[] => {
  const volumes = Array.isArray(definition["volumes"]) ? (definition["volumes"] as readonly unknown[]) : [];
  return volumes.flatMap((volume) => {
    const { host, dockerVolumeConfiguration, fsxWindowsFileServerVolumeConfiguration } = (volume ?? {}) as Record<
      string,
      unknown
    >;
    const { sourcePath } = (host ?? {}) as Record<string, unknown>;
    return [
      ...(isSet(sourcePath) ? ["volumes.host.sourcePath"] : []),
      ...(isSet(dockerVolumeConfiguration) ? ["dockerVolumeConfiguration"] : []),
      ...(isSet(fsxWindowsFileServerVolumeConfiguration) ? ["fsxWindowsFileServerVolumeConfiguration"] : []),
    ];
  });
};

const containerBlockers = (container: ContainerDefinition): string[] => {
  const linux = (container["linuxParameters"] ?? {}) as Record<string, unknown>;
  const needsGpu = (container.resourceRequirements ?? []).length > 0;
  return [
    ...CONTAINER_SETTINGS.filter((setting) => isSet(container[setting])),
    ...LINUX_SETTINGS.filter((setting) => isSet(linux[setting])),
    ...(needsGpu ? ["gpu"] : []),
  ];
};

/** Settings of a task definition that Fargate refuses, by name, each once and in alphabetical order. */
export const fargateBlockers = (definition: TaskDefinition): readonly string[] => {
  const names = [
    ...TASK_SETTINGS.filter((setting) => isSet(definition[setting])),
    ...(definition["pidMode"] === "host" ? ["pidMode"] : []),
    ...volumeBlockers(definition),
    ...definition.containerDefinitions.flatMap(containerBlockers),
  ];
  return [...new Set(names)].sort();
};
