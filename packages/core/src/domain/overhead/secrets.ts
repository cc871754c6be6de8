import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/**
 * Secrets of Secrets Manager, by the month; requests are not part of it.
 * @see https://aws.amazon.com/secrets-manager/pricing/ checked 2026-11-20
 */
export const secretUsage = (service: Service): Overhead =>
  overheadOf(usageOf("secretsmanager.secret_month", service.extras.secrets));
