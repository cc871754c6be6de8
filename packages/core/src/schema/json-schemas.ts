import { policyJsonSchema } from "./policy.ts";
import { rateCardJsonSchema } from "./rate-card.ts";
import { usageJsonSchema } from "./usage.ts";
import { workloadJsonSchema } from "./workload.ts";

/** The JSON Schema of every file that people write, by the name that it is published under (`schema/NAME.schema.json`). */
export const jsonSchemas = {
  policy: policyJsonSchema,
  "rate-card": rateCardJsonSchema,
  usage: usageJsonSchema,
  workload: workloadJsonSchema,
} as const;
