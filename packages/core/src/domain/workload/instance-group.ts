/** A volume that every instance of a group has. */
export interface InstanceVolume {
  /** `gp3`, `gp2`, `io1` and the like. */
  readonly type: string;
  readonly gib: number;
  /** Provisioned; the baseline of the type where not given. */
  readonly iops?: number;
  /** MiB a second; the baseline of the type where not given. */
  readonly throughputMiBps?: number;
}

/** Of the instances of a group, those beyond `base` are on demand to `percentAbove` percent, the others Spot. */
export interface PurchaseMix {
  readonly base: number;
  readonly percentAbove: number;
}

/** Instances that an Auto Scaling group keeps for a cluster. Counts are of instances, whatever their weights. */
export interface InstanceGroup {
  readonly name: string;
  /** Not known where only a capacity provider tells whose it is. */
  readonly cluster?: string;
  /** The provider that scales it, where there is one. */
  readonly capacityProvider?: string;
  /** Whether ECS scales it to what the tasks need, between `min` and `max`; else `desired` instances run all month. */
  readonly managed: boolean;
  readonly min: number;
  readonly max?: number;
  readonly desired: number;
  /** In order of priority; empty where not known. */
  readonly instanceTypes: readonly string[];
  /** Purchase option id without `ec2-`. */
  readonly purchase: string;
  /** Where a part of it is Spot. */
  readonly mix?: PurchaseMix;
  readonly volumes: readonly InstanceVolume[];
  /** How a plan or template names it. */
  readonly address?: string;
}

/**
 * How many of a group's instances are on demand; AWS rounds the part up.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/mixed-instances-groups-set-up-overview.html (checked 2026-11-30)
 *
 * @example onDemandInstances(10, { base: 2, percentAbove: 25 }) // 2 + ceil(8 * 0.25) = 4
 */
export const onDemandInstances = (count: number, { base, percentAbove }: PurchaseMix): number => {
  const fixed = Math.min(count, base);
  return fixed + Math.ceil(((count - fixed) * percentAbove) / 100);
};
