import type { MetricColumn } from "../../../domain/demand/metric-point.ts";
import { invalidInput } from "../../file/text/invalid-input.ts";
import type { MetricReading } from "../reading/metric-reading.ts";

/** What the user says of a source that does not say it itself. */
export interface StatedSeries {
  readonly service?: string;
  /** What `timestamp,value` holds; average CPU where not given. */
  readonly metric?: MetricColumn;
}

/** A source as it is named: `FILE`, `SERVICE=FILE`, `SERVICE:METRIC=FILE` or `:METRIC=FILE`. */
export interface NamedSource extends StatedSeries {
  readonly file: string;
}

const METRICS: Readonly<Record<string, MetricColumn>> = {
  cpu: "cpu",
  memory: "memory",
  "cpu-maximum": "cpuMaximum",
  "memory-maximum": "memoryMaximum",
  tasks: "tasks",
};
const STATED = /^([^=]+)=(.+)$/s;

/**
 * Takes the name of a source apart.
 *
 * @throws {BorderError} `invalid-metrics` where the metric is not known.
 */
export const parseSource = (name: string): NamedSource => {
  const [, subject, file] = STATED.exec(name) ?? [];
  if (subject === undefined || file === undefined) return { file: name };
  const colon = subject.lastIndexOf(":");
  if (colon < 0) return { file, service: subject };
  const metric = Object.hasOwn(METRICS, subject.slice(colon + 1)) ? METRICS[subject.slice(colon + 1)] : undefined;
  if (metric === undefined) {
    throw invalidInput("invalid-metrics", { file: name }, `${JSON.stringify(subject)} is no SERVICE:METRIC`, {
      hint: `METRIC is one of ${Object.keys(METRICS).join(", ")}.`,
    });
  }
  const service = subject.slice(0, colon);
  return { file, ...(service === "" ? {} : { service }), metric };
};

/**
 * Service of a series that names none: the one stated; undefined where the file's name or the only service of the inputs
 * will do.
 */
export const serviceOfSeries = (
  file: string,
  { service }: StatedSeries,
  reading: MetricReading,
): string | undefined => {
  if (service !== undefined && service !== "") return service;
  if (file !== "-" || reading.known?.length === 1) return undefined;
  throw invalidInput("invalid-metrics", { file, line: 1 }, "names no service", {
    hint: "Say which service timestamp,value is of: NAME=FILE, or NAME:memory=FILE for memory.",
  });
};

/**
 * For sources that name services and metrics themselves.
 *
 * @throws {BorderError} `invalid-metrics` where one was stated.
 */
export const refuseStated = (file: string, { service, metric }: StatedSeries): void => {
  const stated = service ?? metric;
  if (stated === undefined) return;
  throw invalidInput("invalid-metrics", { file, line: 1 }, "has columns of its own for service and metrics", {
    hint: "Give it as FILE; NAME=FILE is for the columns timestamp,value.",
  });
};
