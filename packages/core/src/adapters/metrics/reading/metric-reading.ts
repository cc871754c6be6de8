import type { MetricPoint } from "../../../domain/demand/metric-point.ts";
import { addPoint, emptyUsage, type ServiceUsage } from "../../../domain/demand/usage.ts";
import type { PointSink } from "../../../ports/metric-source.ts";
import { emptyHold, type SeriesHold } from "./held-series.ts";

/** A row or value that could not be used. */
export interface MetricProblem {
  readonly file: string;
  /** Line of a CSV file, or row of a Parquet file, from 1. */
  readonly line?: number;
  /** What is wrong with it, the same for all of its kind; and in words for the first one. */
  readonly kind: ProblemKind;
  readonly detail: string;
}

export type ProblemKind = "row" | "not-a-number" | "negative" | "infinite" | "series" | "values" | "partial";

/** Problems of one kind in one file: the first of them and how many there are. */
export interface CountedProblem extends MetricProblem {
  count: number;
}

/** Everything that metric sources gave so far: filled by the readers, bounded in size. */
export interface MetricReading {
  /** By service as the source names it: `name` or `cluster/name`. */
  readonly services: Map<string, ServiceUsage>;
  /** Rows or points that were taken. */
  points: number;
  /** Rows that could not be read, and values that are no numbers. */
  unreadableRows: number;
  notNumbers: number;
  /** The first MOST_PROBLEMS kinds of them, file by file. */
  readonly problems: CountedProblem[];
  /** Files of `timestamp,value` of which nobody said what they hold. */
  readonly assumedCpu: string[];
  /** Files whose series name no service, and are of the only one that there is. */
  readonly assumedOwner: string[];
  /** Files with times that name no zone. */
  readonly assumedUtc: string[];
  /** Units that were found by the values, in words. */
  readonly foundUnits: string[];
  /** Series that become points when everything is read. */
  readonly hold: SeriesHold;
  /** Services of the inputs; undefined where nothing is known of them. */
  readonly known: readonly KnownService[] | undefined;
}

/** A service of the inputs, as far as metrics need it. */
export interface KnownService {
  /** `cluster/name`. */
  readonly id: string;
  readonly name: string;
  /** Where it runs, as far as the inputs tell. */
  readonly region?: string;
  readonly account?: string;
  /** Family of its task definition. */
  readonly family?: string;
  /** Task size in CPU units and MiB. */
  readonly cpu?: number;
  readonly memory?: number;
}

export const MOST_PROBLEMS = 20;

/** A reading without sources. */
export const emptyReading = (known?: readonly KnownService[]): MetricReading => ({
  services: new Map(),
  points: 0,
  unreadableRows: 0,
  notNumbers: 0,
  problems: [],
  assumedCpu: [],
  assumedOwner: [],
  assumedUtc: [],
  foundUnits: [],
  hold: emptyHold(),
  known,
});

/** State of a service by the name that the source gives it. */
export const usageOf = (reading: MetricReading, service: string): ServiceUsage => {
  const known = reading.services.get(service);
  if (known !== undefined) return known;
  const usage = emptyUsage();
  reading.services.set(service, usage);
  return usage;
};

/** Takes points one by one, for sources that are no files. */
export const pointSink =
  (reading: MetricReading): PointSink =>
  (service: string, point: MetricPoint): void => {
    addPoint(usageOf(reading, service), point);
    reading.points += 1;
  };

/** Notes a problem: the first of its kind in a file is kept, the others are counted. */
export const noteProblem = (reading: MetricReading, problem: MetricProblem): void => {
  const same = reading.problems.find((known) => isSame(known, problem));
  if (same !== undefined) same.count += 1;
  else if (reading.problems.length < MOST_PROBLEMS) reading.problems.push({ ...problem, count: 1 });
};

/** Series are few and have names; rows and values of one kind are told by the first. */
const isSame = (a: MetricProblem, b: MetricProblem): boolean =>
  a.file === b.file && a.kind === b.kind && (!NAMED.has(a.kind) || a.detail === b.detail);

const NAMED: ReadonlySet<ProblemKind> = new Set(["series", "partial", "values"]);

/** Takes a value, or notes that it is none and gives NaN: utilization and counts are numbers of zero and more. */
export const takeValue = (
  reading: MetricReading,
  value: number,
  where: { readonly file: string; readonly line?: number; readonly text?: string },
): number => {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  const { text = String(value), ...place } = where;
  const [kind, why] = problemOf(value);
  reading.notNumbers += 1;
  noteProblem(reading, { ...place, kind, detail: `${text} is ${why}; the value is left out` });
  return Number.NaN;
};

const problemOf = (value: number): readonly [ProblemKind, string] => {
  if (Number.isNaN(value)) return ["not-a-number", "not a number"];
  return value < 0 ? ["negative", "below zero"] : ["infinite", "not a finite number"];
};

/** Notes a series that is left out, and why. */
export const leaveOut = (reading: MetricReading, file: string, detail: string): void => {
  reading.unreadableRows += 1;
  noteProblem(reading, { file, kind: "series", detail });
};

/** Notes a row that could not be read. */
export const noteRow = (reading: MetricReading, file: string, line: number, detail: string): void => {
  reading.unreadableRows += 1;
  noteProblem(reading, { file, line, kind: "row", detail });
};
