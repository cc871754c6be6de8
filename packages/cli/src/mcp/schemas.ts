import type { InputSchema } from "./tool.ts";

const LONGEST_TEXT = 1000;
const MOST_PATHS = 100;

/** The schema of a text. */
export const textOf = (description: string) => ({
  type: "string" as const,
  minLength: 1,
  maxLength: LONGEST_TEXT,
  description,
});

/** The schema of a list of names. */
export const pathsOf = (description: string) => ({
  type: "array" as const,
  items: { type: "string" as const, minLength: 1, maxLength: LONGEST_TEXT },
  minItems: 1,
  maxItems: MOST_PATHS,
  description,
});

/** Arguments that several tools have. */
export const ARGUMENTS = {
  inputs: pathsOf(
    "Files or folders below the root of the server: workload files, task definitions, Terraform plans (terraform show -json), CloudFormation templates.",
  ),
  metrics: pathsOf(
    "Utilization: CSV, CloudWatch JSON or Parquet files or folders; or cloudwatch, where the server allows AWS.",
  ),
  region: textOf("AWS region of what names none, for example eu-west-1."),
  filter: textOf("Only services that pass, for example cluster=production,monthlyCost>100,tag.team=web,name~api."),
  top: {
    type: "integer" as const,
    minimum: 1,
    maximum: 10_000,
    description: "Only the N services with the largest cost or saving.",
  },
  format: {
    type: "string" as const,
    enum: ["compact", "json"],
    default: "compact",
    description: "compact: few words, rounded. json: the whole report, exact.",
  },
} as const;

/** The schema of an object with these properties and no others. */
export const objectOf = (properties: Readonly<Record<string, object>>, required: readonly string[] = []): InputSchema =>
  ({
    type: "object",
    properties: { ...properties },
    required: [...required],
    additionalProperties: false,
  }) as InputSchema;

/** Arguments of a tool that reports services. */
export interface ReportArguments {
  readonly inputs: readonly string[];
  readonly region?: string;
  readonly filter?: string;
  readonly top?: number;
  readonly format?: "compact" | "json";
}

export const REPORT_ARGUMENTS = {
  inputs: ARGUMENTS.inputs,
  region: ARGUMENTS.region,
  filter: ARGUMENTS.filter,
  top: ARGUMENTS.top,
  format: ARGUMENTS.format,
};
