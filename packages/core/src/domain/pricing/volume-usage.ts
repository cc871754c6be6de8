import { Decimal } from "../units/decimal.ts";
import type { BillableUsage } from "./billable-usage.ts";

/** A volume of EBS: GiB, and what is provisioned beyond the baseline of its type. */
export interface Volume {
  readonly type: string;
  readonly gib: number;
  readonly iops?: number;
  readonly throughputMiBps?: number;
}

/**
 * What gp3 includes, in IOPS and MiB a second.
 * @see https://aws.amazon.com/ebs/pricing/ (checked 2026-11-20)
 */
const GP3_IOPS = 3000;
const GP3_MIBPS = 125;

/** A month of so many volumes alike: their size, and what they have beyond the baseline of their type. */
export const volumeUsage = (
  { type, gib, iops, throughputMiBps }: Volume,
  volumes: Decimal | number,
  label: string,
): BillableUsage[] => {
  const of = (key: string, each: number): BillableUsage => ({ key, quantity: new Decimal(each).times(volumes), label });
  const size = of(`ebs.${type}_gb_month`, gib);
  if (type === "gp3") {
    return [
      size,
      of("ebs.gp3_iops_month", Math.max(0, (iops ?? GP3_IOPS) - GP3_IOPS)),
      of("ebs.gp3_mbps_month", Math.max(0, (throughputMiBps ?? GP3_MIBPS) - GP3_MIBPS)),
    ];
  }
  return type === "io1" || type === "io2" ? [size, of(`ebs.${type}_iops_month`, iops ?? 0)] : [size];
};
