import { volumeUsage } from "../pricing/volume-usage.ts";
import type { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/**
 * GB-months of volumes attached to tasks with what is provisioned beyond their baseline, EFS Standard and images in ECR.
 * EFS throughput is not part of it.
 * @see https://aws.amazon.com/ebs/pricing/ https://aws.amazon.com/efs/pricing/ https://aws.amazon.com/ecr/pricing/
 * checked 2026-11-20
 */
export const storageUsage = (service: Service, averageTasks: Decimal): Overhead =>
  overheadOf([
    ...usageOf("ebs.gp3_gb_month", averageTasks.times(service.extras.ebsGiBPerTask), "task volumes"),
    ...(service.extras.ebsVolumes ?? [])
      .flatMap((volume) => volumeUsage(volume, averageTasks, "task volumes"))
      .filter(({ quantity }) => !quantity.isZero()),
    ...usageOf("efs.standard_gb_month", service.extras.efsGb),
    ...usageOf("ecr.private_gb_month", service.extras.ecrGb),
  ]);
