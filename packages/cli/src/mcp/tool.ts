import type { JsonSchemaType } from "@modelcontextprotocol/server";
import type { ReportSettings } from "../command/report-settings.ts";

/** What whoever starts the server allows and sets. */
export interface ServerSettings {
  /** Prices, region and hours of every answer, as far as a call does not say otherwise. */
  readonly report: ReportSettings;
  /** Folder that inputs lie in; nothing outside is read by name. */
  readonly root: string;
  /** Whether a call may ask AWS, for CloudWatch, Cost Explorer and Athena. */
  readonly allowAws: boolean;
  readonly profile?: string;
  /** Bytes of all inputs of a call, and of an answer, at most. */
  readonly maxInputBytes: number;
  readonly maxOutputBytes: number;
}

/** A JSON Schema of an object, as tools describe their input. */
export type InputSchema = JsonSchemaType & { readonly type: "object" };

/** One tool. Arguments are checked by its schema before it runs. */
export interface Tool<A = never> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: InputSchema;
  readonly run: (args: A, settings: ServerSettings) => Promise<Iterable<string>>;
}
