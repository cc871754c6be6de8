import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/**
 * Secrets of Secrets Manager and advanced parameters of Parameter Store, by the month; requests are not part of it.
 * @see https://aws.amazon.com/secrets-manager/pricing/ https://aws.amazon.com/systems-manager/pricing/ checked 2026-11-20
 */
export const secretUsage = (service: Service): Overhead =>
  overheadOf([
    ...usageOf("secretsmanager.secret_month", service.extras.secrets),
    ...usageOf("ssm.advanced_param_month", service.extras.advancedParameters),
  ]);
