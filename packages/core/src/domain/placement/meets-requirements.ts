import type { InstanceType } from "../pricing/price.ts";
import type { Bounds, CpuManufacturer, InstanceRequirements } from "../workload/instance-requirements.ts";

/**
 * Families whose processor their name does not tell.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-type-specifications.html (checked 2026-11-30)
 */
const AMD_FAMILIES: ReadonlySet<string> = new Set(["g4ad", "g5", "g6", "g6e", "g6f", "gr6", "gr6f", "p5", "inf2"]);

/** Who made the processor of a type: `a` after the generation is AMD, `g` AWS, anything else Intel. */
export const cpuManufacturer = ({ family, architecture }: InstanceType): CpuManufacturer => {
  if (family.startsWith("mac")) return "apple";
  if (architecture === "arm64") return "amazon-web-services";
  return AMD_FAMILIES.has(family) || /^[a-z]+\d+[a-z]*a/.test(family) ? "amd" : "intel";
};

const STORAGE =
  /^(?:i\d|im\d|is\d|d\d|h1|x1|x1e|x2iedn|x2idn|z1d|p\d|trn\d|f\d|g4dn|g4ad|g5|g6|g6e|g6f|gr6|gr6f|g7|g7e|mac)|\d[a-z]*d[a-z]*$/;

const hasStorage = ({ family }: InstanceType): boolean => STORAGE.test(family);

const within = (value: number, { min = 0, max = Number.POSITIVE_INFINITY }: Bounds = {}): boolean =>
  value >= min && value <= max;

const agrees = (wanted: string, has: boolean): boolean => wanted === "included" || (wanted === "required" ? has : !has);

/** Whether a name is one of some names or patterns, in which `*` stands for anything. */
const isNamed = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
  });

/** Whether instances of a type are what is required. */
export const meetsRequirements = (type: InstanceType, wanted: InstanceRequirements): boolean => {
  const { allowed, excluded, cpuManufacturers, generations } = wanted;
  if (allowed.length > 0 && !isNamed(type.name, allowed)) return false;
  if (isNamed(type.name, excluded)) return false;
  // Flex types do not give their vCPUs all the time; only who names them is taken to want them.
  if (type.flex && allowed.length === 0) return false;
  if (cpuManufacturers.length > 0 && !cpuManufacturers.includes(cpuManufacturer(type))) return false;
  if (generations.length > 0 && !generations.includes(type.previousGeneration ? "previous" : "current")) return false;
  return (
    within(type.vcpu, wanted.vcpu) &&
    within(type.memoryMiB, wanted.memoryMiB) &&
    within(type.memoryMiB / 1024 / type.vcpu, wanted.memoryGiBPerVcpu) &&
    within(type.maxEnis, wanted.networkInterfaces) &&
    within(type.gpuCount, wanted.accelerators) &&
    agrees(wanted.bareMetal, type.bareMetal) &&
    agrees(wanted.burstable, type.burstable) &&
    agrees(wanted.localStorage, hasStorage(type))
  );
};
