import { type AcceleratorKind, acceleratorUnits } from "../billing/accelerators.ts";
import type { Assumption } from "../issues/issue.ts";
import type { InstanceType, PriceCatalogue } from "../pricing/price.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import type { Architecture } from "../workload/task.ts";
import { meetsRequirements } from "./meets-requirements.ts";

/** The instance types that a fleet may use, and what of the user's list is not to be had. */
export interface FleetTypes {
  readonly types: readonly InstanceType[];
  readonly unknown: readonly string[];
  /** True where the user's list holds no type of this architecture and all current types stand in for it. */
  readonly widened: boolean;
}

export const CURRENT_TYPES: Assumption = {
  code: "current-instance-types",
  detail:
    "Fleets choose from every current type of the region that gives its vCPUs all the time: no burstable (T), flex, " +
    "bare-metal or previous-generation types, no accelerators, and GPU types only where a task asks for GPUs. Setting " +
    "ec2.instanceTypes to a list allows exactly those; an architecture that it has no type of is free.",
};

/** Types of one architecture that the settings allow, in the catalogue's order; `accelerator` undefined needs none. */
export const fleetTypes = (
  settings: Pick<Ec2Settings, "instanceTypes" | "requirements">,
  architecture: Architecture,
  accelerator: AcceleratorKind | undefined,
  catalogue: PriceCatalogue,
): FleetTypes => {
  const listed = settings.instanceTypes.map((name) => ({ name, type: catalogue.instanceType(name) }));
  const unknown = listed.filter(({ type }) => type === undefined).map(({ name }) => name);
  const allowed = listed.flatMap(({ type }) => (type?.architecture === architecture ? [type] : []));
  if (allowed.length > 0) return { types: allowed, unknown, widened: false };
  const { requirements } = settings;
  if (requirements !== undefined) {
    const types = catalogue.instanceTypes().filter((type) => meetsRequirements(type, requirements));
    return { types: types.filter((type) => type.architecture === architecture), unknown, widened: false };
  }
  const types = catalogue
    .instanceTypes()
    .filter((type) => type.architecture === architecture && isCurrent(type) && isWanted(type, accelerator));
  return { types, unknown, widened: listed.length > 0 };
};

/** Families whose price is that of an accelerator other than a GPU: Inferentia, Trainium, Gaudi, media and FPGA; and of a fabric for HPC. */
const ACCELERATED = /^(?:inf|trn|dl|vt|f|hpc)\d/;

const isWanted = (type: InstanceType, accelerator: AcceleratorKind | undefined): boolean => {
  if (accelerator === undefined) return type.gpuName === "" && !ACCELERATED.test(type.family);
  if (accelerator.kind !== "gpus") return acceleratorUnits(type, accelerator) > 0;
  return !ACCELERATED.test(type.family) && (type.gpuName === "" || acceleratorUnits(type, accelerator) > 0);
};

const isCurrent = (type: InstanceType): boolean =>
  !(type.burstable || type.flex || type.bareMetal || type.previousGeneration);
