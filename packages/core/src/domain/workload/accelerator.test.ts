import { describe, expect, it } from "vitest";
import { readAccelerators } from "./accelerator.ts";

const gpu = (value: unknown) => ({ type: "GPU", value });
const mps = (memory: unknown) => ({ type: "GPU", sharingStrategy: { nvidiaMps: { memory, maxComputePercent: 25 } } });

describe("what containers ask for of accelerators", () => {
  it("is the sum of whole GPUs", () => {
    expect(readAccelerators([])).toEqual({ gpu: 0 });
    expect(readAccelerators([gpu("1"), gpu("2")])).toEqual({ gpu: 3 });
    expect(readAccelerators([gpu("0"), gpu(2)])).toEqual({ gpu: 2 });
  });

  it("may be a part of a GPU, all of them, or a share of its memory", () => {
    expect(readAccelerators([gpu("0.25")]).need).toEqual({ kind: "gpu-share", gpus: 0.25 });
    expect(readAccelerators([gpu(".5")]).need).toEqual({ kind: "gpu-share", gpus: 0.5 });
    expect(readAccelerators([gpu("ALL")]).need).toEqual({ kind: "all-gpus" });
    expect(readAccelerators([mps(4096), mps(2048)]).need).toEqual({ kind: "gpu-memory", mib: 6144 });
  });

  it("may be Neuron devices", () => {
    expect(readAccelerators([{ type: "NeuronDevice", value: "ALL" }]).need).toEqual({ kind: "neuron", devices: 1 });
    expect(readAccelerators([{ type: "NeuronDevice", value: "6" }]).need).toEqual({ kind: "neuron", devices: 6 });
  });

  it.each([
    [[gpu("many")]],
    [[gpu(undefined)]],
    [[gpu("-1")]],
    [[gpu("1.5")]],
    [[mps(undefined)]],
    [[{ type: "GPU", sharingStrategy: { timeSlicing: {} } }]],
    [[{ type: "InferenceAccelerator", value: "device_1" }]],
    [[{ type: "Quantum", value: "1" }]],
    [[{}]],
    [[gpu("1"), gpu("0.5")]],
    [[gpu("0.5"), gpu("0.5")]],
    [[gpu("1"), { type: "NeuronDevice", value: "ALL" }]],
  ])("is never nothing where it is not understood: %j", (requirements) => {
    expect(readAccelerators(requirements)).toMatchObject({ gpu: 0, need: { kind: "not-understood" } });
  });
});
