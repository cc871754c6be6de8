import { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/** Traffic between Availability Zones is billed where it leaves and where it enters. */
const BILLED_DIRECTIONS = 2;

/**
 * GB out to the internet and GB between Availability Zones. The account's free 100 GB a month are taken off where
 * prices are applied, because they are shared by all services.
 * @see https://aws.amazon.com/ec2/pricing/on-demand/ "Data Transfer", checked 2026-11-20
 */
export const transferUsage = (service: Service): Overhead =>
  overheadOf([
    ...usageOf("xfer.internet_gb", service.network.internetEgressGb),
    ...usageOf("xfer.interaz_gb", new Decimal(service.network.crossAzGb).times(BILLED_DIRECTIONS)),
  ]);
