import * as z from "zod/mini";

const text = z.string({ error: "must be text" });
const map = { error: "must be a map of keys" };
const maps = z.nullish(z.record(z.string(), z.unknown(), map));

const resource = z.looseObject({ Type: text, Properties: maps, Condition: z.nullish(text), Metadata: maps }, map);

/** Loops of language extensions are lists and are expanded by CloudFormation only. */
const entry = z.union([resource, z.array(z.unknown())], { error: "must be a resource: a map with a Type" });

const parameter = z.looseObject({ Type: z.nullish(text) }, map);
const output = z.looseObject({ Export: maps, Condition: z.nullish(text) }, map);

/** A CloudFormation template. */
export const templateSchema = z.looseObject(
  {
    Resources: z.record(z.string(), entry, map),
    Parameters: z.nullish(z.record(z.string(), parameter, map)),
    Mappings: maps,
    Conditions: maps,
    Outputs: z.nullish(z.record(z.string(), z.union([output, z.array(z.unknown())], map), map)),
  },
  map,
);

export type Template = z.infer<typeof templateSchema>;
export type TemplateResource = z.infer<typeof resource>;
