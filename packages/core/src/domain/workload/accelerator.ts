/** What a task asks for beside whole GPUs. */
export type AcceleratorNeed =
  /** A part of one GPU, above 0 and below 1, which instances with parts of GPUs have. */
  | { readonly kind: "gpu-share"; readonly gpus: number }
  | { readonly kind: "all-gpus" }
  /** MiB of the memory of one GPU, which other tasks may share. */
  | { readonly kind: "gpu-memory"; readonly mib: number }
  /** All Neuron devices of an instance, of which there are at least so many. */
  | { readonly kind: "neuron"; readonly devices: number }
  | { readonly kind: "not-understood"; readonly detail: string };

/** Whole GPUs and everything else that a task asks for. */
export interface AcceleratorReading {
  readonly gpu: number;
  readonly need?: AcceleratorNeed;
}

type Maybe<T> = T | null | undefined;

/** A resource requirement as the ECS API spells it; settings of plans may be missing or of any type. */
export interface ResourceRequirement {
  readonly [setting: string]: unknown;
  readonly type?: unknown;
  readonly value?: unknown;
  readonly sharingStrategy?: unknown;
}

const LARGEST = 1024;

const inDetail = (detail: string): AcceleratorNeed => ({ kind: "not-understood", detail });

const shown = (value: unknown): string => {
  if (value === undefined || value === null) return "none";
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "none")).slice(0, 60);
};

/** The memory of a share by NVIDIA's Multi-Process Service; the limit of its computing power reserves nothing. */
const sharedMemory = (strategy: unknown): number | undefined => {
  const { nvidiaMps } = strategy as { readonly nvidiaMps?: Maybe<{ readonly memory?: unknown }> };
  const mib = Number(nvidiaMps?.memory ?? Number.NaN);
  return Number.isSafeInteger(mib) && mib > 0 ? mib : undefined;
};

type Single = AcceleratorNeed | { readonly kind: "gpus"; readonly gpus: number };

const gpusOf = ({ value, sharingStrategy }: ResourceRequirement): Single => {
  if (typeof sharingStrategy === "object" && sharingStrategy !== null) {
    const mib = sharedMemory(sharingStrategy);
    return mib === undefined
      ? inDetail(`a GPU with sharingStrategy ${shown(sharingStrategy)}`)
      : { kind: "gpu-memory", mib };
  }
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  if (/^all$/i.test(text)) return { kind: "all-gpus" };
  const gpus = /^(?:\d{1,4}(?:\.\d{0,6})?|\.\d{1,6})$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isInteger(gpus) && gpus <= LARGEST) return { kind: "gpus", gpus };
  return gpus > 0 && gpus < 1 ? { kind: "gpu-share", gpus } : inDetail(`${shown(value)} GPUs`);
};

const neuronOf = ({ value }: ResourceRequirement): Single => {
  const text = String(value ?? "").trim();
  if (/^all$/i.test(text)) return { kind: "neuron", devices: 1 };
  const devices = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return devices > 0 ? { kind: "neuron", devices } : inDetail(`${shown(value)} Neuron devices`);
};

/**
 * One requirement.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html (checked 2026-11-30)
 */
const singleOf = (requirement: ResourceRequirement): Single => {
  switch (String(requirement.type ?? "").toLowerCase()) {
    case "gpu":
      return gpusOf(requirement);
    case "neurondevice":
      return neuronOf(requirement);
    case "inferenceaccelerator":
      return inDetail("an Elastic Inference accelerator, a service that has ended");
    default:
      return inDetail(`a resource of type ${shown(requirement.type)}`);
  }
};

const joined = (first: Single, second: Single): Single => {
  if (first.kind === "not-understood") return first;
  if (second.kind === "not-understood") return second;
  if (first.kind === "gpus" && second.kind === "gpus") return { kind: "gpus", gpus: first.gpus + second.gpus };
  if (first.kind === "gpu-memory" && second.kind === "gpu-memory") return { ...first, mib: first.mib + second.mib };
  if (first.kind === "all-gpus" && second.kind === "all-gpus") return first;
  return inDetail("accelerators of more than one kind, or shares of several GPUs");
};

/**
 * What the containers of a task ask for together. What is not understood is a need of its own, never none.
 *
 * @example readAccelerators([{ type: "GPU", value: "2" }]) // { gpu: 2 }
 * @example readAccelerators([{ type: "GPU", value: "0.25" }]) // { gpu: 0, need: { kind: "gpu-share", gpus: 0.25 } }
 */
export const readAccelerators = (requirements: readonly ResourceRequirement[]): AcceleratorReading => {
  const all = requirements.map(singleOf).filter((single) => single.kind !== "gpus" || single.gpus > 0);
  const [first, ...others] = all;
  if (first === undefined) return { gpu: 0 };
  const together = others.reduce(joined, first);
  return together.kind === "gpus" ? { gpu: together.gpus } : { gpu: 0, need: together };
};

/** What a task asks for, in words. */
export const acceleratorText = (gpu: number, need: AcceleratorNeed | undefined): string => {
  switch (need?.kind) {
    case undefined:
      return String(gpu);
    case "gpu-share":
      return `${need.gpus} of a GPU`;
    case "all-gpus":
      return "all GPUs of an instance";
    case "gpu-memory":
      return `${need.mib} MiB of the memory of a GPU`;
    case "neuron":
      return "the Neuron devices of an instance";
    case "not-understood":
      return need.detail;
  }
};
