import { type HeldSeries, largestValue } from "../reading/held-series.ts";
import { leaveOut, type MetricReading } from "../reading/metric-reading.ts";
import { CPU_UNITS, MEMORY_UNITS, type MetricUnit, type ToldUnits } from "../reading/unit.ts";

/** Values from which on their unit is judged. */
const FEWEST_VALUES = 12;
/** On instances a task may use more CPU than it reserves, and more memory up to its limit; not several times as much. */
const MOST_PERCENT = 400;
/** Fewer bytes than this no container gets along with; more MiB no task has. */
const FEWEST_BYTES = 4 * 1024 * 1024;

/**
 * The unit of the values of a service whose source does not tell it: as the user says, or as what they are shows. Memory that
 * never reaches 1 % of a task does not occur, so values within 0..1 are fractions; CPU within 0..1 may be an idle task, and
 * is a question unless memory answers it. Undefined where nobody can tell, which is noted with what to add.
 */
export const foundUnits = (
  reading: MetricReading,
  service: string,
  series: readonly HeldSeries[],
  quantity: "cpu" | "memory",
  told: ToldUnits,
): MetricUnit | undefined => {
  const unknown = unknownOf(series, quantity);
  const [first] = unknown;
  if (first === undefined) return undefined;
  const said = told[quantity];
  if (said !== undefined) return said;
  const largest = largestOf(unknown);
  const count = unknown.reduce((sum, { length }) => sum + length, 0);
  if (count < FEWEST_VALUES || (largest > 1 && largest <= MOST_PERCENT)) return "percent";
  if (largest > MOST_PERCENT) return foundLarge(reading, service, first, quantity, largest);
  const others = unknownOf(series, "memory");
  const isFraction = others.length > 0 && largestOf(others) <= 1;
  if (isFraction) return found(reading, service, quantity, "fraction", "values lie within 0..1");
  if (quantity === "cpu" && others.length > 0) return "percent";
  return ask(reading, first, quantity, `${quantity} of ${service} lies within 0..1: fractions or percent?`);
};

const unknownOf = (series: readonly HeldSeries[], quantity: "cpu" | "memory"): readonly HeldSeries[] =>
  series.filter(({ meaning }) => meaning.quantity === quantity && meaning.unit === "unknown");

const largestOf = (series: readonly HeldSeries[]): number =>
  series.reduce((largest, each) => Math.max(largest, largestValue(each) ?? 0), 0);

const foundLarge = (
  reading: MetricReading,
  service: string,
  series: HeldSeries,
  quantity: "cpu" | "memory",
  largest: number,
): MetricUnit | undefined =>
  quantity === "memory" && largest >= FEWEST_BYTES
    ? found(reading, service, quantity, "bytes", `values up to ${Math.round(largest)}`)
    : ask(reading, series, quantity, `${quantity} of ${service} has values up to ${largest}: no percentages.`);

const found = (
  reading: MetricReading,
  service: string,
  quantity: "cpu" | "memory",
  unit: MetricUnit,
  why: string,
): MetricUnit => {
  reading.foundUnits.push(`${quantity} of ${service} as ${unit} (${why})`);
  return unit;
};

const ask = (reading: MetricReading, { file }: HeldSeries, quantity: "cpu" | "memory", what: string): undefined => {
  const units = quantity === "cpu" ? CPU_UNITS : MEMORY_UNITS;
  leaveOut(reading, file, `${what} Say --units ${quantity}=UNIT, one of ${units.join(", ")}`);
  return undefined;
};
