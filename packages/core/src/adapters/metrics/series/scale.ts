import type { HeldSeries } from "../reading/held-series.ts";
import { leaveOut, type MetricReading } from "../reading/metric-reading.ts";
import { absoluteFactor, type MetricUnit, percentFactor } from "../reading/unit.ts";

/** A series with its values in percent of the task size. */
export interface Scaled {
  readonly series: HeldSeries;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

interface Beside {
  /** All series of the service. */
  readonly series: readonly HeldSeries[];
  /** CPU units or MiB of its task. */
  readonly size: number | undefined;
  /** Unit of values whose source does not tell it; undefined where it could not be found. */
  readonly unit: MetricUnit | undefined;
}

/** The values in percent of the task size; undefined where that can't be told, which is noted. */
export const inPercent = (
  reading: MetricReading,
  service: string,
  series: HeldSeries,
  beside: Beside,
): Scaled | undefined => {
  const { meaning, file, owner } = series;
  const what = `${meaning.quantity} of ${service}`;
  const unit = meaning.unit === "unknown" ? beside.unit : meaning.unit;
  if (unit === undefined) return undefined;
  const isOfContainer = meaning.ofContainer === true || owner.container !== undefined;
  if (isOfContainer && absoluteFactor(unit) === undefined) {
    leaveOut(
      reading,
      file,
      `${what} is in percent of its containers, which do not add up to the task: give what they use`,
    );
    return undefined;
  }
  const grown = meaning.counter === true ? growth(series) : series;
  if (meaning.statistic === "sum") return ofReserved(reading, what, grown, beside);
  const factor = percentFactor(unit, beside.size);
  if (factor === undefined) return ofReserved(reading, what, grown, beside);
  const values = grown.values.subarray(0, grown.length).map((value) => value * factor);
  return { series: grown, times: grown.times, values };
};

/** Values over what was reserved at the same time, which needs no task size. */
const ofReserved = (reading: MetricReading, what: string, series: HeldSeries, beside: Beside) => {
  const { quantity, statistic } = series.meaning;
  const isMatch = ({ meaning, owner }: HeldSeries): boolean =>
    meaning.quantity === `${quantity}Reserved` &&
    (meaning.statistic === statistic || (statistic !== "sum" && meaning.statistic !== "sum")) &&
    owner.task === series.owner.task;
  const reserved = beside.series.find(isMatch);
  if (reserved === undefined) {
    const name = quantity === "cpu" ? "CpuReserved" : "MemoryReserved";
    const missing =
      statistic === "sum"
        ? `is summed over its tasks: give the average, or the sum of ${name} beside it`
        : `is not a percentage, and the inputs do not tell the task size: add it to the inputs, or give ${name} beside it`;
    leaveOut(reading, series.file, `${what} ${missing}`);
    return undefined;
  }
  const at = new Map<number, number>();
  for (let i = 0; i < reserved.length; i++) at.set(reserved.times[i] as number, reserved.values[i] as number);
  const values = series.values.subarray(0, series.length).map((value, i) => {
    const whole = at.get(series.times[i] as number) ?? 0;
    return whole > 0 ? (value * 100) / whole : Number.NaN;
  });
  return { series, times: series.times, values };
};

/** Growth a second of a counter; none where it fell, because its container began anew. */
const growth = (series: HeldSeries): HeldSeries => {
  const order = Array.from({ length: series.length }, (_, at) => at).sort(
    (a, b) => (series.times[a] as number) - (series.times[b] as number),
  );
  const times = new Float64Array(series.length);
  const values = new Float64Array(series.length);
  let length = 0;
  for (let i = 1; i < order.length; i++) {
    const [from, to] = [order[i - 1] as number, order[i] as number];
    const seconds = (series.times[to] as number) - (series.times[from] as number);
    const grown = (series.values[to] as number) - (series.values[from] as number);
    if (seconds <= 0 || grown < 0) continue;
    times[length] = series.times[to] as number;
    values[length] = grown / seconds;
    length += 1;
  }
  return { ...series, times, values, length };
};
