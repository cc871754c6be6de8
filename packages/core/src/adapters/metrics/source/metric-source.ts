import type { StatedSeries } from "../series/stated-series.ts";

/** A metric source: its name for messages, and its bytes; a file of that name where no bytes are given. */
export interface MetricSource extends StatedSeries {
  readonly file: string;
  readonly bytes?: AsyncIterable<Uint8Array>;
}
