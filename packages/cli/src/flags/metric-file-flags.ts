import type { MetricOptions, ToldColumn, ToldColumns, ToldUnits } from "@ecs-cost/core/metrics";
import * as Flags from "@oclif/core/flags";
import { usageError } from "../program/usage-error.ts";

const GROUP = "METRICS";

/** How metric files are read that do not say everything themselves. */
export const metricFileFlags = {
  columns: Flags.string({
    env: "ECS_COST_COLUMNS",
    helpGroup: GROUP,
    helpValue: "WHAT=NAME,...",
    summary:
      "Columns of CSV files by what they hold: service, cluster, task, container, time, metric, value, cpu, memory, cpu-maximum, memory-maximum, tasks.",
  }),
  units: Flags.string({
    env: "ECS_COST_UNITS",
    helpGroup: GROUP,
    helpValue: "cpu=UNIT,memory=UNIT",
    summary:
      "Units of values whose source does not tell them: percent, fraction, units, vcpu, millicores or nanocores of CPU; percent, fraction, bytes, KiB, MiB or GiB of memory.",
  }),
  "max-metrics-mib": Flags.integer({
    min: 1,
    env: "ECS_COST_MAX_METRICS_MIB",
    helpGroup: GROUP,
    helpValue: "MIB",
    summary: "Largest metric source that is read, unpacked; 8192 unless given.",
  }),
  "max-line-mib": Flags.integer({
    min: 1,
    max: 256,
    env: "ECS_COST_MAX_LINE_MIB",
    helpGroup: GROUP,
    helpValue: "MIB",
    summary: "Longest line of a metric source that is read; 1 unless given.",
  }),
};

/** What these flags say, as oclif hands them on. */
export interface MetricFileFlagValues {
  readonly columns?: string | undefined;
  readonly units?: string | undefined;
  readonly "max-metrics-mib"?: number | undefined;
  readonly "max-line-mib"?: number | undefined;
}

/** How metric files are read. */
export type MetricFileSettings = Omit<MetricOptions, "services">;

const COLUMNS: readonly ToldColumn[] = [
  "service",
  "cluster",
  "task",
  "container",
  "time",
  "metric",
  "value",
  "cpu",
  "memory",
  "cpu-maximum",
  "memory-maximum",
  "tasks",
];
const UNITS = {
  cpu: ["percent", "fraction", "units", "vcpu", "millicores", "nanocores"],
  memory: ["percent", "fraction", "bytes", "KiB", "MiB", "GiB"],
} as const;

/** The settings of the flags; throws where one names a column or a unit that there is not. */
export const metricFileSettings = (flags: MetricFileFlagValues): MetricFileSettings => {
  const columns = flags.columns === undefined ? undefined : columnsOf(flags.columns);
  const units = flags.units === undefined ? undefined : unitsOf(flags.units);
  const source = flags["max-metrics-mib"];
  const line = flags["max-line-mib"];
  return {
    ...(columns === undefined ? {} : { columns }),
    ...(units === undefined ? {} : { units }),
    ...(source === undefined ? {} : { maxSourceMib: source }),
    ...(line === undefined ? {} : { maxLineMib: line }),
  };
};

const pairsOf = (flag: string, text: string): readonly (readonly [string, string])[] =>
  text.split(",").map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1 || at === pair.length - 1) throw usageError(`--${flag}: ${pair} is no WHAT=NAME`);
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });

const columnsOf = (text: string): ToldColumns =>
  Object.fromEntries(
    pairsOf("columns", text).map(([what, name]) => {
      if (!COLUMNS.some((column) => column === what)) {
        throw usageError(`--columns: there is no ${what}`, `Columns are ${COLUMNS.join(", ")}.`);
      }
      return [what, name];
    }),
  );

const unitsOf = (text: string): ToldUnits =>
  Object.fromEntries(
    pairsOf("units", text).map(([what, unit]) => {
      if (what !== "cpu" && what !== "memory") throw usageError(`--units: there is no ${what}`, "Say cpu or memory.");
      if (!UNITS[what].some((known) => known === unit)) {
        throw usageError(`--units: ${unit} is no unit of ${what}`, `Units are ${UNITS[what].join(", ")}.`);
      }
      return [what, unit];
    }),
  );
