import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContainerDefinition, readTaskDefinition, type TaskDefinition } from "./task-definition.ts";

const definition = (
  containers: readonly ContainerDefinition[],
  more: Partial<TaskDefinition> = {},
): TaskDefinition => ({
  family: "api",
  containerDefinitions: containers,
  ...more,
});
const shapeOf = (given: TaskDefinition) => {
  const reading = readTaskDefinition(given);
  if (reading.kind !== "shape") throw new Error(reading.detail);
  return reading;
};

describe("the size of a task", () => {
  it("is its own where it has one, whatever its containers say", () => {
    const { task, sizeFromContainers } = shapeOf(
      definition([{ name: "a", cpu: 10, memory: 4096 }], { cpu: "512", memory: "1 GB" }),
    );
    expect([task.cpu, task.memory, sizeFromContainers]).toEqual([512, 1024, false]);
  });

  it("is otherwise the sum of its containers, each with its reservation or else its limit", () => {
    const sizes = fc.record({
      cpu: fc.integer({ min: 1, max: 4096 }),
      memory: fc.integer({ min: 6, max: 8192 }),
      memoryReservation: fc.option(fc.integer({ min: 6, max: 8192 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 10 }), (containers) => {
        const { task, sizeFromContainers } = shapeOf(definition(containers));
        expect(task.cpu).toBe(containers.reduce((sum, { cpu }) => sum + cpu, 0));
        expect(task.memory).toBe(containers.reduce((sum, c) => sum + (c.memoryReservation ?? c.memory), 0));
        expect(sizeFromContainers).toBe(true);
      }),
    );
  });

  it("may come from the task for one half and from the containers for the other", () => {
    const { task, sizeFromContainers } = shapeOf(definition([{ cpu: 10, memory: 512 }], { cpu: "256" }));
    expect([task.cpu, task.memory, sizeFromContainers]).toEqual([256, 512, true]);
  });

  it.each([
    ["memory", [{ cpu: 256, memory: 512 }, { cpu: 256 }]],
    ["CPU and memory", []],
  ])("is missing without %s", (what, containers) => {
    expect(readTaskDefinition(definition(containers))).toEqual({
      kind: "missing-size",
      detail: `neither the task nor all of its containers give ${what}`,
    });
  });
});

describe("a task without CPU", () => {
  it("reserves none of its instance, and is placed by its memory", () => {
    expect(shapeOf(definition([{ memory: 512 }, { memory: 1024, memoryReservation: 256 }])).task).toMatchObject({
      cpu: 0,
      memory: 768,
    });
  });

  it("is missing it where it is for Fargate", () => {
    const reading = readTaskDefinition(definition([{ memory: 512 }], { requiresCompatibilities: ["FARGATE"] }));
    expect(reading).toMatchObject({ kind: "missing-size", detail: expect.stringContaining("CPU") });
  });
});

describe("a task", () => {
  const sized = { cpu: "256", memory: "512" };

  it("runs on Linux, x86_64 and in bridge mode where it says nothing, with the free storage", () => {
    expect(shapeOf(definition([], sized)).task).toMatchObject({
      architecture: "x86_64",
      os: "linux",
      networkMode: "bridge",
      ephemeralStorageGiB: 20,
      gpu: 0,
      privileged: false,
      fargateBlockers: [],
      requiresCompatibilities: [],
    });
  });

  it("for Fargate is in awsvpc mode", () => {
    expect(shapeOf(definition([], { ...sized, requiresCompatibilities: ["FARGATE"] })).task.networkMode).toBe("awsvpc");
  });

  it("takes platform and storage from its definition", () => {
    const platform = { cpuArchitecture: "ARM64", operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" };
    expect(
      shapeOf(definition([], { ...sized, runtimePlatform: platform, ephemeralStorage: { sizeInGiB: 50 } })).task,
    ).toMatchObject({ architecture: "arm64", os: "windows", ephemeralStorageGiB: 50 });
  });

  it.each([
    ["awsvpc", [undefined, undefined, undefined]],
    ["bridge", [8080, undefined, undefined]],
    ["host", [80, 81, 82]],
    ["none", [undefined, undefined, undefined]],
  ] as const)("takes ports of its instance in mode %s: %j", (networkMode, expected) => {
    const portMappings = [
      { containerPort: 80, hostPort: 8080 },
      { containerPort: 81, hostPort: 0 },
      { containerPort: 82 },
    ];
    const { ports } = shapeOf(definition([{ portMappings }], { ...sized, networkMode })).task;
    expect(ports.map(({ hostPort }) => hostPort)).toEqual(expected);
  });

  it("adds up the GPUs of its containers", () => {
    const gpus = (value: string) => ({ resourceRequirements: [{ type: "GPU", value }] });
    expect(shapeOf(definition([gpus("1"), gpus("2")], sized)).task.gpu).toBe(3);
  });

  it("keeps a need that is not understood", () => {
    const other = { resourceRequirements: [{ type: "Other", value: "9" }] };
    const { task } = shapeOf(definition([other], sized));
    expect(task).toMatchObject({ gpu: 0, accelerator: { kind: "not-understood" }, fargateBlockers: ["gpu"] });
  });

  it.each([
    ["disableNetworking", { disableNetworking: true }],
    ["dnsSearchDomains", { dnsSearchDomains: ["a"] }],
    ["dnsServers", { dnsServers: ["10.0.0.2"] }],
    ["dockerSecurityOptions", { dockerSecurityOptions: ["no-new-privileges"] }],
    ["extraHosts", { extraHosts: [{ hostname: "a", ipAddress: "10.0.0.1" }] }],
    ["gpu", { resourceRequirements: [{ type: "GPU", value: "1" }] }],
    ["links", { links: ["b"] }],
    ["maxSwap", { linuxParameters: { maxSwap: 0 } }],
    ["privileged", { privileged: true }],
    ["swappiness", { linuxParameters: { swappiness: 60 } }],
  ])("is kept off Fargate by %s", (name, container) => {
    expect(shapeOf(definition([container, container], sized)).task.fargateBlockers).toEqual([name]);
  });

  it("is kept off Fargate by settings of the task, and not by empty ones", () => {
    const blocked = { ...sized, ipcMode: "host", placementConstraints: [{ type: "memberOf" }] };
    expect(shapeOf(definition([], blocked)).task.fargateBlockers).toEqual(["ipcMode", "placementConstraints"]);
    const empty = { privileged: false, links: [], dnsServers: null, linuxParameters: null };
    expect(shapeOf(definition([empty], { ...sized, placementConstraints: [] })).task.fargateBlockers).toEqual([]);
  });
});
