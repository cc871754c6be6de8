import type { InstanceType } from "../pricing/price.ts";
import { Decimal } from "../units/decimal.ts";
import { CPU_UNITS_PER_VCPU } from "../units/size.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import { type AcceleratorKind, acceleratorUnits, WHOLE_GPUS } from "./accelerators.ts";

/** What one instance of a type offers to tasks, after OS overhead and daemons. */
export interface RegisteredCapacity {
  readonly type: string;
  readonly cpu: number;
  readonly memory: number;
  readonly enis: number;
  /** Whole GPUs, or what tasks that need other accelerators share; see `acceleratorUnits`. */
  readonly gpus: number;
}

export interface HostShare {
  readonly cpu: number;
  readonly memory: number;
  readonly enis: number;
}

/** Sum of what the daemons take on every instance. */
export const hostShareOf = (daemons: readonly HostShare[]): HostShare => ({
  cpu: daemons.reduce((total, daemon) => total + daemon.cpu, 0),
  memory: daemons.reduce((total, daemon) => total + daemon.memory, 0),
  enis: daemons.reduce((total, daemon) => total + daemon.enis, 0),
});

/**
 * Capacity that a container instance offers: all vCPUs at 1024 units, memory less the share the OS keeps (whole MiB,
 * rounded down), and task ENIs.
 * @see https://github.com/aws/amazon-ecs-agent (CPU = NumCPU x 1024; memory = what the OS sees, checked 2026-11-20)
 */
export const registeredCapacity = (
  type: InstanceType,
  settings: Pick<Ec2Settings, "memoryOverheadPercent" | "eniTrunking">,
  host: HostShare,
  accelerator: AcceleratorKind = WHOLE_GPUS,
): RegisteredCapacity => {
  const kept = new Decimal(100).minus(settings.memoryOverheadPercent).div(100);
  const memory = new Decimal(type.memoryMiB).times(kept).floor().toNumber();
  return {
    type: type.name,
    cpu: Math.max(0, type.vcpu * CPU_UNITS_PER_VCPU - host.cpu),
    memory: Math.max(0, memory - host.memory),
    enis: Math.max(0, taskEnis(type, settings.eniTrunking) - host.enis),
    gpus: acceleratorUnits(type, accelerator),
  };
};

/**
 * Tasks in awsvpc mode that an instance can hold: one ENI is the instance's own; with trunking a second one is the
 * trunk and the branch interfaces come on top.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html (checked 2026-11-20)
 */
export const taskEnis = (type: InstanceType, trunking: boolean): number =>
  trunking && type.trunking ? type.branchEnis + type.maxEnis - 2 : type.maxEnis - 1;
