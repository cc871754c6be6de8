import type { BillableUsage } from "../pricing/billable-usage.ts";
import { ec2Key, managedInstancesFeeKey } from "../pricing/price-key.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { volumeUsage } from "../pricing/volume-usage.ts";
import type { Decimal } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";
import { type InstanceVolume, onDemandInstances, type PurchaseMix } from "../workload/instance-group.ts";

/** Who runs the instances: you, or ECS Managed Instances for a fee on the on-demand list price. */
export type InstanceService = "ec2" | "managed-instances";

export const ROOT_VOLUME_KEY = "ebs.gp3_gb_month";

export interface InstanceCount {
  readonly instanceType: string;
  readonly count: number;
}

/** What every instance of a fleet is bought and equipped with. */
export interface InstanceOutfit {
  readonly volumes: readonly InstanceVolume[];
  /** Where a part is on demand and the rest Spot. */
  readonly mix?: PurchaseMix;
  /** Named on every line, where the instances are no service's. */
  readonly label?: string;
}

/** The outfit of instances that have a root volume of gp3 alone. */
export const rootVolumeOnly = (gib: number): InstanceOutfit => ({ volumes: [{ type: "gp3", gib }] });

/** What a fleet that runs all month is billed for: instance-hours by type, the fee where there is one, volumes. */
export const instanceUsage = (
  instances: readonly InstanceCount[],
  service: InstanceService,
  purchase: Purchase,
  hoursPerMonth: Decimal,
  outfit: InstanceOutfit,
): BillableUsage[] => {
  const { mix, label } = outfit;
  const bought = mix === undefined ? instances.map((each) => ({ ...each, purchase })) : mixed(instances, mix);
  const usage = bought.flatMap(({ instanceType, count, purchase: option }): BillableUsage[] => {
    const quantity = atQuantityResolution(hoursPerMonth.times(count));
    const hours = { key: ec2Key(instanceType, option), quantity };
    return service === "ec2" ? [hours] : [hours, { key: managedInstancesFeeKey(instanceType), quantity }];
  });
  const total = instances.reduce((sum, { count }) => sum + count, 0);
  return [...usage, ...outfit.volumes.flatMap((volume) => volumeUsage(volume, total, "root volumes"))]
    .filter(({ quantity }) => !quantity.isZero())
    .map((each) => (label === undefined ? each : { ...each, label }));
};

/** On-demand instances are taken in order of the list. */
const mixed = (instances: readonly InstanceCount[], mix: PurchaseMix): (InstanceCount & { purchase: Purchase })[] => {
  let left = onDemandInstances(
    instances.reduce((sum, { count }) => sum + count, 0),
    mix,
  );
  return instances.flatMap(({ instanceType, count }) => {
    const onDemand = Math.min(left, count);
    left -= onDemand;
    return [
      { instanceType, count: onDemand, purchase: "on-demand" as const },
      { instanceType, count: count - onDemand, purchase: "spot" as const },
    ];
  });
};
