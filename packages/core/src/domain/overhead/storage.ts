import type { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/**
 * GB-months of gp3 volumes attached to tasks, EFS Standard and images in ECR. IOPS and throughput above gp3's baseline
 * and EFS throughput are not part of it.
 * @see https://aws.amazon.com/ebs/pricing/ https://aws.amazon.com/efs/pricing/ https://aws.amazon.com/ecr/pricing/
 * checked 2026-11-20
 */
export const storageUsage = (service: Service, averageTasks: Decimal): Overhead =>
  overheadOf([
    ...usageOf("ebs.gp3_gb_month", averageTasks.times(service.extras.ebsGiBPerTask), "task volumes"),
    ...usageOf("efs.standard_gb_month", service.extras.efsGb),
    ...usageOf("ecr.private_gb_month", service.extras.ecrGb),
  ]);
