import { addPoint, emptyUsage, type ServiceUsage } from "../../domain/demand/usage.ts";

/** A row or value that could not be used. */
export interface MetricProblem {
  readonly file: string;
  /** Line of a CSV file, or row of a Parquet file, from 1. */
  readonly line?: number;
  readonly detail: string;
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
  /** The first MOST_PROBLEMS of them. */
  readonly problems: MetricProblem[];
  /** Files of `timestamp,value` of which nobody said what they hold. */
  readonly assumedCpu: string[];
}

export const MOST_PROBLEMS = 20;

/** A reading without sources. */
export const emptyReading = (): MetricReading => ({
  services: new Map(),
  points: 0,
  unreadableRows: 0,
  notNumbers: 0,
  problems: [],
  assumedCpu: [],
});

/** State of a service by the name that the source gives it. */
export const usageOf = (reading: MetricReading, service: string): ServiceUsage => {
  const known = reading.services.get(service);
  if (known !== undefined) return known;
  const usage = emptyUsage();
  reading.services.set(service, usage);
  return usage;
};

/** Takes points one by one, for sources that are no files; NaN stands for a value that is not given. */
export const pointSink =
  (reading: MetricReading) =>
  (
    service: string,
    time: number,
    cpu: number,
    memory: number,
    cpuMaximum: number,
    memoryMaximum: number,
    tasks: number,
  ): void => {
    addPoint(usageOf(reading, service), time, cpu, memory, cpuMaximum, memoryMaximum, tasks);
    reading.points += 1;
  };

/** Notes a problem; only the first ones are kept. */
export const noteProblem = (reading: MetricReading, problem: MetricProblem): void => {
  if (reading.problems.length < MOST_PROBLEMS) reading.problems.push(problem);
};

/** Notes a row that could not be read. */
export const noteRow = (reading: MetricReading, file: string, line: number, detail: string): void => {
  reading.unreadableRows += 1;
  noteProblem(reading, { file, line, detail });
};
