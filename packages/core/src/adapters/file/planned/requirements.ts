import type { Bounds, InstanceRequirements } from "../../../domain/workload/instance-requirements.ts";
import { type Block, blockIn, numberIn, textIn, textsIn } from "./block.ts";
import { known, type Planned, UNKNOWN } from "./planned.ts";

/** Requirements that are read, and the names of those that are not, or that are known only after deployment. */
export interface PlannedRequirements {
  readonly requirements: InstanceRequirements;
  readonly open: readonly string[];
}

/** `VCpuCount` -> `vcpu_count`, as the Terraform provider spells it. */
const SNAKE: Readonly<Record<string, string>> = {
  VCpuCount: "vcpu_count",
  MemoryMiB: "memory_mib",
  MemoryGiBPerVCpu: "memory_gib_per_vcpu",
  NetworkInterfaceCount: "network_interface_count",
  AcceleratorCount: "accelerator_count",
  CpuManufacturers: "cpu_manufacturers",
  InstanceGenerations: "instance_generations",
  AllowedInstanceTypes: "allowed_instance_types",
  ExcludedInstanceTypes: "excluded_instance_types",
  BareMetal: "bare_metal",
  BurstablePerformance: "burstable_performance",
  LocalStorage: "local_storage",
};

/** Limits of price keep types out that are dear for what they are; the cheapest that fit are chosen anyway. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  "SpotMaxPricePercentageOverLowestPrice",
  "OnDemandMaxPricePercentageOverLowestPrice",
  "MaxSpotPriceAsPercentageOfOptimalOnDemandPrice",
  "spot_max_price_percentage_over_lowest_price",
  "on_demand_max_price_percentage_over_lowest_price",
  "max_spot_price_as_percentage_of_optimal_on_demand_price",
]);

const isSet = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

const boundsIn = (block: Block, key: string, min: string, max: string): Bounds | undefined => {
  const inner = blockIn(block, key);
  if (inner === undefined || inner === UNKNOWN) return undefined;
  const [least, most] = [known(numberIn(inner, min)), known(numberIn(inner, max))];
  if (least === undefined && most === undefined) return undefined;
  return { ...(least === undefined ? {} : { min: least }), ...(most === undefined ? {} : { max: most }) };
};

/** The requirements of a provider of managed instances, as templates or as plans spell them. */
export const readRequirements = (
  block: Planned<Block>,
  spelling: "template" | "plan",
): PlannedRequirements | undefined => {
  if (block === undefined || block === UNKNOWN) return undefined;
  const key = (name: string): string => (spelling === "template" ? name : (SNAKE[name] ?? name));
  const [min, max] = spelling === "template" ? ["Min", "Max"] : ["min", "max"];
  const bounds = (name: string) => boundsIn(block, key(name), min ?? "", max ?? "");
  const texts = (name: string) => known(textsIn(block, key(name))) ?? [];
  const word = (name: string, otherwise: string) => known(textIn(block, key(name))) ?? otherwise;
  const named = (name: string, value: Bounds | undefined) => (value === undefined ? {} : { [name]: value });
  const read = new Set(Object.keys(SNAKE).map(key));
  const open = Object.entries(block.data)
    .filter(([name, value]) => value === UNKNOWN || (isSet(value) && !read.has(name) && !WITHOUT_EFFECT.has(name)))
    .map(([name]) => name);
  return {
    requirements: {
      ...named("vcpu", bounds("VCpuCount")),
      ...named("memoryMiB", bounds("MemoryMiB")),
      ...named("memoryGiBPerVcpu", bounds("MemoryGiBPerVCpu")),
      ...named("networkInterfaces", bounds("NetworkInterfaceCount")),
      ...named("accelerators", bounds("AcceleratorCount")),
      cpuManufacturers: texts("CpuManufacturers").map((text) => text.toLowerCase()),
      generations: texts("InstanceGenerations").map((text) => text.toLowerCase()),
      allowed: texts("AllowedInstanceTypes"),
      excluded: texts("ExcludedInstanceTypes"),
      bareMetal: word("BareMetal", "excluded").toLowerCase(),
      burstable: word("BurstablePerformance", "excluded").toLowerCase(),
      localStorage: word("LocalStorage", "included").toLowerCase(),
    },
    open,
  };
};
