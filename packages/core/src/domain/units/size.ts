/** CPU units of ECS: 1024 to the vCPU. */
export type CpuUnits = number;
/** Mebibytes. AWS meters a "GB" of task memory as 1024 of them. */
export type MiB = number;

export const CPU_UNITS_PER_VCPU = 1024;
export const MIB_PER_GB = 1024;

/** Hours to the month that the AWS calculator uses. */
export const HOURS_PER_MONTH = "730";
