import { describe, expect, it } from "vitest";
import { sampleService, sampleTask } from "../../../test/sample-service.ts";
import type { Service } from "../workload/service.ts";
import type { TaskShape } from "../workload/task.ts";
import { judgeFeasibility } from "./feasibility.ts";
import type { LaunchOption, Product } from "./option.ts";

const option = (product: Product, purchase = "on-demand", architecture = "x86_64"): LaunchOption =>
  ({ product, purchase, architecture }) as LaunchOption;

const blockers = (where: LaunchOption, task: Partial<TaskShape>, service: Partial<Service> = {}): string[] =>
  judgeFeasibility(sampleService(service), sampleTask(task), where).blockers.map(({ code }) => code);

describe("what keeps a task off an option", () => {
  it.each<[string, Partial<TaskShape>, Partial<Service>]>([
    ["gpu", { gpu: 1 }, {}],
    ["privileged", { privileged: true }, {}],
    ["task-definition", { fargateBlockers: ["ipcMode"] }, {}],
    ["daemon", {}, { scheduling: "daemon" }],
    ["placement-constraints", {}, { placementConstraints: true }],
    ["host-port", { ports: [{ containerPort: 80, hostPort: 8080, protocol: "tcp" }] }, {}],
    ["network-mode", { networkMode: "none" }, {}],
    ["ephemeral-storage", { ephemeralStorageGiB: 201 }, {}],
    ["size", { cpu: 40_000, memory: 2048 }, {}],
  ])("Fargate: %s", (code, task, service) => {
    expect(blockers(option("fargate"), task, service)).toEqual([code]);
  });

  it("tells every reason, not the first", () => {
    expect(
      blockers(option("fargate", "spot"), { gpu: 2, privileged: true, os: "windows" }, { interruptible: "no" }),
    ).toEqual(["not-interruptible", "gpu", "privileged", "windows-spot"]);
  });

  it("keeps Windows off ARM64, Spot, Managed Instances and unpriced instances", () => {
    expect(blockers(option("fargate", "on-demand", "arm64"), { os: "windows" })).toEqual(["windows-arm64"]);
    expect(blockers(option("fargate", "spot"), { os: "windows" })).toEqual(["windows-spot"]);
    expect(blockers(option("managed-instances"), { os: "windows" })).toEqual(["windows"]);
    expect(blockers(option("ec2"), { os: "windows" })).toEqual(["windows-price"]);
    expect(blockers(option("fargate"), { os: "windows" })).toEqual([]);
  });

  it("knows the rules of Managed Instances", () => {
    const network = { ...sampleService().network, publicIp: true };
    expect(blockers(option("managed-instances"), { networkMode: "bridge" }, { network })).toEqual([
      "network-mode",
      "public-ip",
    ]);
    expect(blockers(option("managed-instances"), { networkMode: "host", gpu: 1 })).toEqual([]);
  });

  it("allows on EC2 what Fargate refuses", () => {
    const task = { gpu: 1, privileged: true, fargateBlockers: ["ipcMode"] };
    expect(blockers(option("ec2"), task, { scheduling: "daemon", placementConstraints: true })).toEqual([]);
  });
});

describe("what to know before choosing an option", () => {
  const notes = (where: LaunchOption, task: Partial<TaskShape>, service: Partial<Service> = {}) =>
    judgeFeasibility(sampleService(service), sampleTask(task), where);

  it("rounds a size up to one that Fargate runs, and says so", () => {
    const judged = notes(option("fargate"), { cpu: 300, memory: 700 });
    expect(judged.task).toMatchObject({ cpu: 512, memory: 1024 });
    expect(judged.notes.map(({ code }) => code)).toEqual(["size-rounded-up"]);
    expect(notes(option("ec2"), { cpu: 300, memory: 700 }).task).toMatchObject({ cpu: 300, memory: 700 });
  });

  it("warns of Spot unless the service may be interrupted", () => {
    const spot = option("fargate", "spot");
    expect(notes(spot, {}).notes.map(({ code }) => code)).toEqual(["interruptible-unknown"]);
    expect(notes(spot, {}, { interruptible: "partly" }).notes.map(({ code }) => code)).toEqual([
      "partly-interruptible",
    ]);
    expect(notes(spot, {}, { interruptible: "yes" }).notes).toEqual([]);
  });
});
