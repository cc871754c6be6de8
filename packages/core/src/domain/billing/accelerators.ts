import type { InstanceType } from "../pricing/price.ts";
import type { AcceleratorNeed } from "../workload/accelerator.ts";

/** What tasks of a fleet share of accelerators: whole GPUs, or one of the other needs; tasks of two kinds share no fleet. */
export type AcceleratorKind =
  | { readonly kind: "gpus" }
  | { readonly kind: "gpu-share"; readonly gpus: number }
  | { readonly kind: "all-gpus" }
  | { readonly kind: "gpu-memory" }
  | { readonly kind: "neuron"; readonly devices: number }
  | { readonly kind: "not-understood" };

export const WHOLE_GPUS: AcceleratorKind = { kind: "gpus" };

/** The kind of fleet that a need has to be met on. */
export const acceleratorKind = (need: AcceleratorNeed | undefined): AcceleratorKind => {
  switch (need?.kind) {
    case undefined:
      return WHOLE_GPUS;
    case "gpu-memory":
    case "not-understood":
    case "all-gpus":
      return { kind: need.kind };
    case "gpu-share":
    case "neuron":
      return need;
  }
};

/** What one task takes of the units that `acceleratorUnits` counts. */
export const neededUnits = (gpu: number, need: AcceleratorNeed | undefined): number => {
  if (need === undefined) return gpu;
  return need.kind === "gpu-memory" ? need.mib : 1;
};

/**
 * Parts of an NVIDIA L4 that fractional GPU instances have.
 * @see https://aws.amazon.com/ec2/instance-types/g6/ (checked 2026-11-30)
 */
const GPU_SHARES: Readonly<Record<string, number>> = {
  "g6f.large": 0.125,
  "g6f.xlarge": 0.125,
  "g6f.2xlarge": 0.25,
  "g6f.4xlarge": 0.5,
  "gr6f.4xlarge": 0.5,
};

/**
 * GiB of memory of one GPU by family.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html (checked 2026-11-30)
 */
const GPU_MEMORY_GIB: Readonly<Record<string, number>> = {
  g4dn: 16,
  g5: 24,
  g5g: 16,
  g6: 24,
  gr6: 24,
  g6e: 48,
  g7: 32,
  g7e: 96,
  p3: 16,
  p3dn: 32,
  p4d: 40,
  p4de: 80,
  p5: 80,
  p5e: 141,
  p5en: 141,
};

/**
 * Neuron devices by instance type; of Inferentia 1, which current Neuron releases have left behind, nothing is expected.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html (checked 2026-11-30)
 */
const NEURON_DEVICES: Readonly<Record<string, number>> = {
  "inf2.xlarge": 1,
  "inf2.8xlarge": 1,
  "inf2.24xlarge": 6,
  "inf2.48xlarge": 12,
  "trn1.2xlarge": 1,
  "trn1.32xlarge": 16,
  "trn1n.32xlarge": 16,
  "trn2.3xlarge": 1,
  "trn2.48xlarge": 16,
};

const MIB_PER_GIB = 1024;

/** ECS runs GPU tasks on NVIDIA's GPUs only. */
const nvidiaGpus = ({ gpuCount, gpuName }: InstanceType): number => (gpuName.startsWith("radeon") ? 0 : gpuCount);

/**
 * What an instance offers to tasks that need accelerators. Of several GPUs only the memory of one counts, because a task's
 * has to be in one; a task that takes a part or all has an instance to itself.
 */
export const acceleratorUnits = (type: InstanceType, kind: AcceleratorKind): number => {
  const gpus = nvidiaGpus(type);
  switch (kind.kind) {
    case "gpus":
      return gpus;
    case "gpu-share":
      return (GPU_SHARES[type.name] ?? 0) >= kind.gpus ? 1 : 0;
    case "all-gpus":
      return gpus > 0 ? 1 : 0;
    case "gpu-memory":
      return gpus > 0 ? (GPU_MEMORY_GIB[type.family] ?? 0) * MIB_PER_GIB : 0;
    case "neuron":
      return (NEURON_DEVICES[type.name] ?? 0) >= kind.devices ? 1 : 0;
    case "not-understood":
      return 0;
  }
};

/** What the units are, for messages. */
export const unitsName = (kind: AcceleratorKind): string => {
  switch (kind.kind) {
    case "gpus":
      return "GPUs";
    case "gpu-share":
      return `instances with ${kind.gpus} of a GPU`;
    case "all-gpus":
      return "instances with GPUs";
    case "gpu-memory":
      return "MiB of the memory of a GPU";
    case "neuron":
      return "instances with Neuron devices";
    case "not-understood":
      return "accelerators that are not understood";
  }
};
