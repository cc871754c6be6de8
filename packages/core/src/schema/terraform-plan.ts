import * as z from "zod/mini";

const text = z.string({ error: "must be text" });
const map = { error: "must be a map of keys" };
const list = { error: "must be a list" };

const resource = z.looseObject(
  {
    address: text,
    mode: z.nullish(text),
    type: text,
    name: text,
    index: z.nullish(z.union([z.string(), z.number()], { error: "must be text or a number" })),
    values: z.nullish(z.record(z.string(), z.unknown(), map)),
    deposed_key: z.nullish(text),
  },
  map,
);

/** A module of planned values, without the modules below it. */
export const plannedModuleSchema = z.looseObject(
  {
    address: z.nullish(text),
    resources: z.nullish(z.array(resource, list)),
    child_modules: z.nullish(z.array(z.looseObject({}, map), list)),
  },
  map,
);

const change = z.looseObject(
  {
    actions: z.nullish(z.array(text, list)),
    before: z.nullish(z.unknown()),
    after: z.nullish(z.unknown()),
    after_unknown: z.nullish(z.unknown()),
  },
  map,
);

const resourceChange = z.looseObject(
  {
    ...{ address: text, previous_address: z.nullish(text), module_address: z.nullish(text), deposed: z.nullish(text) },
    ...{ mode: z.nullish(text), type: z.nullish(text), name: z.nullish(text) },
    index: z.nullish(z.union([z.string(), z.number()], { error: "must be text or a number" })),
    change: z.nullish(change),
  },
  map,
);

const state = z.looseObject({ root_module: z.nullish(z.looseObject({}, map)) }, map);

/** A plan or state as `terraform show -json` prints it, without its modules. */
export const terraformPlanSchema = z.looseObject(
  {
    format_version: text.check(z.regex(/^[01]\./, { error: "must be a format 0.x or 1.x of `terraform show -json`" })),
    variables: z.nullish(z.record(z.string(), z.looseObject({}, map), map)),
    ...{ planned_values: z.nullish(state), values: z.nullish(state) },
    prior_state: z.nullish(z.looseObject({ values: z.nullish(state) }, map)),
    resource_changes: z.nullish(z.array(resourceChange, list)),
    resource_drift: z.nullish(z.array(resourceChange, list)),
    configuration: z.nullish(z.looseObject({}, map)),
  },
  map,
);

export type TerraformPlan = z.infer<typeof terraformPlanSchema>;
export type PlanChange = z.infer<typeof resourceChange>;
export type PlannedModule = z.infer<typeof plannedModuleSchema>;
