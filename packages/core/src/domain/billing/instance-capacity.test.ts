import { describe, expect, it } from "vitest";
import type { InstanceType } from "../pricing/price.ts";
import { registeredCapacity, taskEnis } from "./instance-capacity.ts";

const type = (changes: Partial<InstanceType>): InstanceType => ({
  name: "c5.large",
  family: "c5",
  generation: 5,
  vcpu: 2,
  memoryMiB: 4096,
  architecture: "x86_64",
  gpuCount: 0,
  gpuName: "",
  burstable: false,
  flex: false,
  bareMetal: false,
  previousGeneration: false,
  maxEnis: 3,
  trunking: true,
  branchEnis: 9,
  ...changes,
});

const settings = { memoryOverheadPercent: "5", eniTrunking: false };

describe("what an instance offers to tasks", () => {
  it("keeps one ENI for itself, two with a trunk", () => {
    expect(taskEnis(type({}), false)).toBe(2);
    expect(taskEnis(type({}), true)).toBe(10);
    expect(taskEnis(type({ trunking: false }), true)).toBe(2);
  });

  it("is its vCPUs and what the operating system leaves of its memory, less the daemons", () => {
    expect(registeredCapacity(type({}), settings, { cpu: 0, memory: 0, enis: 0 })).toMatchObject({
      cpu: 2048,
      memory: 3891,
    });
    expect(registeredCapacity(type({}), settings, { cpu: 64, memory: 128, enis: 1 })).toEqual({
      type: "c5.large",
      cpu: 1984,
      memory: 3763,
      enis: 1,
      gpus: 0,
    });
  });

  it("is nothing rather than negative where daemons take more than there is", () => {
    const capacity = registeredCapacity(type({}), settings, { cpu: 4096, memory: 8192, enis: 5 });
    expect(capacity).toMatchObject({ cpu: 0, memory: 0, enis: 0 });
  });
});
