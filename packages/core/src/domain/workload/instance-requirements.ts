/** Bounds of a quantity; open where not given. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export type CpuManufacturer = "intel" | "amd" | "amazon-web-services" | "apple";

/** What instances have to be like, as far as instance types are known to be. */
export interface InstanceRequirements {
  readonly vcpu?: Bounds;
  readonly memoryMiB?: Bounds;
  readonly memoryGiBPerVcpu?: Bounds;
  readonly networkInterfaces?: Bounds;
  /** Whole GPUs, Neuron and other devices. */
  readonly accelerators?: Bounds;
  /** Any of these; any manufacturer where empty. */
  readonly cpuManufacturers: readonly string[];
  /** `current`, `previous`; both where empty. */
  readonly generations: readonly string[];
  /** Names or patterns such as `m5.*`; all where empty. */
  readonly allowed: readonly string[];
  readonly excluded: readonly string[];
  /** `included`, `required` or `excluded`. */
  readonly bareMetal: string;
  readonly burstable: string;
  readonly localStorage: string;
}
