import { PbfReader } from "pbf";
import { invalidInput } from "../../file/text/invalid-input.ts";
import type { MetricReading } from "../reading/metric-reading.ts";
import { type SummaryPoint, takePoint } from "./otlp.ts";

/**
 * Takes OpenTelemetry metrics as a metric stream writes them: records of ExportMetricsServiceRequest one after the other, each
 * with its length before it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-metric-streams-formats-opentelemetry-100.html (checked 2026-12-01)
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/v1.0.0/opentelemetry/proto/metrics/v1/metrics.proto (field numbers)
 *
 * @throws {BorderError} `invalid-metrics` where a record is cut off.
 */
export const takeOtlpRecords = (reading: MetricReading, file: string, bytes: Uint8Array): void => {
  try {
    const reader = new PbfReader(bytes);
    while (reader.pos < bytes.length) {
      const length = reader.readVarint();
      const end = reader.pos + length;
      if (length === 0 || end > bytes.length) throw new RangeError("a record is longer than the file");
      reader.readFields((tag, _, pbf) => readResource(reading, file, tag, pbf), undefined, end);
      reader.pos = end;
    }
  } catch (cause) {
    throw invalidInput("invalid-metrics", { file }, "is cut off, or no file of OpenTelemetry metrics", { cause });
  }
};

const nested = (pbf: PbfReader, read: (tag: number, pbf: PbfReader) => void): void => {
  pbf.readMessage((tag, _, inner) => read(tag, inner), undefined);
};

/** ResourceMetrics, ScopeMetrics, Metric and Summary, one within the other. */
const readResource = (reading: MetricReading, file: string, tag: number, pbf: PbfReader): void => {
  if (tag !== 1) return;
  nested(pbf, (inResource, resource) => {
    if (inResource !== 2) return;
    nested(resource, (inScope, scope) => {
      if (inScope !== 2) return;
      nested(scope, (inMetric, metric) => {
        if (inMetric !== 11) return;
        nested(metric, (inSummary, summary) => {
          if (inSummary === 1) takePoint(reading, file, pointIn(summary));
        });
      });
    });
  });
};

const pointIn = (pbf: PbfReader): SummaryPoint => {
  const attributes: Record<string, string | Record<string, string>> = {};
  const point = { start: 0, end: 0, count: 0, sum: 0, max: undefined as number | undefined };
  nested(pbf, (tag, inner) => {
    if (tag === 7 || tag === 1) Object.assign(attributes, attributeIn(inner));
    else if (tag === 2) point.start = inner.readFixed64();
    else if (tag === 3) point.end = inner.readFixed64();
    else if (tag === 4) point.count = inner.readFixed64();
    else if (tag === 5) point.sum = inner.readDouble();
    else if (tag === 6) point.max = highestIn(inner) ?? point.max;
  });
  const { start, end, ...values } = point;
  return { attributes, nanoseconds: String(start > 0 ? start : end), ...values };
};

/** A quantile of 1 is the maximum. */
const highestIn = (pbf: PbfReader): number | undefined => {
  const found = { quantile: 0, value: 0 };
  nested(pbf, (tag, inner) => {
    if (tag === 1) found.quantile = inner.readDouble();
    else if (tag === 2) found.value = inner.readDouble();
  });
  return found.quantile === 1 ? found.value : undefined;
};

/** A key and its value: text in the format 0.7.0, and text or a list of keys and values in 1.0.0. */
const attributeIn = (pbf: PbfReader): Record<string, string | Record<string, string>> => {
  let key = "";
  let value: string | Record<string, string> = "";
  nested(pbf, (tag, inner) => {
    if (tag === 1) key = inner.readString();
    else if (tag === 2) value = valueIn(inner.readBytes());
  });
  return { [key]: value };
};

const PLAIN = /^[\x20-\x7e]*$/;

/** The value of an attribute: a message that holds text (field 1) or a list (field 6), or in the format 0.7.0 the text itself. */
const valueIn = (bytes: Uint8Array): string | Record<string, string> => {
  const isMessage = (bytes[0] === 0x0a && bytes[1] === bytes.length - 2) || bytes[0] === 0x32;
  if (!isMessage) {
    const text = new TextDecoder().decode(bytes);
    return PLAIN.test(text) ? text : textIn(bytes);
  }
  return bytes[0] === 0x0a ? textIn(bytes) : listIn(bytes);
};

const textIn = (bytes: Uint8Array): string => {
  let text = "";
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag === 1) text = pbf.readString();
  }, undefined);
  return text;
};

const listIn = (bytes: Uint8Array): Record<string, string> => {
  const list: Record<string, string> = {};
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag !== 6) return;
    nested(pbf, (inList, inner) => {
      if (inList === 1) Object.assign(list, attributeIn(inner));
    });
  }, undefined);
  return list;
};
