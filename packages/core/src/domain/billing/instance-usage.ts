import type { BillableUsage } from "../pricing/billable-usage.ts";
import { ec2Key, managedInstancesFeeKey } from "../pricing/price-key.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { Decimal } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";

/** Who runs the instances: you, or ECS Managed Instances for a fee on the on-demand list price. */
export type InstanceService = "ec2" | "managed-instances";

export const ROOT_VOLUME_KEY = "ebs.gp3_gb_month";

export interface InstanceCount {
  readonly instanceType: string;
  readonly count: number;
}

/** What a fleet that runs all month is billed for: instance-hours by type, the fee where there is one, root volumes. */
export const instanceUsage = (
  instances: readonly InstanceCount[],
  service: InstanceService,
  purchase: Purchase,
  hoursPerMonth: Decimal,
  rootVolumeGiB: number,
): BillableUsage[] => {
  const usage = instances.flatMap(({ instanceType, count }): BillableUsage[] => {
    const quantity = atQuantityResolution(hoursPerMonth.times(count));
    const hours: BillableUsage = { key: ec2Key(instanceType, purchase), quantity };
    return service === "ec2" ? [hours] : [hours, { key: managedInstancesFeeKey(instanceType), quantity }];
  });
  const volumes = instances.reduce((total, { count }) => total + count, 0) * rootVolumeGiB;
  if (volumes > 0) usage.push({ key: ROOT_VOLUME_KEY, quantity: new Decimal(volumes), label: "root volumes" });
  return usage.filter(({ quantity }) => !quantity.isZero());
};
