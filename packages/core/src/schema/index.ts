export {
  describeServicesSchema,
  describeTaskDefinitionSchema,
  type EcsService,
  type EcsTaskDefinition,
  ecsServiceSchema,
  taskDefinitionSchema,
} from "./aws-ecs.ts";
export { type ParsedEstimateReport, parseEstimateReport } from "./estimate-report.ts";
export { jsonSchemas } from "./json-schemas.ts";
export {
  POLICY_COMMANDS,
  POLICY_SUBJECTS,
  type PolicyCommand,
  type PolicyRule,
  type PolicySeverity,
  type PolicySubject,
  policyJsonSchema,
  policySchema,
} from "./policy.ts";
export { type ParsedPriceBook, parsePriceBook, priceBookSchema } from "./price-book.ts";
export { type KeyPath, keyText, printable, quoted, type SchemaProblem, schemaProblems } from "./problems.ts";
export { usageJsonSchema, usageSchema } from "./usage.ts";
export { type WorkloadFile, workloadJsonSchema, workloadSchema } from "./workload.ts";
